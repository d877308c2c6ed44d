import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import forceTls from './force-tls.ts';

const parameter = (of: 'instance' | 'cluster', value: string | null) => (facts: Facts) => {
  for (const group of facts['rds.parameterGroups'])
    if (group.of === of) group.forceTls = { kind: 'known', value };
};

testControl(forceTls, {
  'the parameter is 1, of the instance and of the cluster': {
    expect: [
      {
        status: 'pass',
        resource: 'orders',
        message: 'Its parameter group orders-16 has rds.force_ssl at 1.',
      },
      { status: 'pass', resource: 'shop', message: 'Its parameter group shop-16 has rds.force_ssl at 1.' },
    ],
  },
  'the parameter is 0': {
    given: parameter('instance', '0'),
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message: 'Plain connections are taken: its parameter group shop-16 has rds.force_ssl at 0.',
        expected: 'rds.force_ssl 1',
        actual: 'rds.force_ssl 0, in-sync',
      },
    ],
  },
  'there is no such parameter': {
    given: parameter('cluster', null),
    expect: [
      {
        status: 'fail',
        resource: 'orders',
        message: 'Plain connections are taken: its parameter group orders-16 has no rds.force_ssl.',
      },
    ],
  },
  'a group that waits for a reboot, whose parameter looks right': {
    given: facts => {
      for (const instance of facts['rds.dbInstances'])
        instance.parameterGroups = [{ name: 'shop-16', status: 'pending-reboot' }];
    },
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message:
          'Its parameter group shop-16 has rds.force_ssl at 1, but is pending-reboot: another value is in force.',
      },
    ],
  },
  "a cluster's instance takes the parameter of its cluster, whatever its own group says": {
    given: facts => {
      parameter('instance', '0')(facts);
      for (const instance of facts['rds.dbInstances']) instance.cluster = 'orders';
    },
    expect: [{ status: 'pass', resource: 'orders' }],
  },
  'a group that cannot be read, and another that can': {
    given: facts => {
      for (const group of facts['rds.parameterGroups'])
        if (group.of === 'instance')
          group.forceTls = { kind: 'unknown', reason: { kind: 'denied', call: 'rds:DescribeDBParameters' } };
    },
    expect: [
      { status: 'pass', resource: 'orders' },
      {
        status: 'unknown',
        resource: 'shop',
        message: 'This cannot be judged without rds:DescribeDBParameters.',
      },
    ],
  },
  'databases of other engines': {
    given: facts => {
      facts['rds.dbClusters'] = [];
      for (const instance of facts['rds.dbInstances']) instance.engine = 'mysql';
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
});
