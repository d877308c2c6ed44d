import { expect, test } from 'vitest';
import { planFor } from '../../../test/apply/planned.ts';
import { planToBuild } from '../../../test/apply/provisioned.ts';
import { type Facts, route, shop, VPC } from '../../../test/builders/shop.ts';
import { shippedBaseline, snapshotOfShop } from '../../../test/builders/snapshot.ts';
import type { Baseline } from '../../model/baseline/baseline.ts';
import { changesOf } from '../../model/plan.ts';
import type { ElasticIp, NatGateway } from '../../services/ec2/facts.ts';

const { network } = shippedBaseline;
const baseline: Baseline = { ...shippedBaseline, network: { ...network, egress: 'nat' } };

type Change = (facts: Facts) => void;

const gateway = (id: string, more: Partial<NatGateway>): NatGateway => ({
  id,
  vpc: VPC,
  state: 'available',
  connectivity: 'public',
  tags: {},
  ...more,
});
const there =
  (...gateways: NatGateway[]): Change =>
  facts => {
    facts['ec2.natGateways'] = gateways;
  };
const [a, b] = [gateway('nat-0a', { subnet: 'subnet-0a1' }), gateway('nat-0b', { subnet: 'subnet-0a2' })];
const address =
  (more: Partial<ElasticIp>): Change =>
  facts => {
    const tags = { 'securecart:managed': 'true', 'securecart:component': 'nat-address-a' };
    facts['ec2.elasticIps'] = [{ id: 'eipalloc-1', inUse: false, tags, ...more }];
  };
const ours: Change = facts => {
  for (const table of facts['ec2.routeTables'])
    if (table.id === 'rtb-0b') table.tags = { 'securecart:managed': 'true' };
};
const alsoElsewhere: Change = facts => {
  for (const table of facts['ec2.routeTables'])
    if (table.id === 'rtb-0b') table.routes.push(route('192.168.0.0/16', 'pcx-1'));
};
const eachLedTo =
  (first: NatGateway, second: NatGateway): Change =>
  facts => {
    for (const table of facts['ec2.routeTables'])
      if (table.id === 'rtb-0b') {
        table.subnets = ['subnet-0b1'];
        table.routes.push(route('0.0.0.0/0', first.id));
        const routes = [route('0.0.0.0/0', second.id)];
        facts['ec2.routeTables'].push({ ...table, id: 'rtb-0c', subnets: ['subnet-0b2'], routes });
      }
  };
const publicInOneZone: Change = facts => {
  facts['ec2.subnets'] = facts['ec2.subnets'].filter(({ id }) => id !== 'subnet-0a2');
};

const both = [
  'AllocateAddress',
  'CreateNatGateway subnet-0a1',
  'AllocateAddress',
  'CreateNatGateway subnet-0a2',
];
const split = ['CreateRouteTable', 'ReplaceRouteTableAssociation', 'CreateRoute', 'CreateRoute'];
const shared = ['ambiguous rtb-0b', 'ambiguous rtb-0b'];

/** The shop, whose private tier follows one table, is to get out by NAT: what is called for it, adopted, and left alone. */
test.each<{ name: string; given: Change[]; calls: string[]; adopted?: string[]; left?: string[] }>([
  { name: 'nothing is there, and the table is not ours', given: [], calls: both, left: shared },
  { name: 'the table is ours', given: [ours], calls: [...both, ...split] },
  { name: 'it leads elsewhere too', given: [ours, alsoElsewhere], calls: both, left: shared },
  { name: 'one in each zone', given: [ours, there(a, b)], calls: split, adopted: ['nat-0a', 'nat-0b'] },
  {
    name: 'one in one zone',
    given: [ours, there(b)],
    calls: [...both.slice(0, 2), ...split],
    adopted: ['nat-0b'],
  },
  {
    name: 'a regional one',
    given: [there(gateway('nat-0', {}))],
    calls: ['CreateRoute'],
    adopted: ['nat-0'],
  },
  {
    name: 'a regional one, to which one of two tables is led',
    given: [there(gateway('nat-0', {})), eachLedTo(gateway('nat-0', {}), gateway('nat-9', {}))],
    calls: [],
    adopted: ['nat-0'],
    left: ['ambiguous rtb-0c'],
  },
  {
    name: 'two in one zone, whose subnets are led to the second',
    given: [there(a, gateway('nat-0c', { subnet: 'subnet-0a1' }), b), eachLedTo(gateway('nat-0c', {}), b)],
    calls: [],
    adopted: ['nat-0c', 'nat-0b'],
  },
  {
    name: 'one that is gone, and a private one',
    given: [ours, there({ ...a, state: 'deleted' }, { ...b, connectivity: 'private' })],
    calls: [...both, ...split],
  },
  {
    name: 'an address of ours that nothing uses',
    given: [ours, address({})],
    calls: [...both.slice(1), ...split],
  },
  { name: 'one that something uses', given: [ours, address({ inUse: true })], calls: [...both, ...split] },
  { name: "somebody else's", given: [ours, address({ tags: {} })], calls: [...both, ...split] },
])('a private tier that is to get out by NAT: $name', ({ given, calls, adopted = [], left = [] }) => {
  const facts = shop();
  for (const change of given) change(facts);
  const plan = planToBuild(snapshotOfShop(facts), baseline);
  const made = changesOf(plan).map(({ call: { operation, input } }) =>
    operation === 'CreateNatGateway' && typeof input.SubnetId === 'string'
      ? `${operation} ${input.SubnetId}`
      : operation,
  );
  expect(made.filter(one => /Address|NatGateway|Route/.test(one))).toEqual(calls);
  expect(plan.adopted?.filter(({ what }) => what === 'NAT gateway').map(({ id }) => id)).toEqual(adopted);
  const tables = plan.leftAlone.filter(({ resource: { type } }) => /RouteTable|NatGateway/.test(type));
  expect(tables.map(({ obstacle, resource }) => `${obstacle} ${resource.id}`)).toEqual(left);
});

test.each([
  { there: 3, says: [] },
  { there: 4, says: ['there would be 6 Elastic IP addresses in eu-west-1'] },
])('$there addresses, and two more where an account has five: $says', ({ there, says }) => {
  const facts = shop();
  facts['ec2.elasticIps'] = Array.from({ length: there }, (_, n) => ({
    id: `eipalloc-${n}`,
    inUse: true,
    tags: {},
  }));
  const { mends } = planToBuild(snapshotOfShop(facts), baseline);
  const quotas = mends.flatMap(({ quota }) => quota ?? []);
  expect(quotas).toEqual(says.map(text => expect.stringContaining(text)));
});

test('a baseline that has endpoints again: the fix takes the ways out, and tells how to take what is left', () => {
  const facts = shop();
  const addresses = ['eipalloc-1'];
  for (const change of [there({ ...a, addresses }, b), eachLedTo(a, b)]) change(facts);
  const left = (allowDisruptive: boolean) => {
    const plan = planFor(snapshotOfShop(facts), { allowDisruptive }, ({ control }) =>
      /^vpc\/(private-routes|nat-gateways)$/.test(control),
    );
    return {
      calls: changesOf(plan).map(({ call: { operation, input } }) => [operation, input.RouteTableId]),
      left: plan.leftAlone.map(({ obstacle, resource, runbook = [] }) => [
        obstacle,
        resource.id,
        runbook.filter(line => line.startsWith('aws')).length,
      ]),
    };
  };
  const gateways = [
    ['in-place', 'nat-0a', 3],
    ['in-place', 'nat-0b', 1],
  ];
  expect(left(true)).toEqual({
    calls: [
      ['DeleteRoute', 'rtb-0b'],
      ['DeleteRoute', 'rtb-0c'],
    ],
    left: gateways,
  });
  const { calls, left: held } = left(false);
  expect(calls).toEqual([]);
  expect(held).toEqual(expect.arrayContaining(gateways));
  expect(held.map(([obstacle]) => obstacle)).toContain('disruptive');
});

test('a way out for what stands there already is to be looked at', () => {
  const facts = shop();
  ours(facts);
  const plan = planToBuild(snapshotOfShop(facts), baseline);
  const routes = plan.mends.filter(({ id }) => id.startsWith('routes-private'));
  expect(routes.map(({ id, risk }) => `${id} ${risk}`)).toEqual([
    'routes-private-a review',
    'routes-private-b review',
  ]);
});

test('a zone in which the public tier has no subnet gets none, with the reason', () => {
  const facts = shop();
  publicInOneZone(facts);
  const tiers = {
    ...network.tiers,
    public: { ...network.tiers.public, subnets: [{ cidr: '10.0.0.0/24', zone: 'a' }] },
  };
  const plan = planToBuild(snapshotOfShop(facts), { ...baseline, network: { ...baseline.network, tiers } });
  expect(plan.leftAlone.map(({ detail }) => detail).join('\n')).toContain(
    'It would stand in the public tier in eu-west-1b, and that has no subnet there',
  );
});
