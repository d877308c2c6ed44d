import { type Facts, REGION, route } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import publicRoutes from './public-routes.ts';

const routes =
  (...of: ReturnType<typeof route>[]) =>
  (facts: Facts) => {
    for (const table of facts['ec2.routeTables'])
      if (table.id === 'rtb-0a') table.routes = [route('10.0.0.0/16', 'local'), ...of];
  };

const pass = { status: 'pass' as const, resource: 'subnet-0a1' };
const cut = (resource: string, actual: string) => ({
  status: 'fail' as const,
  resource,
  message: 'The route table rtb-0a leads the tier public to no internet gateway of the VPC.',
  actual,
});
const bothCut = (actual: string) => [cut('subnet-0a1', actual), cut('subnet-0a2', actual)] as const;

testControl(publicRoutes, {
  'a default route to the gateway of the VPC': {
    expect: [
      { ...pass, message: 'The route table rtb-0a leads the tier public to the internet by igw-0a.' },
      { ...pass, resource: 'subnet-0a2' },
    ],
  },
  'the internet in two halves': {
    given: routes(route('0.0.0.0/1', 'igw-0a'), route('128.0.0.0/1', 'igw-0a')),
    expect: [pass],
  },
  'no route, though there is one for IPv6': {
    given: routes(route('::/0', 'igw-0a')),
    expect: [
      {
        ...cut('subnet-0a1', '::/0 to igw-0a'),
        expected: '0.0.0.0/0 to an internet gateway that is attached to the VPC',
      },
      cut('subnet-0a2', '::/0 to igw-0a'),
    ],
  },
  'nothing but the VPC itself': {
    given: routes(),
    expect: [...bothCut('routes within the VPC alone')],
  },
  'all but one address': {
    given: routes(route('0.0.0.0/1', 'igw-0a'), route('192.0.0.0/2', 'igw-0a')),
    expect: [...bothCut('0.0.0.0/1 to igw-0a; 192.0.0.0/2 to igw-0a')],
  },
  'a blackhole, as EC2 calls it once the gateway is detached or deleted': {
    given: routes({ ...route('0.0.0.0/0', 'igw-0a'), active: false }),
    expect: [...bothCut('0.0.0.0/0 to igw-0a (blackhole)')],
  },
  'to a firewall instead': {
    given: routes(route('0.0.0.0/0', 'eni-0a')),
    expect: [...bothCut('0.0.0.0/0 to eni-0a')],
  },
  'the main route table, where a subnet names no other': {
    given: facts => {
      for (const table of facts['ec2.routeTables'])
        table.subnets = table.subnets.filter(id => id !== 'subnet-0a2');
    },
    expect: [
      {
        status: 'fail',
        resource: 'subnet-0a2',
        message: 'The route table rtb-0f leads the tier public to no internet gateway of the VPC.',
      },
    ],
  },
  'denied route tables are not tables without a route': {
    denied: ['ec2.routeTables'],
    expect: [
      { status: 'unknown', resource: 'subnet-0a1' },
      { status: 'unknown', resource: 'subnet-0a2' },
    ],
  },
  'no main route table in the answer': {
    given: facts => {
      facts['ec2.routeTables'] = facts['ec2.routeTables'].filter(({ id }) => id === 'rtb-0d');
    },
    expect: [
      { status: 'unknown', resource: 'subnet-0a1' },
      { status: 'unknown', resource: 'subnet-0a2' },
    ],
  },
  'a baseline that leads no tier to the internet': {
    baseline: ({ network, ...baseline }) => ({
      ...baseline,
      network: {
        ...network,
        tiers: { ...network.tiers, public: { ...network.tiers.public, internetRoute: false } },
      },
    }),
    expect: [{ status: 'not-applicable', resource: REGION }],
  },
});
