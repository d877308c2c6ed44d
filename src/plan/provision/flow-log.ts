import { known } from '../../model/fact.ts';
import type { Json } from '../../model/json.ts';
import type { Change } from '../../model/plan.ts';
import type { FlowLog } from '../../services/ec2/facts.ts';
import { createFlowLog } from '../../services/ec2/flow-log/changes.ts';
import { roleArn } from '../../services/iam/changes.ts';
import type { Scene } from '../scene.ts';
import { deliverySupplies, type LogDelivery } from './log-delivery.ts';
import { about, adopt, build, ec2Resource, type Part, standIn, unbuilt } from './part.ts';
import { homeOf } from './site.ts';

const LOG_GROUP = 'securecart-vpc-flow-logs';

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
  const supplies = deliverySupplies(site, delivery(site));
  if ('leftAlone' in supplies) return supplies;
  const { changes, fingerprints, adopted } = supplies;
  const own = logs.find(({ tags }) => tags?.['securecart:managed'] === 'true');
  if (own !== undefined && changes.length === 0) return idle(site, own);
  const id = own?.id ?? fresh;
  const others = audit.value('ec2.flowLogs').filter(log => log !== own);
  return {
    adopted,
    ...build(site, {
      id: 'flow-log',
      title: 'log who talks to whom in the VPC',
      resource: ec2Resource(site, 'FlowLog', 'vpc-flow-log', id),
      cost: COST,
      changes: [...changes, ...(own === undefined ? [creationOfLog(site, id, changes)] : [])],
      fingerprints,
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

const delivery = (site: Scene): LogDelivery => ({
  component: 'flow-log',
  of: 'flow log',
  logGroup: LOG_GROUP,
  role: {
    name: roleName(site),
    description: 'Delivers the flow log of the SecureCart VPC to CloudWatch Logs.',
    trust: trustOf(site),
    policy: policyOf(site),
    stranger:
      'It has the name of the role by which the flow log is delivered, and trusts another than VPC flow logs of this account and Region. Delete it, or create a flow log by hand.',
  },
});

/** A role for each Region: that of another can be taken down without this one. */
const roleName = ({ region }: Scene): string => `securecart-flow-logs-${region}`;

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
