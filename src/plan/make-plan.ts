import { selects } from '../findings/select.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import type { Finding } from '../model/finding.ts';
import { type ControlId, Region } from '../model/identifiers.ts';
import { type LeftAlone, type Mend, objectKey, type Plan } from '../model/plan.ts';
import type { FactName } from '../services/facts.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { aboutFinding, leave, unlessUnknown } from './leave.ts';
import { accessKeys } from './mends/access-keys.ts';
import { httpApis } from './mends/api-http.ts';
import { restApis } from './mends/api-rest.ts';
import { apiStageLogging } from './mends/api-stage-logging.ts';
import { customerKeyRotation } from './mends/customer-key.ts';
import { defaultGroup } from './mends/default-group.ts';
import { ebsDefaultEncryption, ebsSnapshotSharing } from './mends/ebs.ts';
import { flowLogs } from './mends/flow-log.ts';
import { networkAcls } from './mends/network-acl.ts';
import { privateRoutes } from './mends/private-routes.ts';
import { publicIpOnLaunch } from './mends/public-ip.ts';
import { rdsForceTls } from './mends/rds-force-tls.ts';
import { rdsInstances } from './mends/rds-instance.ts';
import { rdsSnapshotSharing } from './mends/rds-snapshots.ts';
import { rolePermissions } from './mends/role-permissions.ts';
import { roleTrust } from './mends/role-trust.ts';
import { s3Account } from './mends/s3-account.ts';
import { s3Buckets } from './mends/s3-buckets.ts';
import { secretReaders, secretRestoration } from './mends/secrets.ts';
import { securityGroupRows } from './mends/security-group-rows.ts';
import { ssmDocuments } from './mends/ssm-documents.ts';
import { trails } from './mends/trail.ts';
import { userPools } from './mends/user-pool.ts';
import { userPoolClients } from './mends/user-pool-clients.ts';
import { webAcls } from './mends/web-acl.ts';
import { demandOrder } from './order.ts';
import {
  type AccountPlanner,
  NOTHING,
  type Planner,
  type PlanOptions,
  type Proposal,
  sceneOf,
  together,
} from './scene.ts';

/** Every planner of a Region; a control that no planner names is left to people. */
const planners: readonly Planner[] = [
  securityGroupRows,
  defaultGroup,
  networkAcls,
  privateRoutes,
  publicIpOnLaunch,
  flowLogs,
  s3Buckets,
  customerKeyRotation,
  ebsDefaultEncryption,
  ebsSnapshotSharing,
  rdsInstances,
  rdsForceTls,
  rdsSnapshotSharing,
  webAcls,
  userPools,
  userPoolClients,
  restApis,
  httpApis,
  apiStageLogging,
  trails,
  secretRestoration,
  secretReaders,
  ssmDocuments,
];

/** Every planner of the account as a whole. */
const accountPlanners: readonly AccountPlanner[] = [s3Account, accessKeys, roleTrust, rolePermissions];

/** What planning looks at besides the facts that these controls need. */
export const planningNeeds = (controls: readonly ControlId[]): FactName[] =>
  [...planners, ...accountPlanners].flatMap(({ controls: globs, needs = [] }) =>
    controls.some(control => globs.some(glob => selects(glob, control))) ? needs : [],
  );

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
  /** What an apply builds before, on which a mend may depend. */
  readonly built?: readonly Mend[];
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
  built = [],
}: PlanInput): Plan {
  const { partition, ...rest } = meta;
  const all = findings.filter(({ status }) => status === 'fail');
  const suppressed = all.filter(finding => finding.suppressed !== undefined);
  const failing = all.filter(finding => finding.suppressed === undefined && wanted(finding));
  const regions = Object.keys(snapshot.regions).map(region => Region.parse(region));
  const scenes = regions.map(region => {
    const facts = { ...snapshot.global, ...snapshot.regions[region] };
    return sceneOf(
      baseline,
      region,
      facts,
      { account: { id: meta.account, partition }, takenAt: snapshot.takenAt },
      {
        ...options,
        plan: meta.id,
        digest: meta.baseline.digest,
        suppressed: suppressed.filter(finding => finding.region === region),
      },
    );
  });
  const regional = together(
    scenes.flatMap(scene =>
      planners.map(planner => propose(planner, failing, scene.region, own => planner.plan(scene, own))),
    ),
  );
  const proposal = together([
    regional,
    ...accountPlanners.map(planner =>
      propose(planner, failing, undefined, own => planner.plan(scenes, own, regional.mends)),
    ),
  ]);
  demandApart(proposal);
  demandOrder([...built, ...proposal.mends]);
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
    leftAlone: byReason([
      ...proposal.leftAlone,
      ...untold.flatMap(finding => forPeople(finding, remediation).leftAlone),
    ]),
  };
}

/** What a planner makes of its controls' findings in a Region, or, where there is none, about the account. */
function propose(
  { controls }: Planner | AccountPlanner,
  failing: readonly Finding[],
  region: Region | undefined,
  plan: (own: readonly Finding[]) => Proposal,
): Proposal {
  const own = failing.filter(
    finding => finding.region === region && controls.some(glob => selects(glob, finding.control)),
  );
  return own.length === 0 ? NOTHING : unlessUnknown(own, () => plan(own));
}

/** What no planner takes on: with the commands that replace it, where the finding has them. */
const forPeople = (finding: Finding, remediation: PlanInput['remediation']): Proposal =>
  finding.runbook === undefined
    ? leave(aboutFinding(finding), 'no-mend', remediation(finding.control))
    : leave(aboutFinding(finding), 'in-place', finding.message, { runbook: finding.runbook });

/** One item for each resource and reason, however many findings it is about. */
export function byReason(items: readonly LeftAlone[]): LeftAlone[] {
  const reasons = new Map<string, LeftAlone>();
  for (const item of items) {
    const { for: causes, ...reason } = item;
    const key = JSON.stringify(reason);
    reasons.set(key, { ...item, for: [...(reasons.get(key)?.for ?? []), ...causes] });
  }
  return [...reasons.values()];
}

/** Two mends of one object would each be planned for a state that the other ends. */
function demandApart({ fingerprints }: Proposal): void {
  const object = repeated(fingerprints.map(fingerprint => objectKey(fingerprint.object)));
  if (object !== undefined) throw new Error(`two mends touch ${object}`);
}

const repeated = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) !== index);
