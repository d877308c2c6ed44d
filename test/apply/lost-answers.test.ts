import {
  DescribeInternetGatewaysCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, expect, test } from 'vitest';
import { Region } from '../../src/model/identifiers.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Plan } from '../../src/model/plan.ts';
import { buildVpc } from '../emulator/accounts/vpc.ts';
import type { Effect } from '../emulator/faults.ts';
import { emulated } from './emulated.ts';
import { fix } from './live.ts';
import { look, planToBuild } from './provisioned.ts';

const Tags = [{ Key: 'Name', Value: 'once' }];
const byTag = { Filters: [{ Name: 'tag:Name', Values: ['once'] }] };

const on = emulated();
let vpc: string;
beforeEach(async () => {
  vpc = await buildVpc(on.aws);
  on.emulator.log.clear();
  return () => on.emulator.faults.clear();
});

/** The creations that EC2 has no token for, and how many of them there are. */
const creations: { operation: string; input: () => JsonObject; count: () => Promise<number> }[] = [
  {
    operation: 'CreateVpc',
    input: () => ({ CidrBlock: '10.9.0.0/16', TagSpecifications: [{ ResourceType: 'vpc', Tags }] }),
    count: async () => (await on.aws.ec2.send(new DescribeVpcsCommand(byTag))).Vpcs?.length ?? 0,
  },
  {
    operation: 'CreateInternetGateway',
    input: () => ({ TagSpecifications: [{ ResourceType: 'internet-gateway', Tags }] }),
    count: async () =>
      (await on.aws.ec2.send(new DescribeInternetGatewaysCommand(byTag))).InternetGateways?.length ?? 0,
  },
  {
    operation: 'CreateSubnet',
    input: () => ({
      VpcId: vpc,
      CidrBlock: '10.0.9.0/24',
      AvailabilityZone: 'eu-west-1a',
      TagSpecifications: [{ ResourceType: 'subnet', Tags }],
    }),
    count: async () => (await on.aws.ec2.send(new DescribeSubnetsCommand(byTag))).Subnets?.length ?? 0,
  },
];

const effects: { name: string; effect: Effect; sent: number; made: number }[] = [
  { name: 'whose answer is lost', effect: { kind: 'cut', when: 'after' }, sent: 1, made: 1 },
  { name: 'that ends in an error of the server', effect: { kind: 'server-error' }, sent: 1, made: 0 },
  { name: 'that is throttled', effect: { kind: 'throttle' }, sent: 2, made: 1 },
];

test.each(creations.flatMap(creation => effects.map(effect => ({ ...creation, ...effect }))))(
  'a $operation $name is sent $sent times, and makes $made',
  async ({ operation, input, count, effect, sent, made }) => {
    on.emulator.faults.add({ call: `ec2:${operation}`, nth: 1, effect });
    const call = { service: 'ec2' as const, operation, input: input() };
    await on.account.send(call, Region.parse('eu-west-1')).catch(() => {});
    expect(on.emulator.log.calls.map(({ name }) => name)).toEqual(Array(sent).fill(`ec2:${operation}`));
    expect(await count()).toBe(made);
  },
);

test('an apply finds what a lost answer was about, and goes on with it', async () => {
  await on.emulator.reset();
  const whole = planToBuild(await look());
  const isOfVpc = ({ id }: Plan['mends'][number]) => id === 'vpc';
  const plan = { ...whole, mends: whole.mends.filter(isOfVpc) };
  on.emulator.faults.add({ call: 'ec2:CreateVpc', effect: { kind: 'cut', when: 'after' } });
  expect(await fix(plan, on.file('journal'), on.account)).toEqual({ failures: [], interrupted: false });
  const { Vpcs } = await on.aws.ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'tag:securecart:component', Values: ['vpc'] }] }),
  );
  expect(Vpcs).toHaveLength(1);
});
