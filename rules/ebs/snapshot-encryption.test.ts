import { testControl } from '../../test/catalogue/control-test.ts';
import snapshotEncryption from './snapshot-encryption.ts';

testControl(snapshotEncryption, {
  'an encrypted one': {
    expect: [{ status: 'pass', resource: 'snap-0a', message: 'The snapshot is encrypted.' }],
  },
  'a plain one, whose volume is gone': {
    given: facts => {
      facts['ebs.volumes'] = [];
      for (const snapshot of facts['ebs.snapshots']) snapshot.encrypted = false;
    },
    expect: [
      {
        status: 'fail',
        resource: 'snap-0a',
        message: 'The snapshot is not encrypted, and cannot be encrypted in place: the runbook replaces it.',
        runbook: [
          'COPY=$(aws ec2 copy-snapshot --source-region eu-west-1 --source-snapshot-id snap-0a --encrypted --query SnapshotId --output text --region eu-west-1)',
          'aws ec2 wait snapshot-completed --snapshot-ids $COPY --region eu-west-1',
          'aws ec2 delete-snapshot --snapshot-id snap-0a --region eu-west-1',
        ],
      },
    ],
  },
  'snapshots that cannot be listed are not none': {
    denied: ['ebs.snapshots'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
  'a Region without snapshots': {
    given: facts => {
      facts['ebs.snapshots'] = [];
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
});
