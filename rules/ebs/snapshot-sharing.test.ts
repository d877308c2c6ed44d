import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import snapshotSharing from './snapshot-sharing.ts';

const publicUnder = (block: string) => (facts: Facts) => {
  facts['ebs.snapshots'].push({ id: 'snap-0b', volume: 'vol-0a', encrypted: false, tags: {} });
  facts['ebs.publicSnapshots'] = ['snap-0b'];
  facts['ebs.snapshotBlockPublicAccess'] = block;
};

testControl(snapshotSharing, {
  'a private one': {
    expect: [{ status: 'pass', resource: 'snap-0a', message: 'The snapshot is not public.' }],
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
