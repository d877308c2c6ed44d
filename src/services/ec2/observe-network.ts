import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type Filter,
  type FlowLog,
} from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { CallError } from '../../aws/errors.ts';
import type { ObjectKind, ObjectState } from '../../model/plan.ts';
import { given, tagsOf } from '../reader.ts';
import type { Observation, Observer } from '../writer.ts';
import type { VpcEndpoint } from './facts.ts';
import { flowLogState } from './flow-log/changes.ts';
import { internetGatewayState } from './internet-gateway/changes.ts';
import { observer } from './listing.ts';
import { elasticIpState, natGatewayState } from './nat-gateway/changes.ts';
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
import { subnetState } from './subnet/changes.ts';
import { vpcState } from './vpc/changes.ts';
import { vpcEndpointState } from './vpc-endpoint/changes.ts';

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

/** How the objects are looked at of which a network is built. */
export const networkObservers = {
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
        why: inWords(from.FailureCode, from.FailureMessage),
      })).filter(({ state }) => !isGone(state));
    },
    see: gateway =>
      underWay(gateway, natGatewayState({ ...gateway, address: gateway.addresses?.[0] ?? null })),
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
    see: endpoint => underWay(endpoint, vpcEndpointState(endpoint)),
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
  'subnet-route-table': {
    permissions: ['ec2:DescribeRouteTables'],
    observe: (session, region, id) => seeSubnetTable(session.client(EC2Client, region), id),
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;

/** Asked by the ids themselves, since moto does not know the filter for them; EC2 answers with an error then where there is none. */
async function listEndpoints(client: EC2Client, Filters: Filter[]): Promise<(VpcEndpoint & Why)[]> {
  const VpcEndpointIds = Filters.find(({ Name }) => Name === 'vpc-endpoint-id')?.Values;
  const query = VpcEndpointIds === undefined ? { Filters } : { VpcEndpointIds };
  try {
    const { VpcEndpoints = [] } = await client.send(new DescribeVpcEndpointsCommand(query));
    return VpcEndpoints.map(from => ({
      ...vpcEndpoint(from),
      why: inWords(from.LastError?.Code, from.LastError?.Message),
    })).filter(({ state }) => !isGone(state));
  } catch (error) {
    if (error instanceof CallError && error.code === 'InvalidVpcEndpointId.NotFound') return [];
    throw error;
  }
}

/** AWS lists an endpoint, or a NAT gateway, for a while after it is gone. */
const isGone = (state: string): boolean => ['deleted', 'rejected', 'expired'].includes(state.toLowerCase());

/** What AWS says of why it gave something up. */
interface Why {
  readonly why: string;
}

const inWords = (code: string | undefined, message: string | undefined): string =>
  [code, message].filter(part => part !== undefined).join(': ') || 'AWS does not say why';

/**
 * AWS takes minutes to build an interface endpoint or a NAT gateway, or to take one down; of the gateway it keeps the
 * address and the subnet until then, and one that failed it lists for about an hour (VPC user guide, "Troubleshoot NAT
 * gateways").
 */
function underWay({ state, why }: Why & { readonly state: string }, seen: ObjectState): Observation {
  const now = state.toLowerCase();
  return {
    state: now === 'deleting' ? null : seen,
    handles: {},
    ...((now === 'pending' || now === 'deleting') && { busy: true }),
    ...(now === 'failed' && { failure: why }),
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

async function seeSubnetTable(client: EC2Client, id: string): Promise<Observation> {
  const [table] = await listTables(client, [{ Name: 'association.subnet-id', Values: [id] }]);
  const association = table?.Associations?.find(({ SubnetId: of }) => of === id)?.RouteTableAssociationId;
  return {
    state: subnetTableState(table?.RouteTableId),
    handles: association === undefined ? {} : { association },
  };
}
