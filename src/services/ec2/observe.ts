import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type Filter,
  type FlowLog,
  paginateDescribeSecurityGroupRules,
} from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { CallError } from '../../aws/errors.ts';
import { fromPages } from '../../aws/pages.ts';
import type { ObjectKind } from '../../model/plan.ts';
import { given, tagsOf } from '../reader.ts';
import type { Observation, Observer } from '../writer.ts';
import type { NatGateway, SecurityGroup, SecurityGroupRule, VpcEndpoint } from './facts.ts';
import { flowLogState } from './flow-log/changes.ts';
import { internetGatewayState } from './internet-gateway/changes.ts';
import { elasticIpState, natGatewayState } from './nat-gateway/changes.ts';
import { networkAclState, subnetAclState } from './network-acl/state.ts';
import { networkAcl, securityGroup, securityGroupRule } from './read-filters.ts';
import {
  elasticIp,
  internetGateway,
  natGateway,
  routeTable,
  subnet,
  vpc,
  vpcEndpoint,
} from './read-network.ts';
import { readVpcDns } from './read-vpc.ts';
import { routeTableState, subnetTableState } from './route-table/changes.ts';
import { defaultGroupState, withSelf } from './security-group/create.ts';
import { ruleHandles, securityGroupState } from './security-group/state.ts';
import { subnetState } from './subnet/changes.ts';
import { vpcState } from './vpc/changes.ts';
import { vpcEndpointState } from './vpc-endpoint/changes.ts';

const ABSENT: Observation = { state: null, handles: {} };

/** A kind of object with an id and tags, which one call lists: what its calls are, and what is seen of one. */
interface Listing<Value> {
  readonly permissions: readonly string[];
  /** The name of the filter for the id. */
  readonly idFilter: string;
  readonly list: (client: EC2Client, Filters: Filter[]) => Promise<Value[]>;
  readonly see: (value: Value, client: EC2Client) => Observation | Promise<Observation>;
}

/** Looks by filters, which find nothing where there is nothing; by ids EC2 answers with an error then. */
const observer = <Value extends { id: string }>({ permissions, idFilter, list, see }: Listing<Value>) =>
  ({
    permissions,
    observe: async (session, region, id) => {
      const client = session.client(EC2Client, region);
      const [value] = await list(client, [{ Name: idFilter, Values: [id] }]);
      return value === undefined ? ABSENT : await see(value, client);
    },
    find: async (session, region, tags) => {
      const Filters = Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
      return (await list(session.client(EC2Client, region), Filters)).map(({ id }) => id);
    },
  }) satisfies Observer;

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

const listTables = async (client: EC2Client, Filters: Filter[]) => {
  const { RouteTables = [] } = await client.send(new DescribeRouteTablesCommand({ Filters }));
  return RouteTables;
};

const listVpcs = async (client: EC2Client, Filters: Filter[]) => {
  const { Vpcs = [] } = await client.send(new DescribeVpcsCommand({ Filters }));
  return Vpcs.map(vpc);
};

/** What of a creation's input tells its tags. */
const Tagged = z.object({
  TagSpecifications: z.array(z.object({ Tags: z.array(z.object({ Key: z.string(), Value: z.string() })) })),
});

/** How EC2's objects are looked at, one by one: what EC2 does not list is absent, and any error is thrown. */
export const ec2Observers = {
  vpc: {
    ...observer({
      permissions: ['ec2:DescribeVpcs', 'ec2:DescribeVpcAttribute'],
      idFilter: 'vpc-id',
      list: listVpcs,
      see: async (value, client) => ({
        state: vpcState(value, await readVpcDns(client, value.id)),
        handles: {},
      }),
    }),
    // A VPC has no name but by its tags. All else of a network stands in it: of two runs at once, the later one stops here.
    namesakes: async (session, region, input) => {
      const tags = Tagged.parse(input).TagSpecifications.flatMap(({ Tags }) => Tags);
      const Filters = tags
        .filter(({ Key }) => Key === 'securecart:component')
        .map(({ Key, Value }) => ({ Name: `tag:${Key}`, Values: [Value] }));
      return (await listVpcs(session.client(EC2Client, region), Filters)).map(({ id }) => id);
    },
  },
  'internet-gateway': observer({
    permissions: ['ec2:DescribeInternetGateways'],
    idFilter: 'internet-gateway-id',
    list: async (client, Filters) => {
      const { InternetGateways = [] } = await client.send(new DescribeInternetGatewaysCommand({ Filters }));
      return InternetGateways.map(internetGateway);
    },
    see: value => ({ state: internetGatewayState(value), handles: {} }),
  }),
  'elastic-ip': observer({
    permissions: ['ec2:DescribeAddresses'],
    idFilter: 'allocation-id',
    list: async (client, Filters) => {
      const { Addresses = [] } = await client.send(new DescribeAddressesCommand({ Filters }));
      return Addresses.map(elasticIp);
    },
    see: value => ({ state: elasticIpState(value), handles: {} }),
  }),
  'nat-gateway': observer({
    permissions: ['ec2:DescribeNatGateways'],
    idFilter: 'nat-gateway-id',
    list: async (client, Filter) => {
      const { NatGateways = [] } = await client.send(new DescribeNatGatewaysCommand({ Filter }));
      return NatGateways.map(from => ({
        ...natGateway(from),
        address: from.NatGatewayAddresses?.[0]?.AllocationId ?? null,
      })).filter(({ state }) => !isGone(state));
    },
    see: seeNatGateway,
  }),
  subnet: observer({
    permissions: ['ec2:DescribeSubnets'],
    idFilter: 'subnet-id',
    list: async (client, Filters) => {
      const { Subnets = [] } = await client.send(new DescribeSubnetsCommand({ Filters }));
      return Subnets.map(subnet);
    },
    see: value => ({ state: subnetState(value), handles: {} }),
  }),
  'route-table': observer({
    permissions: ['ec2:DescribeRouteTables'],
    idFilter: 'route-table-id',
    list: async (client, Filters) => (await listTables(client, Filters)).map(routeTable),
    see: value => ({ state: routeTableState(value), handles: {} }),
  }),
  'vpc-endpoint': observer({
    permissions: ['ec2:DescribeVpcEndpoints'],
    idFilter: 'vpc-endpoint-id',
    list: listEndpoints,
    see: seeEndpoint,
  }),
  'flow-log': observer({
    permissions: ['ec2:DescribeFlowLogs'],
    idFilter: 'flow-log-id',
    list: async (client, Filter) => {
      const { FlowLogs = [] } = await client.send(new DescribeFlowLogsCommand({ Filter }));
      return FlowLogs.map(log => ({ id: given(log.FlowLogId, 'FlowLogId'), log }));
    },
    see: ({ log }) => ({ state: seenFlowLog(log), handles: {} }),
  }),
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
  'subnet-route-table': {
    permissions: ['ec2:DescribeRouteTables'],
    observe: (session, region, id) => seeSubnetTable(session.client(EC2Client, region), id),
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;

/** Asked by the ids themselves, since moto does not know the filter for them; EC2 answers with an error then where there is none. */
async function listEndpoints(client: EC2Client, Filters: Filter[]): Promise<VpcEndpoint[]> {
  const VpcEndpointIds = Filters.find(({ Name }) => Name === 'vpc-endpoint-id')?.Values;
  const query = VpcEndpointIds === undefined ? { Filters } : { VpcEndpointIds };
  try {
    const { VpcEndpoints = [] } = await client.send(new DescribeVpcEndpointsCommand(query));
    return VpcEndpoints.map(vpcEndpoint).filter(({ state }) => !isGone(state));
  } catch (error) {
    if (error instanceof CallError && error.code === 'InvalidVpcEndpointId.NotFound') return [];
    throw error;
  }
}

/** AWS lists an endpoint, or a NAT gateway, for a while after it is gone. */
const isGone = (state: string): boolean =>
  ['deleted', 'rejected', 'failed', 'expired'].includes(state.toLowerCase());

/** AWS takes minutes to build an interface endpoint, or to take one down. */
function seeEndpoint(endpoint: VpcEndpoint): Observation {
  const state = endpoint.state.toLowerCase();
  return {
    state: state === 'deleting' ? null : vpcEndpointState(endpoint),
    handles: {},
    ...((state === 'pending' || state === 'deleting') && { busy: true }),
  };
}

/** AWS takes minutes for these as well, and keeps the address and the subnet until a gateway is deleted. */
function seeNatGateway(gateway: NatGateway & { address: string | null }): Observation {
  const { state } = gateway;
  return {
    state: state === 'deleting' ? null : natGatewayState(gateway),
    handles: {},
    ...((state === 'pending' || state === 'deleting') && { busy: true }),
  };
}

const seenFlowLog = (log: FlowLog) =>
  flowLogState({
    vpc: given(log.ResourceId, 'ResourceId of a flow log'),
    traffic: given(log.TrafficType, 'TrafficType'),
    logGroup: log.LogGroupName ?? null,
    role: log.DeliverLogsPermissionArn ?? null,
    tags: tagsOf(log.Tags),
  });

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

async function seeSubnetTable(client: EC2Client, id: string): Promise<Observation> {
  const [table] = await listTables(client, [{ Name: 'association.subnet-id', Values: [id] }]);
  const association = table?.Associations?.find(({ SubnetId: of }) => of === id)?.RouteTableAssociationId;
  return {
    state: subnetTableState(table?.RouteTableId),
    handles: association === undefined ? {} : { association },
  };
}
