import { OWNER, VPC } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import present from './present.ts';

const vpc = (id: string, cidr: string, tags: Record<string, string> = {}) => ({
  id,
  owner: OWNER,
  isDefault: false,
  cidrs: [cidr],
  ipv6Cidrs: [],
  tags,
});

testControl(present, {
  'the VPC with the CIDR of the baseline is it': {
    expect: [{ status: 'pass', resource: VPC, message: 'This is the VPC of the baseline, by its CIDR.' }],
  },
  'a tag outweighs the CIDR, and the tiers do not lie in it': {
    given: facts => facts['ec2.vpcs'].push(vpc('vpc-0b', '10.1.0.0/16', { 'securecart:component': 'vpc' })),
    expect: [
      {
        status: 'fail',
        resource: 'vpc-0b',
        message:
          'This is the VPC of the baseline by its tag, but its CIDR is not the one that the tiers lie in.',
        expected: '10.0.0.0/16',
        actual: '10.1.0.0/16',
      },
    ],
  },
  'two of the same CIDR are in doubt': {
    given: facts => facts['ec2.vpcs'].push(vpc('vpc-0b', '10.0.0.0/16')),
    expect: [
      {
        status: 'fail',
        resource: VPC,
        message:
          "It could be the baseline's as well as vpc-0b: pass --vpc, or give network.vpc.id in the baseline.",
      },
      {
        status: 'fail',
        resource: 'vpc-0b',
        message: `It could be the baseline's as well as ${VPC}: pass --vpc, or give network.vpc.id in the baseline.`,
      },
    ],
  },
  '--vpc ends the doubt': {
    given: facts => facts['ec2.vpcs'].push(vpc('vpc-0b', '10.0.0.0/16')),
    vpc: 'vpc-0b',
    expect: [{ status: 'pass', resource: 'vpc-0b', message: 'This is the VPC of the baseline, by --vpc.' }],
  },
  'an account without it fails as a whole': {
    given: facts => {
      facts['ec2.vpcs'] = [vpc('vpc-0b', '172.31.0.0/16')];
    },
    expect: [{ status: 'fail', resource: OWNER, message: "No VPC is the baseline's in eu-west-1." }],
  },
  'a denied read is not an absent VPC': {
    denied: ['ec2.vpcs'],
    expect: [{ status: 'unknown', resource: OWNER, message: 'This cannot be judged without ec2.vpcs.' }],
  },
});
