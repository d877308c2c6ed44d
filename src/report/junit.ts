import { create } from 'xmlbuilder2';
import type { Finding } from '../model/finding.ts';
import { type Report, systemOf } from '../model/report.ts';
import { proofOf, sentenceOf, whereOf } from './finding-words.ts';
import { groupBy } from './group-by.ts';
import { baselineInWords } from './terminal/header.ts';
import { reasonInWords } from './terminal/reason.ts';
import { printable } from './text.ts';

/**
 * The report as JUnit XML, for the test tabs of GitLab, Jenkins and Azure: a suite for each system, a case for each
 * control on each resource. What fails is a failure, what is unknown an error, what somebody has accepted or does not
 * apply is skipped.
 */
export function junit(report: Report): string {
  const cases = casesOf(report.findings);
  const suites = groupBy(cases, ({ control }) => systemOf(control));
  const document = {
    testsuites: {
      '@name': 'securecart',
      ...totals(cases),
      testsuite: [...suites].map(([system, members]) => ({
        '@name': system,
        ...totals(members),
        '@timestamp': report.takenAt,
        properties: { property: propertiesOf(report) },
        testcase: members.map(elementOf),
      })),
    },
  };
  const xml = create({ encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' }, document);
  return `${xml.end({ prettyPrint: true })}\n`;
}

/** An outcome's weight in a case of several findings, and the element that tells of it. */
const outcomes = {
  fail: { weight: 4, element: 'failure' },
  unknown: { weight: 3, element: 'error' },
  suppressed: { weight: 2, element: 'skipped' },
  pass: { weight: 1, element: undefined },
  'not-applicable': { weight: 0, element: 'skipped' },
} as const satisfies Record<
  Finding['status'] | 'suppressed',
  { weight: number; element: string | undefined }
>;
type Outcome = keyof typeof outcomes;

const outcomeOf = ({ status, suppressed }: Finding): Outcome =>
  suppressed === undefined ? status : 'suppressed';

/** One control on one resource, and the findings that say what became of it. */
interface Case {
  /** Stays the same from run to run, whatever the resource is called. */
  readonly name: string;
  readonly control: Finding['control'];
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
}

function casesOf(all: readonly Finding[]): Case[] {
  const groups = groupBy(all, ({ control, region, resource: { arn } }) => {
    const isPlaced = region === undefined || arn.includes(`:${region}:`);
    return isPlaced ? `${control} ${arn}` : `${control} ${arn} in ${region}`;
  });
  return [...groups].flatMap(([name, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const [outcome = 'pass'] = group
      .map(outcomeOf)
      .toSorted((a, b) => outcomes[b].weight - outcomes[a].weight);
    const findings = group.filter(finding => outcomeOf(finding) === outcome);
    return [{ name, control: first.control, outcome, findings }];
  });
}

function totals(cases: readonly Case[]): Record<string, number> {
  const amount = (element: string) =>
    cases.filter(({ outcome }) => outcomes[outcome].element === element).length;
  return {
    '@tests': cases.length,
    '@failures': amount('failure'),
    '@errors': amount('error'),
    '@skipped': amount('skipped'),
  };
}

const propertiesOf = (report: Report): { '@name': string; '@value': string }[] =>
  [
    [
      'account',
      report.account.kind === 'known' ? report.account.value.id : reasonInWords(report.account.reason),
    ],
    ['regions', report.regions.join(', ')],
    ['baseline', baselineInWords(report)],
  ].map(([name = '', value = '']) => ({ '@name': name, '@value': printable(value) }));

/** A test case; the text of its one element tells all its findings, since GitLab and Jenkins read no second one. */
function elementOf({ name, control, outcome, findings }: Case): Record<string, unknown> {
  const { element } = outcomes[outcome];
  const [first] = findings;
  const about = { '@classname': control.replace('/', '.'), '@name': printable(name), '@time': 0 };
  if (element === undefined || first === undefined) return about;
  const message = { '@message': printable(sentenceOf(first)) };
  if (element === 'skipped') return { ...about, [element]: message };
  const type = first.reason?.kind ?? first.severity;
  return { ...about, [element]: { ...message, '@type': type, '#': findings.map(textOf).join('\n\n') } };
}

const textOf = (finding: Finding): string =>
  [
    `${whereOf(finding)}: ${sentenceOf(finding)}`,
    ...proofOf(finding).map(([label, text]) => `${label}: ${text}`),
  ]
    .map(printable)
    .join('\n');
