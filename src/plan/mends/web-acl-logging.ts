import { webAclResource } from '../../findings/entry-resources.ts';
import type { Finding } from '../../model/finding.ts';
import type { ChangeId } from '../../model/plan.ts';
import { createLogGroup } from '../../services/logs/changes.ts';
import type { LogGroup } from '../../services/logs/facts.ts';
import type { WebAcl } from '../../services/wafv2/facts.ts';
import { startLogging } from '../../services/wafv2/logging/changes.ts';
import { leave, unlessManaged } from '../leave.ts';
import { causeOf, NOTHING, type Proposal, type Scene } from '../scene.ts';

/** Where web ACLs log to that have no log yet; AWS WAF takes names that start with aws-waf-logs-. */
const LOG_GROUP = 'aws-waf-logs-securecart';

/** Lets a web ACL log that has no log at all; `withLogGroup` adds what it logs to. Throws UnknownFact. */
export function logTo(
  scene: Scene,
  acl: WebAcl,
  tags: Readonly<Record<string, string>>,
  causes: readonly Finding[],
): Proposal {
  const { audit, region } = scene;
  const about = { region, resource: webAclResource(acl), for: causes.map(causeOf) };
  if (audit.value('wafv2.loggingConfigurations').some(({ webAcl }) => webAcl === acl.arn)) {
    if (causes.length === 0) return NOTHING;
    const detail =
      'Somebody has its log drop what is blocked: change the filter of its logging configuration.';
    return leave(about, 'no-mend', detail);
  }
  const creation = creationOf(scene, liveGroup(scene));
  const change = startLogging(region, acl, arnOf(scene), creation === undefined ? [] : [creation]);
  return unlessManaged(scene, about, tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: change.id,
        title: `let web ACL ${acl.name} log what it does`,
        risk: 'safe',
        cost: 'CloudWatch Logs charges for what is logged by the GB; with waf.logging.logs: false in the baseline there is no log',
        changes: [change],
      },
    ],
  }));
}

/** The proposal, and before it the log group that its web ACLs are to log to, where there is none. Throws UnknownFact. */
export function withLogGroup(scene: Scene, proposal: Proposal): Proposal {
  const { region, plan } = scene;
  const id = newGroup(scene);
  const logs = proposal.mends.filter(({ changes }) =>
    changes.some(({ dependsOn }) => dependsOn.includes(id)),
  );
  if (logs.length === 0 || liveGroup(scene) !== undefined) return proposal;
  return {
    ...proposal,
    mends: [
      {
        region,
        resource: { type: 'AWS::Logs::LogGroup', arn: arnOf(scene), id: LOG_GROUP },
        for: logs.flatMap(mend => mend.for),
        id,
        title: 'create the log group of the web ACLs',
        risk: 'safe',
        changes: [createLogGroup(LOG_GROUP, { region, id, tags: groupTags(plan, id) })],
      },
      ...proposal.mends,
    ],
  };
}

/** The log group that {@link withLogGroup} creates, as a fact of what will be there. */
export const groupToBe = (scene: Scene): LogGroup => ({
  name: LOG_GROUP,
  arn: arnOf(scene),
  retentionDays: null,
  tags: groupTags(scene.plan, newGroup(scene)),
});

const newGroup = ({ region }: Scene): ChangeId => `web-acl-logs/${region}/create`;

const groupTags = (plan: string, change: ChangeId): Record<string, string> => ({
  'securecart:managed': 'true',
  'securecart:component': 'web-acl-logs',
  'securecart:plan': plan,
  'securecart:change': change,
});

const liveGroup = ({ audit }: Scene): LogGroup | undefined =>
  audit.value('logs.logGroups').find(({ name }) => name === LOG_GROUP);

/** The change of this plan that creates the log group; undefined where it is there already. */
const creationOf = (scene: Scene, group: LogGroup | undefined): ChangeId | undefined =>
  group === undefined
    ? newGroup(scene)
    : group.tags['securecart:plan'] === scene.plan
      ? group.tags['securecart:change']
      : undefined;

const arnOf = ({ audit }: Scene): string => audit.arnOf('logs', audit.account, `log-group:${LOG_GROUP}`);
