import { selects } from '../findings/select.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { UnknownFact } from '../model/fact.ts';
import type { Finding } from '../model/finding.ts';
import { Region } from '../model/identifiers.ts';
import { type LeftAlone, objectKey, type Plan } from '../model/plan.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { defaultGroup } from './mends/default-group.ts';
import { networkAcls } from './mends/network-acl.ts';
import { privateRoutes } from './mends/private-routes.ts';
import { publicIpOnLaunch } from './mends/public-ip.ts';
import { securityGroupRows } from './mends/security-group-rows.ts';
import {
  causeOf,
  NOTHING,
  type Planner,
  type PlanOptions,
  type Proposal,
  type Scene,
  sceneOf,
  together,
} from './scene.ts';

/** Every planner; a control that none of them names is left to people. */
const planners: readonly Planner[] = [
  securityGroupRows,
  defaultGroup,
  networkAcls,
  privateRoutes,
  publicIpOnLaunch,
];

/** What a plan is made of. */
export interface PlanInput {
  readonly baseline: Baseline;
  readonly snapshot: Snapshot;
  /** All that the selected controls find. */
  readonly findings: readonly Finding[];
  /** Which of the findings that fail to mend. */
  readonly wanted: (finding: Finding) => boolean;
  readonly options: PlanOptions & { readonly vpc?: string | undefined };
  readonly meta: Pick<Plan, 'id' | 'createdAt' | 'tool' | 'account' | 'baseline'> & {
    readonly partition: string;
  };
  /** What a control tells people to do. */
  readonly remediation: (control: Finding['control']) => string;
}

/** Plans the mends of failing findings. The same input gives the same plan. */
export function makePlan({
  baseline,
  snapshot,
  findings,
  wanted,
  options,
  meta,
  remediation,
}: PlanInput): Plan {
  const { partition, ...rest } = meta;
  const all = findings.filter(({ status }) => status === 'fail');
  const failing = all.filter(wanted);
  const regions = Object.keys(snapshot.regions).map(region => Region.parse(region));
  const proposal = together(
    regions.map(region => {
      const own = failing.filter(finding => finding.region === region);
      const account = { id: meta.account, partition };
      const scene = sceneOf(baseline, region, snapshot.regions[region] ?? {}, account, {
        ...options,
        plan: meta.id,
      });
      return together(planners.map(planner => propose(planner, scene, own)));
    }),
  );
  demandOwnObjects(proposal);
  const told = new Set(
    [...proposal.mends, ...proposal.leftAlone].flatMap(item => item.for.map(({ finding }) => finding)),
  );
  const untold = failing.filter(({ id }) => !told.has(id));
  return {
    schemaVersion: 1,
    kind: 'fix',
    ...rest,
    regions,
    ...(options.vpc !== undefined && { vpc: options.vpc }),
    fingerprints: [...proposal.fingerprints],
    failing: all.map(({ id }) => id),
    mends: [...proposal.mends],
    leftAlone: [...proposal.leftAlone, ...untold.map(finding => noMend(finding, remediation))],
  };
}

function propose(planner: Planner, scene: Scene, failing: readonly Finding[]): Proposal {
  const own = failing.filter(({ control }) => planner.controls.some(glob => selects(glob, control)));
  if (own.length === 0) return NOTHING;
  try {
    return planner.plan(scene, own);
  } catch (error) {
    if (!(error instanceof UnknownFact)) throw error;
    const detail = `${error.reason.call} was not answered (${error.reason.kind}), and without it no safe change can be planned.`;
    return { ...NOTHING, leftAlone: own.map(finding => leftAlone(finding, 'unknown', detail)) };
  }
}

const noMend = (finding: Finding, remediation: PlanInput['remediation']): LeftAlone =>
  leftAlone(finding, 'no-mend', remediation(finding.control));

const leftAlone = (finding: Finding, obstacle: LeftAlone['obstacle'], detail: string): LeftAlone => ({
  ...(finding.region !== undefined && { region: finding.region }),
  resource: finding.resource,
  for: [causeOf(finding)],
  obstacle,
  detail,
});

/** Two mends of one object would each be planned for a state that the other ends. */
function demandOwnObjects({ fingerprints }: Proposal): void {
  const keys = fingerprints.map(({ object }) => objectKey(object));
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new Error(`two mends touch ${twice}`);
}
