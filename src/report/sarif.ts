import type { Location, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import type { Finding } from '../model/finding.ts';
import { type ControlCoverage, type Report, systemOf } from '../model/report.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import { proofOf, whereOf, whyUnknown } from './finding-words.ts';
import { printable } from './text.ts';

/** More results in a run make GitHub refuse the file (https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit). */
const mostResults = 25_000;

/** How GitHub ranks an alert: by `security` where a rule has it, which is critical over 9, high from 7, medium from 4. */
const levels = {
  critical: { level: 'error', problem: 'error', security: '9.5' },
  high: { level: 'error', problem: 'error', security: '8.0' },
  medium: { level: 'warning', problem: 'warning', security: '5.5' },
  low: { level: 'note', problem: 'recommendation', security: '2.0' },
  info: { level: 'note', problem: 'recommendation', security: '0.1' },
} as const satisfies Record<Severity, { level: Result.level; problem: string; security: string }>;

/**
 * The report as SARIF 2.1.0, for GitHub's code scanning: a rule for each control, a result for each finding that fails,
 * at its row of the baseline. What is unknown is no result, since an alert would say that it fails: it is a
 * notification, which GitHub shows on the tool's status page.
 */
export function sarif(report: Report): string {
  const { tool, coverage, findings, takenAt } = report;
  const fails = findings
    .filter(({ status }) => status === 'fail')
    .toSorted(
      (a, b) => Number(!!a.suppressed) - Number(!!b.suppressed) || compareSeverity(b.severity, a.severity),
    );
  const index = new Map(coverage.controls.map(({ id }, place) => [id, place]));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'SecureCart',
            version: tool.version,
            semanticVersion: tool.version,
            rules: coverage.controls.map(ruleOf),
          },
        },
        automationDetails: { id: categoryOf(report) },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: takenAt,
            toolExecutionNotifications: notifications(report, fails.length),
          },
        ],
        results: fails
          .slice(0, mostResults)
          .map(finding => ({ ...resultOf(finding, report), ruleIndex: index.get(finding.control) ?? -1 })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Keeps apart the alerts of several accounts in one repository: GitHub closes what the last upload of a category lacks. */
const categoryOf = ({ account }: Report): string =>
  `securecart/${account.kind === 'known' ? account.value.id : 'unknown'}/`;

function ruleOf(control: ControlCoverage): ReportingDescriptor {
  const { id, title, severity, rationale, remediation, sources, frameworks } = control;
  const { level, problem, security } = levels[severity];
  const mapped = Object.entries(frameworks).flatMap(([name, ids]) => ids.map(one => `${name}/${one}`));
  const [helpUri] = sources;
  const links = sources.map(source => `- <${source}>`);
  return {
    id,
    name: id.replaceAll(/(?:^|[-/])(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: rationale },
    ...(helpUri !== undefined && { helpUri }),
    help: {
      text: [rationale, remediation, ...sources].join('\n\n'),
      markdown: ['**Why**', rationale, '**What to do**', remediation, ...links].join('\n\n'),
    },
    defaultConfiguration: { level },
    properties: {
      // GitHub takes twenty at the most.
      tags: ['security', systemOf(id), ...mapped].slice(0, 20),
      precision: 'very-high',
      'problem.severity': problem,
      'security-severity': security,
    },
  };
}

function resultOf(finding: Finding, { baseline }: Report): Result {
  const { id, control, severity, suppressed, message } = finding;
  const proof = proofOf(finding).map(([label, text]) => `${label}: ${text}`);
  return {
    ruleId: control,
    level: levels[severity].level,
    message: { text: linkless([`${whereOf(finding)}: ${message}`, ...proof].map(printable).join('\n')) },
    locations: [locationOf(finding, baseline)],
    // The first is the one that GitHub tells alerts by; its upload action would else hash the line of the baseline, which many share.
    partialFingerprints: { primaryLocationLineHash: id, 'findingId/v1': id },
    suppressions:
      suppressed === undefined
        ? []
        : [
            {
              kind: 'external',
              status: 'accepted',
              justification: `${suppressed.reason} (${suppressed.owner}, until ${suppressed.expires})`,
            },
          ],
  };
}

/** An alert needs a file: the baseline, at the row that the finding is about. */
function locationOf({ resource, row }: Finding, baseline: Report['baseline']): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(baseline.file ?? 'securecart-baseline.yaml') },
      region: { startLine: row?.line ?? 1 },
    },
    logicalLocations: [
      { fullyQualifiedName: resource.arn, name: resource.name ?? resource.id, kind: 'resource' },
    ],
  };
}

/** The path of a file as a URI, which a viewer takes from the root of the repository where it is relative. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${uri}` : uri;
}

/** SARIF reads `[text](target)` in a message as a link (3.11.6); names and tags are not ours. */
const linkless = (text: string): string => text.replaceAll('](', '\\](');

function notifications({ account, coverage }: Report, fails: number): Notification[] {
  const tell = (text: string, rule?: Notification['associatedRule']): Notification => ({
    level: 'warning',
    message: { text: printable(text) },
    ...(rule !== undefined && { associatedRule: rule }),
  });
  return [
    ...(account.kind === 'known' ? [] : [tell(`The account is not known: ${whyUnknown(account.reason)}.`)]),
    ...coverage.skippedRegions.map(({ region, reason }) => tell(`${region}: ${whyUnknown(reason)}.`)),
    ...coverage.controls.flatMap(({ id, reasons }, index) =>
      reasons.map(reason => tell(`${id} could not be judged: ${whyUnknown(reason)}.`, { id, index })),
    ),
    ...(fails > mostResults
      ? [tell(`${fails - mostResults} more findings fail: code scanning takes ${mostResults}.`)]
      : []),
  ];
}
