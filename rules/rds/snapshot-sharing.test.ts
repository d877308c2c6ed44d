import type { DbSnapshot } from '../../src/services/rds/facts.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import snapshotSharing from './snapshot-sharing.ts';

const shared = (id: string, sharedWith: DbSnapshot['sharedWith']) => (facts: Facts) => {
  for (const snapshot of facts['rds.snapshots']) if (snapshot.id === id) snapshot.sharedWith = sharedWith;
};

testControl(snapshotSharing, {
  'with nobody': {
    expect: [{ status: 'pass', resource: 'shop-1', message: 'Nobody else may restore the snapshot.' }],
  },
  'with everyone': {
    given: shared('shop-1', { kind: 'known', value: ['999999999999', 'all'] }),
    expect: [
      {
        status: 'fail',
        resource: 'shop-1',
        severity: 'critical',
        message: 'Everyone may restore the snapshot.',
        actual: '999999999999, all',
      },
    ],
  },
  'with an account, which a check for public snapshots lets pass': {
    given: shared('orders-1', { kind: 'known', value: ['999999999999'] }),
    expect: [
      {
        status: 'fail',
        resource: 'orders-1',
        severity: 'high',
        message: 'Other accounts may restore the snapshot: 999999999999.',
      },
    ],
  },
  'with whom cannot be read of one': {
    given: shared('shop-1', {
      kind: 'unknown',
      reason: { kind: 'denied', call: 'rds:DescribeDBSnapshotAttributes' },
    }),
    expect: [
      { status: 'pass', resource: 'orders-1' },
      { status: 'unknown', resource: 'shop-1' },
    ],
  },
  'a Region without snapshots': {
    given: facts => {
      facts['rds.snapshots'] = [];
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
});
