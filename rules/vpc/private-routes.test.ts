import { type Facts, route } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import privateRoutes from './private-routes.ts';

const addRoute =
  (table: string, ...routes: ReturnType<typeof route>[]) =>
  (facts: Facts) => {
    for (const { id, routes: own } of facts['ec2.routeTables']) if (id === table) own.push(...routes);
  };

const open = (subnet: string, table: string, tier: string) => ({
  status: 'fail' as const,
  resource: subnet,
  message: `The route table ${table} leads the tier ${tier} to the internet.`,
});

testControl(privateRoutes, {
  'routes that stay in the VPC': {
    expect: [
      {
        status: 'pass',
        resource: 'subnet-0b1',
        message: 'The route table rtb-0b leads the tier private to no gateway of the internet.',
      },
      { status: 'pass', resource: 'subnet-0d1' },
    ],
  },
  'an internet gateway': {
    given: addRoute('rtb-0b', route('0.0.0.0/0', 'igw-0a')),
    expect: [
      {
        ...open('subnet-0b1', 'rtb-0b', 'private'),
        actual: '0.0.0.0/0 to igw-0a',
        blame: ['rtb-0b 0.0.0.0/0'],
      },
      open('subnet-0b2', 'rtb-0b', 'private'),
    ],
  },
  'the internet in two halves, and the way out for IPv6': {
    given: addRoute(
      'rtb-0d',
      route('0.0.0.0/1', 'igw-0a'),
      route('128.0.0.0/1', 'igw-0a'),
      route('::/0', 'eigw-0a'),
    ),
    expect: [
      {
        ...open('subnet-0d1', 'rtb-0d', 'database'),
        actual: '0.0.0.0/1 to igw-0a; 128.0.0.0/1 to igw-0a; ::/0 to eigw-0a',
      },
      open('subnet-0d2', 'rtb-0d', 'database'),
    ],
  },
  'the main route table, where a subnet names no other': {
    given: facts => {
      addRoute('rtb-0f', route('0.0.0.0/0', 'igw-0a'))(facts);
      for (const table of facts['ec2.routeTables'])
        table.subnets = table.subnets.filter(id => id !== 'subnet-0d2');
    },
    expect: [open('subnet-0d2', 'rtb-0f', 'database')],
  },
  'a blackhole leads nowhere': {
    given: addRoute('rtb-0b', { ...route('0.0.0.0/0', 'igw-0a'), active: false }),
    expect: [{ status: 'pass', resource: 'subnet-0b1' }],
  },
  'a NAT gateway, where the baseline has endpoints instead': {
    given: addRoute('rtb-0b', route('0.0.0.0/0', 'nat-0a')),
    expect: [open('subnet-0b1', 'rtb-0b', 'private'), open('subnet-0b2', 'rtb-0b', 'private')],
  },
  'a NAT gateway, where the baseline has one, but not for the database': {
    baseline: baseline => ({ ...baseline, network: { ...baseline.network, egress: 'nat' } }),
    given: facts => {
      addRoute('rtb-0b', route('0.0.0.0/0', 'nat-0a'))(facts);
      addRoute('rtb-0d', route('0.0.0.0/0', 'nat-0a'))(facts);
    },
    expect: [
      { status: 'pass', resource: 'subnet-0b1' },
      open('subnet-0d1', 'rtb-0d', 'database'),
      open('subnet-0d2', 'rtb-0d', 'database'),
    ],
  },
  'no main route table in the answer': {
    given: facts => {
      facts['ec2.routeTables'] = facts['ec2.routeTables'].filter(
        ({ id }) => id !== 'rtb-0f' && id !== 'rtb-0d',
      );
    },
    expect: [
      { status: 'unknown', resource: 'subnet-0d1' },
      { status: 'unknown', resource: 'subnet-0d2' },
    ],
  },
});
