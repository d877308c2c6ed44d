import {
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  type Filter,
  paginateDescribeSecurityGroupRules,
} from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { fromPages } from '../../aws/pages.ts';
import type { ObjectKind } from '../../model/plan.ts';
import type { Observation, Observer } from '../writer.ts';
import type { SecurityGroup, SecurityGroupRule } from './facts.ts';
import { ABSENT, observer } from './listing.ts';
import { networkAclState, subnetAclState } from './network-acl/state.ts';
import { networkObservers } from './observe-network.ts';
import { networkAcl, securityGroup, securityGroupRule } from './read-filters.ts';
import { defaultGroupState, withSelf } from './security-group/create.ts';
import { ruleHandles, securityGroupState } from './security-group/state.ts';

const listGroups = async (client: EC2Client, Filters: Filter[]): Promise<SecurityGroup[]> => {
  const { SecurityGroups = [] } = await client.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups.map(securityGroup);
};

const rulesOf = (client: EC2Client, group: string): Promise<SecurityGroupRule[]> => {
  const Filters = [{ Name: 'group-id', Values: [group] }];
  const pages = paginateDescribeSecurityGroupRules({ client, pageSize: 1000 }, { Filters });
  return fromPages(pages, page => (page.SecurityGroupRules ?? []).map(securityGroupRule));
};

const listAcls = async (client: EC2Client, Filters: Filter[]) => {
  const { NetworkAcls = [] } = await client.send(new DescribeNetworkAclsCommand({ Filters }));
  return NetworkAcls.map(networkAcl);
};

/** How EC2's objects are looked at, one by one: what EC2 does not list is absent, and any error is thrown. */
export const ec2Observers = {
  ...networkObservers,
  'security-group': {
    ...observer({
      permissions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
      idFilter: 'group-id',
      list: listGroups,
      see: async (group, client) => {
        const rules = await rulesOf(client, group.id);
        return {
          state: securityGroupState(group, rules),
          handles: { rules: ruleHandles(rules, group.owner) },
        };
      },
    }),
    namesakes: async (session, region, { GroupName, VpcId }) => {
      const filters = [
        { Name: 'group-name', Values: [z.string().parse(GroupName)] },
        { Name: 'vpc-id', Values: [z.string().parse(VpcId)] },
      ];
      const groups = await listGroups(session.client(EC2Client, region), filters);
      return groups.map(({ id }) => id);
    },
  },
  'network-acl': observer({
    permissions: ['ec2:DescribeNetworkAcls'],
    idFilter: 'network-acl-id',
    list: listAcls,
    see: value => ({ state: networkAclState(value), handles: {} }),
  }),
  'default-security-group': {
    permissions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
    observe: (session, region, id) => seeDefaultGroup(session.client(EC2Client, region), id),
  },
  'subnet-network-acl': {
    permissions: ['ec2:DescribeNetworkAcls'],
    observe: (session, region, id) => seeSubnetAcl(session.client(EC2Client, region), id),
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;

async function seeDefaultGroup(client: EC2Client, id: string): Promise<Observation> {
  const [group] = await listGroups(client, [
    { Name: 'vpc-id', Values: [id] },
    { Name: 'group-name', Values: ['default'] },
  ]);
  if (group === undefined) return ABSENT;
  const rules = await rulesOf(client, group.id);
  const own = rules.map(rule => withSelf(rule, group.id));
  return {
    state: defaultGroupState(group.id, rules, group.owner),
    handles: { group: group.id, rules: ruleHandles(own, group.owner) },
  };
}

async function seeSubnetAcl(client: EC2Client, id: string): Promise<Observation> {
  const [acl] = await listAcls(client, [{ Name: 'association.subnet-id', Values: [id] }]);
  const association = acl?.associations.find(({ subnet: of }) => of === id);
  if (acl === undefined || association === undefined) return ABSENT;
  return { state: subnetAclState(acl), handles: { association: association.id } };
}
