import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { RowId } from '../../src/model/identifiers.ts';
import { changesOf } from '../../src/model/plan.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { buildCompliantNetwork } from '../emulator/accounts/compliant-network.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { fix, sessionWith, undo } from './live.ts';
import { look, planToBuild, shortcomings, stateOf } from './provisioned.ts';

let emulator: Emulator;
let account: LiveAccount;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  account = awsAccount(sessionWith(emulator));
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
});
afterAll(() => emulator.stop());

/** How a run ends that ends well. */
const whole = { failures: [], interrupted: false };

const baseline = shippedBaseline;

/** All that a baseline can ask for; the shipped one is applied, audited and taken back by the tests of the command line and of crashes. */
const withNat: Baseline = { ...baseline, network: { ...baseline.network, egress: 'nat' } };

test('an account that has nothing gets all of it, audits clean, needs nothing more, and is as it was after undo', async () => {
  await emulator.reset();
  const before = await look();
  const plan = planToBuild(before, withNat);
  expect(plan.adopted).toEqual([]);
  expect(plan.leftAlone).toEqual([]);
  // As EC2 answers for some seconds, until IAM has spread a new role.
  const message = "Unable to assume given IAM role: 'arn:aws:iam::123456789012:role/securecart/x'";
  const error = { code: 'InvalidParameter', status: 400, message };
  emulator.faults.add({ call: 'ec2:CreateFlowLogs', nth: 1, effect: { kind: 'error', error } });
  expect(await fix(plan, join(folder, 'empty'), account)).toEqual(whole);
  emulator.faults.clear();
  const after = await look();
  expect(shortcomings(after, withNat)).toEqual([]);
  expect(changesOf(planToBuild(after, withNat))).toEqual([]);
  expect(await undo(join(folder, 'empty'), account)).toEqual(whole);
  expect(stateOf(await look())).toEqual(stateOf(before));
}, 300_000);

test('a network that somebody else built as the baseline wants it is adopted, and nothing of it is changed', async () => {
  await emulator.reset();
  await buildCompliantNetwork(clientsFor(emulator));
  const plan = planToBuild(await look(), baseline);
  const made = changesOf(plan).filter(
    ({ id, call }) =>
      ['ec2', 'iam'].includes(call.service) && !id.startsWith('iam/role-') && !id.includes('cloudtrail'),
  );
  expect(made.map(({ object }) => object.kind)).toEqual(['ebs-default-encryption']);
  expect(plan.leftAlone).toEqual([]);
  const network = /VPC|gateway|route table|security group|flow/;
  expect(plan.adopted?.map(({ what }) => what).filter(what => network.test(what))).toEqual([
    'VPC',
    'internet gateway',
    'route table of the public tier',
    'route table of the private tier',
    'route table of the database tier',
    'security group of alb',
    'security group of backend',
    'security group of rds',
    'security group of lambda',
    'security group of endpoints',
    'flow log',
  ]);
});

describe('a baseline that has changed since', () => {
  beforeAll(async () => {
    await emulator.reset();
    await fix(planToBuild(await look(), baseline), join(folder, 'unchanged'), account);
  });

  const { network, securityGroups } = baseline;
  const [row] = securityGroups.rows;
  const withTier = (tier: Partial<Baseline['network']['tiers']['public']>): Baseline => ({
    ...baseline,
    network: { ...network, tiers: { ...network.tiers, public: { ...network.tiers.public, ...tier } } },
  });
  const cases: Record<string, { changed: Baseline; calls: string[]; leftAlone: string[] }> = {
    'by a rule': {
      changed: {
        ...baseline,
        securityGroups: {
          ...securityGroups,
          rows: [
            ...securityGroups.rows,
            ...(row === undefined
              ? []
              : [{ ...row, id: RowId.parse('alb-in-more'), ports: [{ from: 8443, to: 8443 }] }]),
          ],
        },
      },
      calls: ['AuthorizeSecurityGroupIngress'],
      leftAlone: [],
    },
    'by an endpoint': {
      changed: {
        ...baseline,
        network: {
          ...network,
          endpoints: {
            ...network.endpoints,
            interface: [...network.endpoints.interface, 'sqs'],
          },
        },
      },
      calls: ['CreateVpcEndpoint'],
      leftAlone: [],
    },
    'by NAT gateways, each for one zone of the tables that both had': {
      changed: withNat,
      calls: [
        'AllocateAddress',
        'CreateNatGateway',
        'AllocateAddress',
        'CreateNatGateway',
        'CreateRouteTable',
        'ModifyVpcEndpoint',
        'ModifyVpcEndpoint',
        'ReplaceRouteTableAssociation',
        'CreateRoute',
        'CreateRoute',
      ],
      leftAlone: [],
    },
    'by a third zone for the public tier': {
      changed: withTier({
        subnets: [...network.tiers.public.subnets, { cidr: '10.0.2.0/24', zone: 'c' }],
      }),
      calls: ['CreateSubnet', 'AssociateRouteTable', 'ReplaceNetworkAclAssociation'],
      leftAlone: [],
    },
    'by the CIDR of a subnet': {
      changed: withTier({
        subnets: [
          { cidr: '10.0.3.0/24', zone: 'a' },
          { cidr: '10.0.1.0/24', zone: 'b' },
        ],
      }),
      calls: [],
      leftAlone: ['in-place'],
    },
    'by the CIDR of the VPC': {
      changed: { ...baseline, network: { ...network, vpc: { cidr: '10.8.0.0/16' } } },
      calls: [],
      leftAlone: ['in-place'],
    },
  };
  test.each(Object.entries(cases))(
    '%s: exactly the difference is planned, and made',
    async (name, wanted) => {
      const { changed, calls, leftAlone } = wanted;
      const plan = planToBuild(await look(), changed);
      expect(changesOf(plan).map(({ call }) => call.operation)).toEqual(calls);
      expect(
        plan.leftAlone.filter(({ obstacle }) => obstacle !== 'no-mend').map(({ obstacle }) => obstacle),
      ).toEqual(leftAlone);
      expect(await fix(plan, join(folder, `after ${name}`), account)).toEqual(whole);
      const after = await look();
      expect(changesOf(planToBuild(after, changed))).toEqual([]);
      if (leftAlone.length === 0) expect(shortcomings(after, changed)).toEqual([]);
      expect(await undo(join(folder, `after ${name}`), account)).toEqual(whole);
    },
  );
});
