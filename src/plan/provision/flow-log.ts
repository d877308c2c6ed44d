import { known } from '../../model/fact.ts';
import { canonicalJson, type Json } from '../../model/json.ts';
import type { Change, ChangeId } from '../../model/plan.ts';
import { ownTags } from '../../services/ec2/creation.ts';
import type { FlowLog } from '../../services/ec2/facts.ts';
import { createFlowLog } from '../../services/ec2/flow-log/changes.ts';
import {
  createRole,
  putRolePolicy,
  roleArn,
  rolePolicyObject,
  rolePolicyState,
} from '../../services/iam/changes.ts';
import type { Role } from '../../services/iam/facts.ts';
import { finishedLogGroup, newLogGroup } from '../log-group.ts';
import type { Scene } from '../scene.ts';
import { about, adopt, build, ec2Resource, type Part, standIn, unbuilt } from './part.ts';
import { homeOf } from './site.ts';

const LOG_GROUP = 'securecart-vpc-flow-logs';
const POLICY = 'deliver';

const COST =
  'flow log of the VPC: CloudWatch Logs charges by the GB for what is logged (in us-east-1 some 0.50 USD) and for what it keeps; network.flowLogs: false in the baseline leaves it out';

/**
 * The flow log of the VPC with the log group and the role that it delivers by; none where one works already. `fresh` stands
 * for the one that is to be created.
 */
export function buildFlowLog(site: Scene, fresh = standIn('flow-log')): Part {
  const { audit } = site;
  if (!audit.baseline.network.flowLogs) return {};
  const vpc = homeOf(site);
  const logs = audit.value('ec2.flowLogs').filter(({ resource }) => resource === vpc.id);
  const working = logs.find(({ status, failure }) => status === 'ACTIVE' && failure === undefined);
  if (working !== undefined) return adopt(site, 'flow log', working.id);
  const role = deliveryRole(site);
  if ('leftAlone' in role) return role;
  const group = logGroup(site);
  const own = logs.find(({ tags }) => tags?.['securecart:managed'] === 'true');
  const changes = [...group.changes, ...role.changes];
  if (own !== undefined && changes.length === 0) return idle(site, own);
  const id = own?.id ?? fresh;
  const others = audit.value('ec2.flowLogs').filter(log => log !== own);
  return {
    adopted: [...group.adopted, ...role.adopted],
    ...build(site, {
      id: 'flow-log',
      title: 'log who talks to whom in the VPC',
      resource: ec2Resource(site, 'FlowLog', 'vpc-flow-log', id),
      cost: COST,
      changes: [...changes, ...(own === undefined ? [creationOfLog(site, id, changes)] : [])],
      fingerprints: [...group.fingerprints, ...role.fingerprints],
      facts: { 'ec2.flowLogs': known([...others, { id, resource: vpc.id, status: 'ACTIVE' }]) },
    }),
  };
}

/** One that delivers nothing, though all is there that it delivers by. */
function idle(site: Scene, { id, failure, status }: FlowLog): Part {
  const detail = `It delivers nothing (${failure ?? status}), though its log group and its role are there. Delete it, and make a new plan.`;
  return { leftAlone: [unbuilt(site, ec2Resource(site, 'FlowLog', 'vpc-flow-log', id), 'in-place', detail)] };
}

function creationOfLog(site: Scene, id: string, needed: readonly Change[]): Change {
  const { audit } = site;
  const role = roleArn({ id: audit.account, partition: audit.partition }, roleName(site));
  const said = about(site, id, {
    component: 'flow-log',
    name: 'securecart',
    title: `create the flow log of all traffic, to ${LOG_GROUP}`,
  });
  return {
    ...createFlowLog({ vpc: homeOf(site).id, logGroup: LOG_GROUP, role }, said),
    dependsOn: needed.map(change => change.id),
  };
}

/** One of the things that a flow log delivers by: what it takes, and what of it is there. */
interface Supply extends Required<Pick<Part, 'fingerprints' | 'adopted'>> {
  readonly changes: readonly Change[];
}

/** What the creation of one of them says of itself. */
const saidOf = (scene: Scene, name: string, id: ChangeId) => ({
  region: scene.region,
  id,
  tags: ownTags(scene, 'flow-log', name, id),
});

/** The log group: the one that is there, or a new one. */
function logGroup(site: Scene): Supply {
  const { audit, region } = site;
  const live = audit.value('logs.logGroups').find(({ name }) => name === LOG_GROUP);
  if (live !== undefined) {
    const adopted = [{ what: 'log group of the flow log', region, id: LOG_GROUP }];
    return { ...finishedLogGroup(region, live), adopted };
  }
  const said = saidOf(site, LOG_GROUP, `logs/${region}/${LOG_GROUP}/create`);
  return { changes: newLogGroup(LOG_GROUP, said), fingerprints: [], adopted: [] };
}

/** A role for each Region: that of another can be taken down without this one. */
const roleName = ({ region }: Scene): string => `securecart-flow-logs-${region}`;

/** The role by which the log is delivered, with the one policy that it needs; or why it cannot be that one. */
function deliveryRole(site: Scene): Supply | Required<Pick<Part, 'leftAlone'>> {
  const { audit, region } = site;
  const name = roleName(site);
  const live = audit.value('iam.roles').find(role => role.name === name);
  const trust = trustOf(site);
  if (live !== undefined && canonicalJson(live.trust) !== canonicalJson(trust)) {
    const resource = { type: 'AWS::IAM::Role', arn: live.arn, id: name };
    const detail =
      'It has the name of the role by which the flow log is delivered, and trusts another than VPC flow logs of this account and Region. Delete it, or create a flow log by hand.';
    return { leftAlone: [unbuilt(site, resource, 'ambiguous', detail)] };
  }
  const said = saidOf(site, name, `iam/${region}/${name}/create`);
  const description = 'Delivers the flow log of the SecureCart VPC to CloudWatch Logs.';
  const policy = policyOfRole(site, live, said.id);
  if (live === undefined) {
    const creation = createRole({ name, description, trust }, said);
    return { changes: [creation, ...policy.changes], fingerprints: [], adopted: [] };
  }
  return { ...policy, adopted: [{ what: 'role of the flow log', region, id: name }] };
}

/** What its policy takes to say what it should; `creation` is the change that creates the role, where there is none. */
function policyOfRole(
  site: Scene,
  live: Role | undefined,
  creation: ChangeId,
): Pick<Supply, 'changes' | 'fingerprints'> {
  const { region } = site;
  const role = roleName(site);
  const now = live?.policies[POLICY];
  const document = policyOf(site);
  if (now !== undefined && canonicalJson(now) === canonicalJson(document))
    return { changes: [], fingerprints: [] };
  const put = { role, name: POLICY, now, document };
  const object = rolePolicyObject(region, role, POLICY);
  return {
    changes: [putRolePolicy(region, put, live === undefined ? creation : undefined)],
    fingerprints: now === undefined ? [] : [{ object, state: rolePolicyState(now) }],
  };
}

/** Flow logs of this account and Region alone may take it on: else a stranger's could be delivered by it (the VPC guide, on the confused deputy). */
const trustOf = ({ audit: { account, partition }, region }: Scene): Json => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*` },
      },
    },
  ],
});

/** What the VPC guide lists, in this one log group; it creates none, which would keep all for ever. */
const policyOf = ({ audit }: Scene): Json => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: audit.arnOf('logs', audit.account, `log-group:${LOG_GROUP}:*`),
    },
    { Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
  ],
});
