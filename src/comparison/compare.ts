import type { Comparison, Difference, Fate } from '../model/comparison.ts';
import { SecureCartError } from '../model/error.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { compareSeverity } from '../model/severity.ts';

/** Compares two reports of one account, finding by finding. Throws a SecureCartError where it is not one account, or not known to be. */
export function compare(before: Report, after: Report): Comparison {
  const account = accountOf(before, after);
  const old = new Map(before.findings.map(finding => [finding.id, finding]));
  const now = new Map(after.findings.map(finding => [finding.id, finding]));
  const differences = [...new Set([...now.keys(), ...old.keys()])].flatMap(id =>
    differenceOf(old.get(id), now.get(id), after),
  );
  return {
    schemaVersion: 1,
    account,
    before: sideOf(before),
    after: sideOf(after),
    skipped: before.regions.filter(region => !after.regions.includes(region)),
    differences: differences.toSorted(
      (a, b) => gravity[b.fate] - gravity[a.fate] || compareSeverity(severityOf(b), severityOf(a)),
    ),
    remaining: after.findings.filter(finding => isSame(old.get(finding.id), finding)).length,
  };
}

const gravity = {
  new: 7,
  worse: 6,
  unknown: 5,
  unjudged: 4,
  changed: 3,
  accepted: 2,
  mended: 1,
  gone: 0,
} as const satisfies Record<Fate, number>;

const severityOf = ({ before, after }: Difference) => (after ?? before)?.severity ?? 'info';

/** The ids of findings are made with the account's, so that nothing of two accounts can be compared. */
function accountOf({ account: before }: Report, { account: after }: Report): Comparison['account'] {
  if (before.kind === 'unknown' || after.kind === 'unknown')
    throw new SecureCartError('usage', 'A report does not say which account it is of.', {
      suggestion: 'Allow sts:GetCallerIdentity, and audit again.',
    });
  if (before.value.id !== after.value.id)
    throw new SecureCartError('usage', `The reports are of ${before.value.id} and of ${after.value.id}.`, {
      suggestion: 'Compare two reports of one account.',
    });
  return after.value.id;
}

const sideOf = ({ tool, baseline, regions, takenAt }: Report): Comparison['after'] => ({
  tool,
  baseline,
  regions,
  takenAt,
});

/** Whether a finding counts: it fails, and nobody has accepted that. */
const isOpen = ({ status, suppressed }: Finding): boolean => status === 'fail' && suppressed === undefined;

function differenceOf(before: Finding | undefined, after: Finding | undefined, report: Report): Difference[] {
  const fate = fateOf(before, after, report);
  return fate === undefined ? [] : [{ fate, ...(before && { before }), ...(after && { after }) }];
}

function fateOf(before: Finding | undefined, after: Finding | undefined, report: Report): Fate | undefined {
  const failed = before !== undefined && isOpen(before);
  if (after === undefined) return failed ? absence(before, report) : undefined;
  if (after.status === 'unknown') return before?.status === 'unknown' ? undefined : 'unknown';
  if (!isOpen(after)) return failed ? (after.status === 'fail' ? 'accepted' : 'mended') : undefined;
  if (!failed) return 'new';
  if (compareSeverity(after.severity, before.severity) > 0) return 'worse';
  return isSame(before, after) ? undefined : 'changed';
}

/** Why a finding that failed is in the later report no more: a report says nothing of what it could not see. */
function absence({ control, region, resource }: Finding, { regions, coverage, findings }: Report): Fate {
  const covered = coverage.controls.find(({ id }) => id === control);
  const isAsked = covered !== undefined && covered.evaluated !== 'not-selected';
  if (!isAsked || (region !== undefined && !regions.includes(region))) return 'unjudged';
  const isUnknown = findings.some(
    finding =>
      finding.control === control &&
      finding.status === 'unknown' &&
      (finding.region === region || finding.region === undefined),
  );
  if (isUnknown) return 'unknown';
  // A rule that is revoked has no finding of its own any more, and its group still has one.
  return findings.some(finding => finding.control === control && finding.resource.arn === resource.arn)
    ? 'mended'
    : 'gone';
}

/** Whether a finding fails as it did. */
const isSame = (before: Finding | undefined, after: Finding): boolean =>
  before !== undefined &&
  isOpen(before) &&
  isOpen(after) &&
  before.severity === after.severity &&
  before.message === after.message &&
  before.actual === after.actual &&
  before.expected === after.expected;
