import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import { elsewhere } from '../../test/catalogue/placed-database.ts';
import subnetTier from './subnet-tier.ts';

const inSubnets = (subnets: string[]) => (facts: Facts) => {
  for (const instance of facts['rds.dbInstances']) instance.subnets = subnets;
};

testControl(subnetTier, {
  'every subnet is of the tier, in two zones': {
    expect: [
      {
        status: 'pass',
        resource: 'shop',
        message: 'All subnets of its group shop are of the tier database, in eu-west-1a, eu-west-1b.',
      },
    ],
  },
  'one of three is not, where the instance may wake up tomorrow': {
    given: inSubnets(['subnet-0d1', 'subnet-0d2', 'subnet-0a1']),
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        severity: 'critical',
        message: 'Its group shop has subnets that are not of the tier database: subnet-0a1.',
        actual: 'subnet-0d1, subnet-0d2, subnet-0a1',
      },
    ],
  },
  'private subnets of the application are private too, but of another tier': {
    given: inSubnets(['subnet-0b1', 'subnet-0b2']),
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message: 'Its group shop has subnets that are not of the tier database: subnet-0b1, subnet-0b2.',
      },
    ],
  },
  'two subnets of one zone': {
    given: facts => {
      for (const subnet of facts['ec2.subnets']) subnet.zone = 'eu-west-1a';
    },
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        severity: 'medium',
        message: 'All subnets of its group shop are in eu-west-1a, so that it goes down with that zone.',
      },
    ],
  },
  'a better group that waits for the maintenance window is not in force': {
    given: facts => {
      inSubnets(['subnet-0a1', 'subnet-0a2'])(facts);
      for (const instance of facts['rds.dbInstances']) instance.nextSubnetGroup = 'securecart-database';
    },
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message:
          'Its group shop has subnets that are not of the tier database: subnet-0a1, subnet-0a2. The group securecart-database takes its place in the maintenance window, and not before.',
      },
    ],
  },
  ...elsewhere,
  'subnets that cannot be listed': {
    denied: ['ec2.subnets'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
});
