import type { SnapshotSharing } from '../../src/services/ebs/facts.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import snapshotSharing from './snapshot-sharing.ts';

const publicUnder = (block: string) => (facts: Facts) => {
  facts['ebs.snapshots'].push({ id: 'snap-0b', volume: 'vol-0a', encrypted: false, tags: {} });
  facts['ebs.publicSnapshots'] = ['snap-0b'];
  facts['ebs.snapshotSharing'].push({ snapshot: 'snap-0b', accounts: { kind: 'known', value: [] } });
  facts['ebs.snapshotBlockPublicAccess'] = block;
};
const sharedWith = (snapshot: string, accounts: SnapshotSharing['accounts']) => (facts: Facts) => {
  for (const one of facts['ebs.snapshotSharing']) if (one.snapshot === snapshot) one.accounts = accounts;
};
const denied: SnapshotSharing['accounts'] = {
  kind: 'unknown',
  reason: { kind: 'denied', call: 'ec2:DescribeSnapshotAttribute' },
};

testControl(snapshotSharing, {
  'a private one': {
    expect: [
      { status: 'pass', resource: 'snap-0a', message: 'Nobody else may make a volume of the snapshot.' },
    ],
  },
  'a public one': {
    given: publicUnder('unblocked'),
    expect: [
      {
        status: 'fail',
        resource: 'snap-0b',
        severity: 'critical',
        message: 'Everyone may make a volume of the snapshot.',
        actual: 'public; the Region is unblocked',
      },
    ],
  },
  'a block of new sharing, which a check for a block lets pass, leaves it public': {
    given: publicUnder('block-new-sharing'),
    expect: [
      {
        status: 'fail',
        resource: 'snap-0b',
        severity: 'critical',
        message: 'Everyone may make a volume of the snapshot.',
      },
    ],
  },
  'a block of all sharing makes it private for now': {
    given: publicUnder('block-all-sharing'),
    expect: [
      {
        status: 'fail',
        resource: 'snap-0b',
        severity: 'low',
        message:
          'The snapshot is shared with everyone, and private only as long as the Region blocks all public sharing.',
      },
    ],
  },
  'one that another account may use, which a check for public ones lets pass': {
    given: sharedWith('snap-0a', { kind: 'known', value: ['888888888888', '999999999999'] }),
    expect: [
      {
        status: 'fail',
        resource: 'snap-0a',
        severity: 'high',
        message: 'Other accounts may make volumes of the snapshot: 888888888888, 999999999999.',
        actual: '888888888888, 999999999999',
      },
    ],
  },
  'a block of all public sharing does not keep out an account that is named': {
    given: facts => {
      publicUnder('block-all-sharing')(facts);
      sharedWith('snap-0b', { kind: 'known', value: ['999999999999'] })(facts);
    },
    expect: [
      {
        status: 'fail',
        resource: 'snap-0b',
        severity: 'high',
        message: 'Other accounts may make volumes of the snapshot: 999999999999.',
      },
    ],
  },
  'a public one is one, though with whom it is shared besides cannot be read': {
    given: publicUnder('unblocked'),
    denied: ['ebs.snapshotSharing'],
    expect: [
      { status: 'unknown', resource: 'snap-0a' },
      { status: 'fail', resource: 'snap-0b', message: 'Everyone may make a volume of the snapshot.' },
    ],
  },
  'with whom cannot be read of one': {
    given: facts => {
      publicUnder('block-all-sharing')(facts);
      sharedWith('snap-0b', denied)(facts);
    },
    expect: [
      { status: 'pass', resource: 'snap-0a' },
      {
        status: 'unknown',
        resource: 'snap-0b',
        message: 'This cannot be judged without ec2:DescribeSnapshotAttribute.',
      },
    ],
  },
  'which are public cannot be read': {
    denied: ['ebs.publicSnapshots'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
  'a Region without snapshots': {
    given: facts => {
      facts['ebs.snapshots'] = [];
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
});
