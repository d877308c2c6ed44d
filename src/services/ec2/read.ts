import {
  DescribeAddressesCommand,
  EC2Client,
  type EC2PaginationConfiguration,
  paginateDescribeFlowLogs,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeNetworkInterfaces,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import { fromPages } from '../../aws/pages.ts';
import { apiCall, type Reader, type Readers, type RegionAccess, sortedBy } from '../reader.ts';
import type { ec2Facts } from './facts.ts';
import { networkAcl, securityGroup, securityGroupRule } from './read-filters.ts';
import {
  elasticIp,
  flowLog,
  internetGateway,
  natGateway,
  networkInterface,
  routeTable,
  subnet,
  vpc,
  vpcEndpoint,
} from './read-network.ts';
import { prefixLists } from './read-prefix-lists.ts';
import { availabilityZones, vpcDns } from './read-vpc.ts';

/** The facts of EC2 that one paginated call gives. */
function list<Page, Item, Value extends { id: string }>(
  name: `ec2:${string}`,
  paginate: (
    config: EC2PaginationConfiguration,
    input: Record<string, never>,
    options: RegionAccess['options'],
  ) => AsyncGenerator<Page>,
  items: (page: Page) => readonly Item[] | undefined,
  value: (item: Item) => Value,
  pageSize = 1000,
) {
  const read = async ({ client, options }: RegionAccess): Promise<Value[]> => {
    const pages = paginate({ client: client(EC2Client), pageSize }, {}, options);
    return sortedBy(await fromPages(pages, page => (items(page) ?? []).map(value)), ({ id }) => id);
  };
  return { calls: [apiCall(name)], needs: [], read };
}

/** EC2 gives them all at once. */
const elasticIps: Reader<'ec2.elasticIps'> = {
  calls: [apiCall('ec2:DescribeAddresses')],
  needs: [],
  read: async ({ client, options }) => {
    const { Addresses = [] } = await client(EC2Client).send(new DescribeAddressesCommand({}), options);
    return sortedBy(Addresses.map(elasticIp), ({ id }) => id);
  },
};

/** How EC2's facts are read. A page is as large as the API takes: 1000 items, or 100 where its reference says so. */
export const ec2Readers = {
  'ec2.vpcs': list('ec2:DescribeVpcs', paginateDescribeVpcs, page => page.Vpcs, vpc),
  'ec2.vpcDns': vpcDns,
  'ec2.availabilityZones': availabilityZones,
  'ec2.subnets': list('ec2:DescribeSubnets', paginateDescribeSubnets, page => page.Subnets, subnet),
  'ec2.routeTables': list(
    'ec2:DescribeRouteTables',
    paginateDescribeRouteTables,
    page => page.RouteTables,
    routeTable,
    100,
  ),
  'ec2.internetGateways': list(
    'ec2:DescribeInternetGateways',
    paginateDescribeInternetGateways,
    page => page.InternetGateways,
    internetGateway,
  ),
  'ec2.elasticIps': elasticIps,
  'ec2.natGateways': list(
    'ec2:DescribeNatGateways',
    paginateDescribeNatGateways,
    page => page.NatGateways,
    natGateway,
  ),
  'ec2.vpcEndpoints': list(
    'ec2:DescribeVpcEndpoints',
    paginateDescribeVpcEndpoints,
    page => page.VpcEndpoints,
    vpcEndpoint,
  ),
  'ec2.networkInterfaces': list(
    'ec2:DescribeNetworkInterfaces',
    paginateDescribeNetworkInterfaces,
    page => page.NetworkInterfaces,
    networkInterface,
  ),
  'ec2.securityGroups': list(
    'ec2:DescribeSecurityGroups',
    paginateDescribeSecurityGroups,
    page => page.SecurityGroups,
    securityGroup,
  ),
  'ec2.securityGroupRules': list(
    'ec2:DescribeSecurityGroupRules',
    paginateDescribeSecurityGroupRules,
    page => page.SecurityGroupRules,
    securityGroupRule,
  ),
  'ec2.networkAcls': list(
    'ec2:DescribeNetworkAcls',
    paginateDescribeNetworkAcls,
    page => page.NetworkAcls,
    networkAcl,
  ),
  'ec2.prefixLists': prefixLists,
  'ec2.flowLogs': list('ec2:DescribeFlowLogs', paginateDescribeFlowLogs, page => page.FlowLogs, flowLog),
} as const satisfies Readers<keyof typeof ec2Facts>;
