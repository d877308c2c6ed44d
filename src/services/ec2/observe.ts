import {
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  paginateDescribeSecurityGroupRules,
} from '@aws-sdk/client-ec2';
import { CallError } from '../../aws/errors.ts';
import { fromPages } from '../../aws/pages.ts';
import type { Session } from '../../aws/session.ts';
import type { Region } from '../../model/identifiers.ts';
import type { ObjectKind } from '../../model/plan.ts';
import type { Observation, Observer } from '../writer.ts';
import { networkAclState, subnetAclState } from './network-acl/state.ts';
import { networkAcl, securityGroup, securityGroupRule } from './read-filters.ts';
import { subnet } from './read-network.ts';
import { ruleKey, securityGroupState } from './security-group/state.ts';
import { subnetState } from './subnet/changes.ts';

const ABSENT: Observation = { state: null, handles: {} };

/** How EC2's objects are looked at, one by one: an object that EC2 says is not found is absent, any other error is thrown. */
export const ec2Observers = {
  'security-group': {
    permissions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
    observe: (session, region, id) => orAbsent(() => observeGroup(session.client(EC2Client, region), id)),
  },
  'network-acl': {
    permissions: ['ec2:DescribeNetworkAcls'],
    observe: (session, region, id) => orAbsent(() => observeAcl(session.client(EC2Client, region), id)),
    find: findAcls,
  },
  'subnet-network-acl': {
    permissions: ['ec2:DescribeNetworkAcls'],
    observe: (session, region, id) => observeSubnetAcl(session.client(EC2Client, region), id),
  },
  subnet: {
    permissions: ['ec2:DescribeSubnets'],
    observe: (session, region, id) => orAbsent(() => observeSubnet(session.client(EC2Client, region), id)),
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;

async function observeGroup(client: EC2Client, id: string): Promise<Observation> {
  const filter = { Filters: [{ Name: 'group-id', Values: [id] }] };
  const [{ SecurityGroups: groups = [] }, rules] = await Promise.all([
    client.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] })),
    fromPages(paginateDescribeSecurityGroupRules({ client, pageSize: 1000 }, filter), page =>
      (page.SecurityGroupRules ?? []).map(securityGroupRule),
    ),
  ]);
  const [group] = groups.map(securityGroup);
  if (group === undefined) return ABSENT;
  const handles = rules.map(rule => [ruleKey(rule, group.owner), rule.id]);
  return { state: securityGroupState(group, rules), handles: { rules: Object.fromEntries(handles) } };
}

async function observeAcl(client: EC2Client, id: string): Promise<Observation> {
  const { NetworkAcls: acls = [] } = await client.send(
    new DescribeNetworkAclsCommand({ NetworkAclIds: [id] }),
  );
  const [acl] = acls.map(networkAcl);
  return acl === undefined ? ABSENT : { state: networkAclState(acl), handles: {} };
}

async function findAcls(
  session: Session,
  region: Region,
  tags: Readonly<Record<string, string>>,
): Promise<string[]> {
  const Filters = Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
  const { NetworkAcls: acls = [] } = await session
    .client(EC2Client, region)
    .send(new DescribeNetworkAclsCommand({ Filters }));
  return acls.map(acl => networkAcl(acl).id);
}

async function observeSubnetAcl(client: EC2Client, id: string): Promise<Observation> {
  const Filters = [{ Name: 'association.subnet-id', Values: [id] }];
  const { NetworkAcls: acls = [] } = await client.send(new DescribeNetworkAclsCommand({ Filters }));
  const [acl] = acls.map(networkAcl);
  const association = acl?.associations.find(({ subnet: of }) => of === id);
  if (acl === undefined || association === undefined) return ABSENT;
  return { state: subnetAclState(acl), handles: { association: association.id } };
}

async function observeSubnet(client: EC2Client, id: string): Promise<Observation> {
  const { Subnets: subnets = [] } = await client.send(new DescribeSubnetsCommand({ SubnetIds: [id] }));
  const [found] = subnets.map(subnet);
  return found === undefined ? ABSENT : { state: subnetState(found), handles: {} };
}

/** EC2's codes for what is not there: InvalidGroup.NotFound, InvalidNetworkAclID.NotFound, InvalidSubnetID.NotFound. */
async function orAbsent(observe: () => Promise<Observation>): Promise<Observation> {
  try {
    return await observe();
  } catch (error) {
    if (error instanceof CallError && error.code.endsWith('.NotFound')) return ABSENT;
    throw error;
  }
}
