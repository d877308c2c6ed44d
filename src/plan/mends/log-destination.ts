import type { ChangeId } from '../../model/plan.ts';
import type { LogGroup } from '../../services/logs/facts.ts';
import { newLogGroup, RETENTION_DAYS } from '../log-group.ts';
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

/** Where a mend lets something log to: the log group's ARN, and the change of this plan that creates it, where one does. Throws UnknownFact. */
export interface Destination {
  readonly arn: string;
  readonly after: readonly ChangeId[];
}

/** The log group as a destination; {@link withLogGroup} adds its creation. Throws UnknownFact. */
export function destinationOf(scene: Scene, group: OwnLogGroup): Destination {
  const live = liveGroup(scene, group);
  const arn = arnOf(scene, group);
  if (live === undefined) return { arn, after: [creationOf(scene, group)] };
  const created = live.tags['securecart:change'];
  return {
    arn,
    after: live.tags['securecart:plan'] === scene.plan && created !== undefined ? [created] : [],
  };
}

/** The proposal, and before it the log group that its mends let things log to, where there is none. Throws UnknownFact. */
export function withLogGroup(scene: Scene, group: OwnLogGroup, proposal: Proposal): Proposal {
  const { region } = scene;
  const id = creationOf(scene, group);
  const logs = proposal.mends.filter(({ changes }) =>
    changes.some(({ dependsOn }) => dependsOn.includes(id)),
  );
  if (logs.length === 0 || liveGroup(scene, group) !== undefined) return proposal;
  return {
    ...proposal,
    mends: [
      {
        region,
        resource: { type: 'AWS::Logs::LogGroup', arn: arnOf(scene, group), id: group.name },
        for: logs.flatMap(mend => mend.for),
        id,
        title: `create the log group of ${group.of}`,
        risk: 'safe',
        changes: newLogGroup(group.name, { region, id, tags: tagsOf(scene, group) }),
      },
      ...proposal.mends,
    ],
  };
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
