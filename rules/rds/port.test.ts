import type { DbInstance } from '../../src/services/rds/facts.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import { elsewhere } from '../../test/catalogue/placed-database.ts';
import port from './port.ts';

const instance = (change: Partial<DbInstance>) => (facts: Facts) => {
  facts['rds.dbInstances'] = facts['rds.dbInstances'].map(one => ({ ...one, ...change }));
};

testControl(port, {
  'the port of the component': {
    expect: [{ status: 'pass', resource: 'shop', message: 'It listens on 5432.' }],
  },
  'another one, for which somebody will open a rule of its own': {
    given: instance({ port: 15432 }),
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        severity: 'medium',
        message: 'It listens on 15432, and the baseline opens 5432.',
        expected: '5432',
        actual: '15432',
      },
    ],
  },
  'a change to the right one that waits is not in force': {
    given: instance({ port: 15432, nextPort: 5432 }),
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message:
          'It listens on 15432, and the baseline opens 5432. A change to 5432 waits, and is not in force.',
      },
    ],
  },
  'a baseline with another port': {
    baseline: baseline => ({
      ...baseline,
      components: { ...baseline.components, rds: { ...baseline.components.rds, port: 6432 } },
    }),
    expect: [
      { status: 'fail', resource: 'shop', message: 'It listens on 5432, and the baseline opens 6432.' },
    ],
  },
  'a database that is being created': {
    given: instance({ port: undefined, status: 'creating' }),
    expect: [{ status: 'not-applicable', resource: 'shop', message: 'It is creating and has no port yet.' }],
  },
  ...elsewhere,
  'instances that cannot be listed are not none': {
    denied: ['rds.dbInstances'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
});
