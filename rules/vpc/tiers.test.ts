import { subnet, VPC } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import tiers from './tiers.ts';

const thin = (tier: string, actual: string) => ({
  status: 'fail' as const,
  resource: VPC,
  key: tier,
  message: `The tier ${tier} has too few subnets, or has them in too few availability zones.`,
  actual,
});

testControl(tiers, {
  'three tiers in two zones each': {
    expect: [
      { status: 'pass', resource: VPC, key: 'database' },
      { status: 'pass', resource: VPC, key: 'private' },
      {
        status: 'pass',
        resource: VPC,
        key: 'public',
        message: 'The tier public has 2 subnets in eu-west-1a, eu-west-1b.',
      },
    ],
  },
  'other CIDRs in the same tier, and a third zone': {
    given: facts => facts['ec2.subnets'].push(subnet('subnet-1', '10.0.2.0/23', 'c')),
    expect: [{ status: 'pass', resource: VPC, key: 'public' }],
  },
  'one zone': {
    given: facts => {
      for (const subnet of facts['ec2.subnets']) if (subnet.id === 'subnet-0d2') subnet.zone = 'eu-west-1a';
    },
    expect: [
      {
        ...thin('database', '2 in eu-west-1a'),
        expected: '2 subnets of 10.0.32.0/20 in 2 availability zones',
      },
    ],
  },
  'no subnet': {
    given: facts => {
      facts['ec2.subnets'] = facts['ec2.subnets'].filter(({ id }) => !id.startsWith('subnet-0b'));
    },
    expect: [thin('private', 'no subnet')],
  },
  'subnets between the tiers, across two of them, and of IPv6 alone': {
    given: facts => {
      const { cidr: _, ...ipv6 } = { ...subnet('subnet-3', '', 'a'), ipv6Cidrs: ['2001:db8::/64'] };
      facts['ec2.subnets'].push(
        subnet('subnet-1', '10.0.64.0/24', 'a'),
        subnet('subnet-2', '10.0.0.0/19', 'a'),
        ipv6,
      );
    },
    expect: [
      {
        status: 'fail',
        resource: 'subnet-1',
        message: 'The subnet is in no tier of the baseline.',
        actual: '10.0.64.0/24',
      },
      { status: 'fail', resource: 'subnet-2', message: 'The subnet is in no tier of the baseline.' },
      {
        status: 'fail',
        resource: 'subnet-3',
        message: 'The subnet is in no tier of the baseline.',
        actual: '2001:db8::/64',
      },
    ],
  },
});
