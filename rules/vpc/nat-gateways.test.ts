import type { NatGateway } from '../../src/services/ec2/facts.ts';
import { type Facts, route, VPC } from '../../test/builders/shop.ts';
import { type Case, testControl } from '../../test/catalogue/control-test.ts';
import natGateways from './nat-gateways.ts';

const gateway = (id: string, subnet: string | undefined, more: Partial<NatGateway> = {}): NatGateway => ({
  id,
  vpc: VPC,
  ...(subnet !== undefined && { subnet }),
  state: 'available',
  connectivity: 'public',
  tags: {},
  ...more,
});

const lead = (facts: Facts, table: string, ...routes: ReturnType<typeof route>[]) => {
  for (const { id, routes: own } of facts['ec2.routeTables']) if (id === table) own.push(...routes);
};

/** The baseline with a NAT gateway, and a table for each subnet of the private tier with a route to one. */
const nat = (gateways: NatGateway[], a = 'nat-0a', b = 'nat-0b'): Pick<Case, 'baseline' | 'given'> => ({
  baseline: baseline => ({ ...baseline, network: { ...baseline.network, egress: 'nat' } }),
  given: facts => {
    const [table] = facts['ec2.routeTables'].filter(({ id }) => id === 'rtb-0b');
    if (table === undefined) throw new Error('the shop has no rtb-0b');
    const { routes } = table;
    table.subnets = ['subnet-0b1'];
    table.routes = [...routes, route('0.0.0.0/0', a)];
    facts['ec2.routeTables'].push({
      ...table,
      id: 'rtb-0b2',
      subnets: ['subnet-0b2'],
      routes: [...routes, route('0.0.0.0/0', b)],
    });
    facts['ec2.natGateways'] = gateways;
  },
});

const inEachZone = [gateway('nat-0a', 'subnet-0a1'), gateway('nat-0b', 'subnet-0a2')];
const pass = { status: 'pass' as const, resource: 'subnet-0b1' };
const fail = (resource: string, message: string) => ({ status: 'fail' as const, resource, message });

testControl(natGateways, {
  'none, where the baseline has endpoints': {
    expect: [
      { status: 'pass', resource: VPC, message: 'The VPC has no NAT gateway, as the baseline has it.' },
    ],
  },
  'one by which the private tier goes out, and an idle one that is being built': {
    given: facts => {
      facts['ec2.natGateways'] = [
        gateway('nat-0a', 'subnet-0a1', { addresses: ['eipalloc-1'] }),
        gateway('nat-0b', undefined, { state: 'pending', connectivity: 'private' }),
      ];
      lead(facts, 'rtb-0b', route('0.0.0.0/0', 'nat-0a'), { ...route('8.0.0.0/8', 'nat-0b'), active: false });
    },
    expect: [
      {
        ...fail(
          'nat-0a',
          'A NAT gateway stands in subnet-0a1, and the baseline has endpoints instead: the way of rtb-0b 0.0.0.0/0.',
        ),
        expected: 'no NAT gateway',
        actual: 'public, available',
        blame: ['rtb-0b 0.0.0.0/0'],
        runbook: [
          '# Whatever goes out by nat-0a is cut: see first that nothing needs it. These routes must be gone: rtb-0b 0.0.0.0/0.',
          'securecart fix --control vpc/private-routes --allow-disruptive --region eu-west-1',
          'aws ec2 delete-nat-gateway --nat-gateway-id nat-0a --region eu-west-1',
          'aws ec2 wait nat-gateway-deleted --nat-gateway-ids nat-0a --region eu-west-1',
          'aws ec2 release-address --allocation-id eipalloc-1 --region eu-west-1',
        ],
      },
      {
        ...fail(
          'nat-0b',
          'A NAT gateway stands in no one subnet, and the baseline has endpoints instead: no route leads to it.',
        ),
        actual: 'private, pending',
        runbook: ['aws ec2 delete-nat-gateway --nat-gateway-id nat-0b --region eu-west-1'],
      },
    ],
  },
  'those that are deleted or failed, and one of another VPC, are none': {
    given: facts => {
      facts['ec2.natGateways'] = [
        gateway('nat-0a', 'subnet-0a1', { state: 'deleted' }),
        gateway('nat-0b', 'subnet-0a1', { state: 'deleting' }),
        gateway('nat-0c', 'subnet-0a1', { state: 'failed' }),
        gateway('nat-0d', 'subnet-9', { vpc: 'vpc-9' }),
      ];
    },
    expect: [{ status: 'pass', resource: VPC }],
  },
  'a denied list is not an empty one': {
    denied: ['ec2.natGateways'],
    expect: [{ status: 'unknown', resource: VPC }],
  },
  'one in each zone, where the baseline has them': {
    ...nat(inEachZone),
    expect: [
      { ...pass, message: 'The route table rtb-0b leads the subnet to the internet by nat-0a.' },
      { ...pass, resource: 'subnet-0b2' },
    ],
  },
  'a regional one serves every zone': {
    ...nat([gateway('nat-0a', undefined)], 'nat-0a', 'nat-0a'),
    expect: [pass, { ...pass, resource: 'subnet-0b2' }],
  },
  'the internet in two halves': {
    ...nat(inEachZone),
    given: facts => {
      nat(inEachZone).given?.(facts);
      for (const table of facts['ec2.routeTables'])
        if (table.id === 'rtb-0b')
          table.routes = [route('0.0.0.0/1', 'nat-0a'), route('128.0.0.0/1', 'nat-0a')];
    },
    expect: [pass],
  },
  'one zone goes out through the other': {
    ...nat(inEachZone, 'nat-0b', 'nat-0b'),
    expect: [
      {
        ...fail(
          'subnet-0b1',
          'The route table rtb-0b leads to nat-0b in eu-west-1b: without that zone the subnet in eu-west-1a has no way out.',
        ),
        key: 'nat-0b',
      },
    ],
  },
  'one that is gone, and one that was never there': {
    ...nat([gateway('nat-0a', 'subnet-0a1', { state: 'deleted' })]),
    expect: [
      fail('subnet-0b1', 'The route table rtb-0b leads to nat-0a, which is deleted.'),
      fail('subnet-0b2', 'The route table rtb-0b2 leads to nat-0b, which is not there.'),
    ],
  },
  'a private one, and one in the private tier': {
    ...nat([gateway('nat-0a', 'subnet-0a1', { connectivity: 'private' }), gateway('nat-0b', 'subnet-0b2')]),
    expect: [
      fail('subnet-0b1', 'The route table rtb-0b leads to nat-0a, which is private: it reaches no internet.'),
      fail(
        'subnet-0b2',
        'The route table rtb-0b2 leads to nat-0b, which stands in subnet-0b2, not in the public tier.',
      ),
    ],
  },
  'no route to any': {
    baseline: baseline => ({ ...baseline, network: { ...baseline.network, egress: 'nat' } }),
    expect: [
      fail(
        'subnet-0b1',
        'The route table rtb-0b does not lead 0.0.0.0/0 to a NAT gateway, as the baseline has it.',
      ),
      fail(
        'subnet-0b2',
        'The route table rtb-0b does not lead 0.0.0.0/0 to a NAT gateway, as the baseline has it.',
      ),
    ],
  },
  'half of the internet': {
    ...nat(inEachZone),
    given: facts => {
      nat(inEachZone).given?.(facts);
      for (const table of facts['ec2.routeTables'])
        if (table.id === 'rtb-0b') table.routes = [route('128.0.0.0/1', 'nat-0a')];
    },
    expect: [
      fail(
        'subnet-0b1',
        'The route table rtb-0b does not lead 0.0.0.0/0 to a NAT gateway, as the baseline has it.',
      ),
    ],
  },
  'no main route table in the answer': {
    baseline: baseline => ({ ...baseline, network: { ...baseline.network, egress: 'nat' } }),
    given: facts => {
      facts['ec2.routeTables'] = facts['ec2.routeTables'].filter(({ id }) => id === 'rtb-0a');
    },
    expect: [
      { status: 'unknown', resource: 'subnet-0b1' },
      { status: 'unknown', resource: 'subnet-0b2' },
    ],
  },
  'a private tier without subnets': {
    baseline: baseline => ({ ...baseline, network: { ...baseline.network, egress: 'nat' } }),
    given: facts => {
      facts['ec2.subnets'] = facts['ec2.subnets'].filter(({ id }) => !id.startsWith('subnet-0b'));
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
});
