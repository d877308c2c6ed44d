import type { DbInstance } from '../../src/services/rds/facts.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import managedPassword from './managed-password.ts';

type Password = Pick<DbInstance, 'masterSecret' | 'replicaOf' | 'cluster'>;

const instance = (change: Password) => (facts: Facts) => {
  facts['rds.dbInstances'] = facts['rds.dbInstances'].map(one => ({ ...one, ...change }));
};

testControl(managedPassword, {
  'RDS keeps it, of the instance and of the cluster': {
    expect: [
      { status: 'pass', resource: 'orders', message: 'RDS keeps its master password in Secrets Manager.' },
      { status: 'pass', resource: 'shop' },
    ],
  },
  'somebody has set it': {
    given: instance({ masterSecret: undefined }),
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        severity: 'medium',
        message:
          'Its master password is one that somebody has set, and RDS does not keep it in Secrets Manager.',
      },
    ],
  },
  'the same, of a cluster': {
    given: facts => {
      for (const cluster of facts['rds.dbClusters']) delete cluster.masterSecret;
    },
    expect: [
      {
        status: 'fail',
        resource: 'orders',
        message:
          'Its master password is one that somebody has set, and RDS does not keep it in Secrets Manager.',
      },
    ],
  },
  'a secret that RDS cannot change, which a check for a secret lets pass': {
    given: instance({ masterSecret: 'impaired' }),
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message: 'RDS can no longer change its master password: the secret in Secrets Manager is impaired.',
      },
    ],
  },
  'a replica has no password of its own': {
    given: instance({ replicaOf: 'orders-db' }),
    expect: [
      {
        status: 'not-applicable',
        resource: 'shop',
        message: 'It is a replica of orders-db, and has its password.',
      },
    ],
  },
  "a cluster's instance has that of its cluster": {
    given: instance({ cluster: 'orders' }),
    expect: [{ status: 'pass', resource: 'orders' }],
  },
  'a baseline that keeps no credentials of a database': {
    baseline: baseline => ({ ...baseline, secrets: { ...baseline.secrets, secrets: [] } }),
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
  'databases of other engines': {
    given: facts => {
      facts['rds.dbClusters'] = [];
      for (const one of facts['rds.dbInstances']) one.engine = 'mysql';
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
  'clusters that cannot be listed are not none': {
    denied: ['rds.dbClusters'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
});
