import type { ChangeId } from '../../model/plan.ts';
import { retentionChange } from '../../services/logs/changes.ts';
import type { LogGroup } from '../../services/logs/facts.ts';
import { finishedLogGroup, newLogGroup, RETENTION_DAYS } from '../log-group.ts';
import type { Proposal, Scene } from '../scene.ts';

/** A log group of ours, one for each Region, that mends let things log to and create where it is not there. */
export interface OwnLogGroup {
  /** Holds `securecart`: no others are read. */
  readonly name: string;
  /** What it is by its tag `securecart:component`. */
  readonly component: string;
  /** Of whom it is, such as `the web ACLs`. */
  readonly of: string;
}

/** Where a mend lets something log to: the log group's ARN, and the change of this plan that makes it whole, where one does: what logs to one that is not would hide from a later fix that it is not. Throws UnknownFact. */
export interface Destination {
  readonly arn: string;
  readonly after: readonly ChangeId[];
}

/** The log group as a destination; {@link withLogGroup} adds its creation, or what an earlier run has left undone of it. Throws UnknownFact. */
export function destinationOf(scene: Scene, group: OwnLogGroup): Destination {
  const arn = arnOf(scene, group);
  const last = supplyOf(scene, group).changes.at(-1);
  if (last !== undefined) return { arn, after: [last.id] };
  const isOfPlan = liveGroup(scene, group)?.tags['securecart:plan'] === scene.plan;
  return { arn, after: isOfPlan ? [retentionChange(scene.region, group.name)] : [] };
}

/** The proposal, and before it the log group that its mends let things log to, where there is none or it is not whole. Throws UnknownFact. */
export function withLogGroup(scene: Scene, group: OwnLogGroup, proposal: Proposal): Proposal {
  const { region } = scene;
  const { does, changes, fingerprints } = supplyOf(scene, group);
  const [first, last] = [changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) return proposal;
  const logs = proposal.mends.filter(mend =>
    mend.changes.some(({ dependsOn }) => dependsOn.includes(last.id)),
  );
  if (logs.length === 0) return proposal;
  return {
    ...proposal,
    mends: [
      {
        region,
        resource: { type: 'AWS::Logs::LogGroup', arn: arnOf(scene, group), id: group.name },
        for: logs.flatMap(mend => mend.for),
        id: first.id,
        title: `${does} the log group of ${group.of}`,
        risk: 'safe',
        changes,
      },
      ...proposal.mends,
    ],
    fingerprints: [...fingerprints, ...proposal.fingerprints],
  };
}

/** What it takes for the log group to be there and whole. Throws UnknownFact. */
function supplyOf(scene: Scene, group: OwnLogGroup): ReturnType<typeof finishedLogGroup> & { does: string } {
  const { region } = scene;
  const live = liveGroup(scene, group);
  if (live !== undefined) return { does: 'finish', ...finishedLogGroup(region, live) };
  const about = { region, id: creationOf(scene, group), tags: tagsOf(scene, group) };
  return { does: 'create', changes: newLogGroup(group.name, about), fingerprints: [] };
}

/** The log group that {@link withLogGroup} creates, as a fact of what will be there. */
export const groupToBe = (scene: Scene, group: OwnLogGroup): LogGroup => ({
  name: group.name,
  arn: arnOf(scene, group),
  retentionDays: RETENTION_DAYS,
  tags: tagsOf(scene, group),
});

const creationOf = ({ region }: Scene, { component }: OwnLogGroup): ChangeId =>
  `${component}/${region}/create`;

const tagsOf = (scene: Scene, group: OwnLogGroup): Record<string, string> => ({
  'securecart:managed': 'true',
  'securecart:component': group.component,
  'securecart:plan': scene.plan,
  'securecart:change': creationOf(scene, group),
});

const liveGroup = ({ audit }: Scene, group: OwnLogGroup): LogGroup | undefined =>
  audit.value('logs.logGroups').find(({ name }) => name === group.name);

const arnOf = ({ audit }: Scene, { name }: OwnLogGroup): string =>
  audit.arnOf('logs', audit.account, `log-group:${name}`);
