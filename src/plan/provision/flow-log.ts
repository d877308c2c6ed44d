import { canonicalJson, type Json } from '../../model/json.ts';
import type { Adopted, Change, ChangeId, Fingerprint, LeftAlone } from '../../model/plan.ts';
import { ownTags } from '../../services/ec2/creation.ts';
import { createFlowLog } from '../../services/ec2/flow-log/changes.ts';
import {
  createRole,
  putRolePolicy,
  roleArn,
  rolePolicyObject,
  rolePolicyState,
} from '../../services/iam/changes.ts';
import type { Role } from '../../services/iam/facts.ts';
import { createLogGroup, logGroupObject, logGroupState, setRetention } from '../../services/logs/changes.ts';
import {
  about,
  building,
  ec2Resource,
  homeOf,
  lookUp,
  notBuilt,
  type Part,
  type Site,
  standIn,
  unchanged,
  withFact,
} from './site.ts';
import { boundVpc } from './vpc.ts';

const LOG_GROUP = 'securecart-vpc-flow-logs';
const POLICY = 'deliver';

/** A year, as Security Hub's CloudWatch.16 asks for, and PCI DSS 10.5.1. */
const RETENTION_DAYS = 365;

const COST =
  'flow log of the VPC: CloudWatch Logs charges by the GB for what is logged (in us-east-1 some 0.50 USD) and for what it keeps; network.flowLogs: false in the baseline leaves it out';

/** The flow log of the VPC with the log group and the role that it delivers by; none where one works already. */
export function buildFlowLog(site: Site): Part {
  if (!site.baseline.network.flowLogs) return unchanged(site);
  const vpc = homeOf(site, boundVpc(site));
  const logs = lookUp(site, 'ec2.flowLogs').filter(({ resource }) => resource === vpc.id);
  const { region } = site;
  const working = logs.find(({ status, failure }) => status === 'ACTIVE' && failure === undefined);
  if (working !== undefined) {
    return { ...unchanged(site), adopted: [{ what: 'flow log', region, id: working.id }] };
  }
  const role = deliveryRole(site);
  if ('obstacle' in role) return { ...unchanged(site), leftAlone: [role] };
  const group = logGroup(site);
  const [own] = logs.filter(({ tags }) => tags?.['securecart:managed'] === 'true');
  const changes = [...group.changes, ...role.changes];
  if (own !== undefined && changes.length === 0) {
    const resource = ec2Resource(site, 'FlowLog', 'vpc-flow-log', own.id);
    const detail = `It delivers nothing (${own.failure ?? own.status}), though its log group and its role are there. Delete it, and apply again.`;
    return { ...unchanged(site), leftAlone: [notBuilt(site, resource, 'in-place', detail)] };
  }
  const id = own?.id ?? standIn('flow-log');
  const creation = own === undefined ? [creationOfLog(site, id, vpc.id, changes)] : [];
  const others = lookUp(site, 'ec2.flowLogs').filter(log => log !== own);
  return {
    ...unchanged(site),
    mends: building(site, {
      id: 'flow-log',
      title: 'log who talks to whom in the VPC',
      resource: ec2Resource(site, 'FlowLog', 'vpc-flow-log', id),
      cost: COST,
      changes: [...changes, ...creation],
    }),
    fingerprints: [...group.fingerprints, ...role.fingerprints],
    adopted: [...group.adopted, ...role.adopted],
    facts: withFact(site.facts, 'ec2.flowLogs', [...others, { id, resource: vpc.id, status: 'ACTIVE' }]),
  };
}

function creationOfLog(site: Site, id: string, vpc: string, needed: readonly Change[]): Change {
  const role = roleArn(site.account, roleName(site));
  const said = about(site, id, {
    component: 'flow-log',
    name: 'securecart',
    title: `create the flow log of all traffic, to ${LOG_GROUP}`,
  });
  return {
    ...createFlowLog({ vpc, logGroup: LOG_GROUP, role }, said),
    dependsOn: needed.map(change => change.id),
  };
}

/** One of the things that a flow log delivers by: what it takes, and what of it is there. */
interface Supply {
  readonly changes: readonly Change[];
  readonly fingerprints: readonly Fingerprint[];
  readonly adopted: readonly Adopted[];
}

/** What the creation of one of them says of itself. */
const saidOf = (site: Site, name: string, id: ChangeId) => ({
  region: site.region,
  id,
  tags: ownTags(site, 'flow-log', name, id),
});

/** The log group, which keeps what is logged for a year; one that was there keeps it as long as it did. */
function logGroup(site: Site): Supply {
  const { region } = site;
  const live = lookUp(site, 'logs.logGroups').find(({ name }) => name === LOG_GROUP);
  if (live === undefined) {
    const said = saidOf(site, LOG_GROUP, `logs/${region}/${LOG_GROUP}/create`);
    const changes = [
      createLogGroup(LOG_GROUP, said),
      setRetention(region, LOG_GROUP, RETENTION_DAYS, said.id),
    ];
    return { changes, fingerprints: [], adopted: [] };
  }
  const adopted = [{ what: 'log group of the flow log', region, id: LOG_GROUP }];
  // One of ours that keeps all for ever is one that a run did not finish.
  if (live.retentionDays !== null || live.tags['securecart:managed'] !== 'true')
    return { changes: [], fingerprints: [], adopted };
  return {
    changes: [setRetention(region, LOG_GROUP, RETENTION_DAYS, undefined)],
    fingerprints: [{ object: logGroupObject(region, LOG_GROUP), state: logGroupState(live) }],
    adopted,
  };
}

/** A role for each Region: that of another can be taken down without this one. */
const roleName = ({ region }: Site): string => `securecart-flow-logs-${region}`;

/** The role by which the log is delivered, with the one policy that it needs. */
function deliveryRole(site: Site): Supply | LeftAlone {
  const { region } = site;
  const name = roleName(site);
  const live = lookUp(site, 'iam.roles').find(role => role.name === name);
  const trust = trustOf(site);
  if (live !== undefined && canonicalJson(live.trust) !== canonicalJson(trust)) {
    const resource = { type: 'AWS::IAM::Role', arn: live.arn, id: name };
    const detail =
      'It has the name of the role by which the flow log is delivered, and trusts another than VPC flow logs of this account and Region. Delete it, or create a flow log by hand.';
    return notBuilt(site, resource, 'ambiguous', detail);
  }
  const said = saidOf(site, name, `iam/${region}/${name}/create`);
  const description = 'Delivers the flow log of the SecureCart VPC to CloudWatch Logs.';
  const policy = policyChange(site, live, live === undefined ? said.id : undefined);
  return {
    changes: [
      ...(live === undefined ? [createRole({ name, description, trust }, said)] : []),
      ...policy.changes,
    ],
    fingerprints: policy.fingerprints,
    adopted: live === undefined ? [] : [{ what: 'role of the flow log', region, id: name }],
  };
}

function policyChange(site: Site, live: Role | undefined, creation: string | undefined) {
  const { region } = site;
  const role = roleName(site);
  const now = live?.policies[POLICY];
  const document = policyOf(site);
  const none: { changes: Change[]; fingerprints: Fingerprint[] } = { changes: [], fingerprints: [] };
  if (now !== undefined && canonicalJson(now) === canonicalJson(document)) return none;
  const object = rolePolicyObject(region, role, POLICY);
  return {
    changes: [putRolePolicy(region, { role, name: POLICY, now, document }, creation)],
    fingerprints: now === undefined ? [] : [{ object, state: rolePolicyState(now) }],
  };
}

/** Flow logs of this account and Region alone may take it on: else a stranger's could be delivered by it (the VPC guide, on the confused deputy). */
const trustOf = ({ account: { id, partition }, region }: Site): Json => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': id },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:ec2:${region}:${id}:vpc-flow-log/*` },
      },
    },
  ],
});

/** What the VPC guide lists, in this one log group; it creates none, which would keep all for ever. */
const policyOf = ({ account: { id, partition }, region }: Site): Json => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: `arn:${partition}:logs:${region}:${id}:log-group:${LOG_GROUP}:*`,
    },
    { Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
  ],
});
