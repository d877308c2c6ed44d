import { describe, expect, test } from 'vitest';
import {
  type Facts,
  GROUP,
  group,
  networkInterface,
  REGION,
  shop,
  subnet,
  VPC,
} from '../../test/builders/shop.ts';
import { shippedBaseline, snapshotOfShop } from '../../test/builders/snapshot.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { need } from '../model/fact.ts';
import { Region } from '../model/identifiers.ts';
import type { FactName } from '../services/facts.ts';
import { bind } from './bind.ts';

interface Given {
  readonly change?: (facts: Facts) => unknown;
  readonly denied?: readonly FactName[];
  readonly baseline?: Baseline;
  readonly vpc?: string;
}

function bound({ change, denied = [], baseline = shippedBaseline, vpc }: Given) {
  const facts = shop();
  change?.(facts);
  return bind(baseline, snapshotOfShop(facts, denied).regions[Region.parse(REGION)] ?? {}, { vpc });
}

const withIds = (component: 'rds' | 'backend', ...securityGroups: string[]): Baseline => ({
  ...shippedBaseline,
  components: {
    ...shippedBaseline.components,
    [component]: { ...shippedBaseline.components[component], securityGroups },
  },
});

const tag = (id: string, component: string) => (facts: Facts) => {
  for (const group of facts['ec2.securityGroups'])
    if (group.id === id) group.tags = { 'securecart:component': component };
};

const anotherVpc = (fields: object) => (facts: Facts) =>
  facts['ec2.vpcs'].push(...facts['ec2.vpcs'].map(vpc => ({ ...vpc, id: 'vpc-0b', ...fields })));

describe('the VPC', () => {
  const cases: [string, Given, string][] = [
    ['by its CIDR', {}, `found ${VPC} cidr`],
    [
      'by a secondary CIDR',
      { change: ({ 'ec2.vpcs': vpcs }) => vpcs[0]?.cidrs.unshift('10.9.0.0/16') },
      `found ${VPC} cidr`,
    ],
    [
      'by its tag rather than its CIDR',
      { change: anotherVpc({ cidrs: ['10.1.0.0/16'], tags: { 'securecart:component': 'vpc' } }) },
      'found vpc-0b tag',
    ],
    [
      'by --vpc rather than its tag',
      { change: anotherVpc({ tags: { 'securecart:component': 'vpc' } }), vpc: VPC },
      `found ${VPC} option`,
    ],
    [
      "by the baseline's id rather than its tag",
      {
        change: anotherVpc({ tags: { 'securecart:component': 'vpc' } }),
        baseline: {
          ...shippedBaseline,
          network: { ...shippedBaseline.network, vpc: { cidr: '10.0.0.0/16', id: VPC } },
        },
      },
      `found ${VPC} id`,
    ],
    ['among two of its CIDR', { change: anotherVpc({}) }, 'ambiguous'],
    ['by a --vpc that is not there', { vpc: 'vpc-0c' }, 'absent'],
    ['in a Region without it', { change: facts => facts['ec2.vpcs'].pop() }, 'absent'],
    ['that cannot be read', { denied: ['ec2.vpcs'] }, 'unknown'],
  ];
  test.each(cases)('%s', (_, given, expected) => {
    const { vpc } = bound(given);
    const shown =
      vpc.kind === 'unknown'
        ? 'unknown'
        : vpc.value.kind === 'found'
          ? `found ${vpc.value.vpc.id} ${vpc.value.by}`
          : vpc.value.kind;
    expect(shown).toBe(expected);
  });
});

test('a tier is the subnets of the VPC that lie in its CIDR as a whole', () => {
  const { tiers } = bound({
    change: facts =>
      facts['ec2.subnets'].push(
        subnet('subnet-wide', '10.0.0.0/19', 'a'),
        { ...subnet('subnet-elsewhere', '10.0.2.0/24', 'a'), vpc: 'vpc-0b' },
        { ...subnet('subnet-ipv6', '', 'a'), cidr: undefined },
      ),
  });
  expect(need(tiers.public).map(({ id }) => id)).toEqual(['subnet-0a1', 'subnet-0a2']);
});

describe('a component', () => {
  const cases: [string, Given, 'alb' | 'backend' | 'rds' | 'lambda' | 'endpoints', string][] = [
    ['by what carries its groups', {}, 'rds', `attachment [${GROUP.rds}]`],
    [
      'by its tag rather than what carries groups',
      { change: tag(GROUP.default, 'rds') },
      'rds',
      `tag [${GROUP.default}]`,
    ],
    [
      'by ids rather than its tag',
      { change: tag(GROUP.default, 'rds'), baseline: withIds('rds', GROUP.lambda) },
      'rds',
      `id [${GROUP.lambda}]`,
    ],
    ['by an id that the VPC does not have', { baseline: withIds('rds', 'sg-0404') }, 'rds', 'id '],
    [
      'by the internet-facing load balancer, where an internal one stands beside it',
      {
        change: ({ 'elbv2.loadBalancers': all }) =>
          all.push(
            ...all.map(one => ({
              ...one,
              arn: `${one.arn}2`,
              scheme: 'internal' as const,
              securityGroups: ['sg-1'],
            })),
          ),
      },
      'alb',
      `attachment [${GROUP.alb}]`,
    ],
    [
      'by an internal load balancer, where no other is there',
      { change: ({ 'elbv2.loadBalancers': all }) => all.map(one => (one.scheme = 'internal')) },
      'alb',
      `attachment [${GROUP.alb}]`,
    ],
    [
      'by instances in its tier, and not in another',
      {
        change: facts =>
          facts['ec2.networkInterfaces'].push(
            { ...networkInterface('eni-1', 'subnet-0b1', 'interface', 'me', 'sg-0'), instance: 'i-1' },
            { ...networkInterface('eni-2', 'subnet-0a1', 'interface', 'me', 'sg-1'), instance: 'i-2' },
          ),
      },
      'backend',
      `attachment [sg-0] [${GROUP.backend}]`,
    ],
    [
      'by a service that is gone',
      { change: ({ 'ecs.services': all }) => all.map(one => (one.status = 'INACTIVE')) },
      'backend',
      'nothing ',
    ],
    [
      'by a database of another engine',
      { change: ({ 'rds.dbInstances': all }) => all.map(one => (one.engine = 'mysql')) },
      'rds',
      'nothing ',
    ],
    [
      'by Aurora PostgreSQL',
      { change: ({ 'rds.dbInstances': all }) => all.map(one => (one.engine = 'aurora-postgresql')) },
      'rds',
      `attachment [${GROUP.rds}]`,
    ],
    [
      'by endpoints that AWS gave up, or that are deleted',
      {
        change: ({ 'ec2.vpcEndpoints': all }) =>
          all.map((one, index) => (one.state = index % 2 ? 'failed' : 'deleted')),
      },
      'endpoints',
      'nothing ',
    ],
    [
      'by a function outside of the VPC',
      { change: ({ 'lambda.functions': all }) => all.map(one => delete one.vpc) },
      'lambda',
      'nothing ',
    ],
    [
      'with groups that go together on one carrier, and one that goes alone',
      {
        baseline: withIds('rds', GROUP.rds, GROUP.lambda, GROUP.default),
        change: ({ 'rds.dbInstances': all }) => all.map(one => one.securityGroups.push(GROUP.lambda)),
      },
      'rds',
      `id [${GROUP.lambda} ${GROUP.rds}] [${GROUP.default}]`,
    ],
    ['that hangs on a read that was denied', { denied: ['rds.dbInstances'] }, 'rds', 'unknown'],
    [
      'of one group by its tag, to which the denied read does not matter',
      { change: tag(GROUP.rds, 'rds'), denied: ['rds.dbInstances'] },
      'rds',
      `tag [${GROUP.rds}]`,
    ],
    [
      'of two groups by ids, which may go together or not',
      { baseline: withIds('rds', GROUP.rds, GROUP.default), denied: ['rds.dbInstances'] },
      'rds',
      'unknown',
    ],
    [
      'of another kind than what was denied',
      { denied: ['rds.dbInstances'] },
      'alb',
      `attachment [${GROUP.alb}]`,
    ],
  ];
  test.each(cases)('%s', (_, given, name, expected) => {
    const component = bound(given).components[name];
    const shown =
      component.kind === 'unknown'
        ? 'unknown'
        : `${component.value.by} ${component.value.attachments.map(list => `[${list.join(' ')}]`).join(' ')}`;
    expect(shown).toBe(expected);
  });
});

test('a group of another VPC is not bound by its tag', () => {
  const { components } = bound({
    change: facts =>
      facts['ec2.securityGroups'].push({
        ...group('sg-1', 'rds', { 'securecart:component': 'rds' }),
        vpc: 'vpc-0b',
      }),
  });
  expect(need(components.rds).groups).toEqual([GROUP.rds]);
});
