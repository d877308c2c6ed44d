import type { Suppression } from '../model/baseline/suppression.ts';
import type { Finding } from '../model/finding.ts';
import type { ControlId } from '../model/identifiers.ts';
import type { SuppressionUse } from '../model/report.ts';
import { selects } from './select.ts';

/** What was evaluated, and when. */
export interface Judged {
  /** When the snapshot was begun: whether a suppression holds does not depend on when a report is made of it. */
  readonly takenAt: string;
  readonly regions: readonly string[];
  readonly catalogue: readonly ControlId[];
  readonly selected: ReadonlySet<ControlId>;
}

/** Marks the failing findings that suppressions accept, each by the first one, and says what every suppression came to. */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  judged: Judged,
): { findings: Finding[]; suppressions: SuppressionUse[] } {
  const inForce = suppressions.filter(suppression => !hasExpired(suppression, judged));
  return {
    findings: findings.map(finding => {
      if (finding.status !== 'fail') return finding;
      const accepting = inForce.find(suppression => isAbout(suppression, finding));
      if (accepting === undefined) return finding;
      const { id: by, reason, owner, expires } = accepting;
      return { ...finding, suppressed: { by, reason, owner, expires } };
    }),
    suppressions: suppressions.map(suppression => useOf(suppression, findings, judged)),
  };
}

/** The last day is one on which it holds, to its end in UTC. */
const hasExpired = ({ expires }: Suppression, { takenAt }: Judged): boolean =>
  takenAt.slice(0, expires.length) > expires;

const isAbout = ({ control, resource, region }: Suppression, finding: Finding): boolean =>
  selects(control, finding.control) &&
  (resource === undefined || selects(resource, finding.resource.arn)) &&
  (region === undefined || region === finding.region);

function useOf(suppression: Suppression, findings: readonly Finding[], judged: Judged): SuppressionUse {
  const failing = findings.filter(
    finding => finding.status === 'fail' && isAbout(suppression, finding),
  ).length;
  const state = hasExpired(suppression, judged)
    ? 'expired'
    : failing > 0
      ? 'in-force'
      : isJudged(suppression, findings, judged)
        ? 'unused'
        : 'not-judged';
  return { ...suppression, state, findings: failing };
}

/** Whether all that a suppression is about was evaluated, so that it can be said to be about nothing. */
function isJudged(
  { control, resource, region }: Suppression,
  findings: readonly Finding[],
  { regions, catalogue, selected }: Judged,
): boolean {
  const controls = catalogue.filter(id => selects(control, id));
  const place = region ?? regionOf(resource);
  return (
    controls.every(id => selected.has(id)) &&
    (place === undefined || regions.includes(place)) &&
    !findings.some(finding => finding.status === 'unknown' && controls.includes(finding.control))
  );
}

/** The Region of an ARN; undefined where it has none, or where it is a glob. */
function regionOf(resource = ''): string | undefined {
  const [, , , region = ''] = resource.split(':');
  return region === '' || region.includes('*') ? undefined : region;
}
