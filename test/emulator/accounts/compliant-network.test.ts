import {
  DescribeFlowLogsCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Clients, clientsFor } from '../clients.ts';
import { type Emulator, startEmulator } from '../emulator.ts';
import { buildCompliantNetwork, type Network, type NetworkOptions } from './compliant-network.ts';
import { type Component, components, type Tier, tiers } from './rows.ts';

let emulator: Emulator;
let aws: Clients;

beforeAll(async () => {
  emulator = await startEmulator();
  aws = clientsFor(emulator);
});
afterAll(() => emulator.stop());

async function ruleCounts(network: Network): Promise<Record<Component, number>> {
  const { SecurityGroupRules = [] } = await aws.ec2.send(new DescribeSecurityGroupRulesCommand({}));
  const count = (component: Component) =>
    SecurityGroupRules.filter(({ GroupId }) => GroupId === network.groups[component]).length;
  return {
    alb: count('alb'),
    backend: count('backend'),
    rds: count('rds'),
    lambda: count('lambda'),
    endpoints: count('endpoints'),
  };
}

async function entryCounts(network: Network): Promise<Record<Tier, number>> {
  const { NetworkAcls = [] } = await aws.ec2.send(new DescribeNetworkAclsCommand({}));
  const count = (tier: Tier) =>
    NetworkAcls.find(({ NetworkAclId }) => NetworkAclId === network.acls[tier])?.Entries?.filter(
      ({ RuleNumber = 0 }) => RuleNumber < 32767,
    ).length ?? 0;
  return { public: count('public'), private: count('private'), database: count('database') };
}

const cases: {
  name: string;
  options: NetworkOptions;
  rules: Record<Component, number>;
  entries: Record<Tier, number>;
}[] = [
  {
    name: 'the document and the derived rows',
    options: {},
    rules: { alb: 5, backend: 5, rds: 1, lambda: 1, endpoints: 2 },
    entries: { public: 10, private: 11, database: 4 },
  },
  {
    name: 'the document alone',
    options: { literal: true },
    rules: { alb: 4, backend: 3, rds: 1, lambda: 1, endpoints: 0 },
    entries: { public: 6, private: 4, database: 3 },
  },
];

describe.each(cases)('a network of $name', ({ options, rules, entries }) => {
  let network: Network;

  beforeAll(async () => {
    await emulator.reset();
    network = await buildCompliantNetwork(aws, options);
  });

  test('is the only VPC, with each group’s and each NACL’s rows', async () => {
    const { Vpcs } = await aws.ec2.send(new DescribeVpcsCommand({}));
    expect(Vpcs).toMatchObject([{ VpcId: network.vpc, CidrBlock: '10.0.0.0/16' }]);
    expect(await ruleCounts(network)).toEqual(rules);
    expect(await entryCounts(network)).toEqual(entries);
  });

  test('gives no public address to what starts in its subnets', async () => {
    const { Subnets = [] } = await aws.ec2.send(new DescribeSubnetsCommand({}));
    expect(Subnets.map(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).toEqual(Array(6).fill(false));
  });

  test('has each tier’s NACL in place of the default one', async () => {
    const { NetworkAcls = [] } = await aws.ec2.send(
      new DescribeNetworkAclsCommand({ Filters: [{ Name: 'vpc-id', Values: [network.vpc] }] }),
    );
    const held = (acl: string) =>
      NetworkAcls.find(({ NetworkAclId }) => NetworkAclId === acl)
        ?.Associations?.map(({ SubnetId }) => SubnetId)
        .sort();
    for (const tier of tiers) expect(held(network.acls[tier])).toEqual([...network.subnets[tier]].sort());
  });

  test('reaches AWS through endpoints of its own, and logs its traffic', async () => {
    const { VpcEndpoints = [] } = await aws.ec2.send(new DescribeVpcEndpointsCommand({}));
    const interfaces = VpcEndpoints.filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface');
    expect(interfaces).toHaveLength(7);
    expect(VpcEndpoints.length - interfaces.length).toBe(2);
    for (const endpoint of interfaces) {
      expect(endpoint).toMatchObject({
        PrivateDnsEnabled: true,
        Groups: [{ GroupId: network.groups.endpoints }],
      });
    }
    const { FlowLogs } = await aws.ec2.send(new DescribeFlowLogsCommand({}));
    expect(FlowLogs).toMatchObject([{ ResourceId: network.vpc, DeliverLogsStatus: 'SUCCESS' }]);
  });
});

test('the network interfaces that AWS makes stand in their groups, and say whose they are', async () => {
  await emulator.reset();
  const { groups, subnets } = await buildCompliantNetwork(aws);
  const { NetworkInterfaces = [] } = await aws.ec2.send(new DescribeNetworkInterfacesCommand({}));
  const made = NetworkInterfaces.map(({ InterfaceType, RequesterId, Groups, SubnetId = '' }) => ({
    by: InterfaceType === 'interface' ? RequesterId : InterfaceType,
    group: Groups?.[0]?.GroupId,
    tier: tiers.find(tier => subnets[tier].includes(SubnetId)),
  }));
  const each = (count: number, one: (typeof made)[number]) => Array.from({ length: count }, () => one);
  expect(made.sort((a, b) => ((a.by ?? '') < (b.by ?? '') ? -1 : 1))).toEqual([
    ...each(2, { by: 'amazon-elb', group: groups.alb, tier: 'public' }),
    ...each(1, { by: 'amazon-rds', group: groups.rds, tier: 'database' }),
    ...each(2, { by: 'lambda', group: groups.lambda, tier: 'private' }),
    ...each(14, { by: 'vpc_endpoint', group: groups.endpoints, tier: 'private' }),
  ]);
});

test('the groups carry their component where that is asked for', async () => {
  await emulator.reset();
  const { groups } = await buildCompliantNetwork(aws, { tagged: true });
  for (const component of components) {
    const { SecurityGroups } = await aws.ec2.send(
      new DescribeSecurityGroupsCommand({
        Filters: [{ Name: 'tag:securecart:component', Values: [component] }],
      }),
    );
    expect(SecurityGroups?.map(({ GroupId }) => GroupId)).toEqual([groups[component]]);
  }
});
