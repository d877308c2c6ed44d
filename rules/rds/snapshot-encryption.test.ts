import { testControl } from '../../test/catalogue/control-test.ts';
import snapshotEncryption from './snapshot-encryption.ts';

const message = 'The snapshot is not encrypted, and cannot be encrypted in place: the runbook replaces it.';

testControl(snapshotEncryption, {
  'of an instance and of a cluster': {
    expect: [
      { status: 'pass', resource: 'orders-1', message: 'The snapshot is encrypted.' },
      { status: 'pass', resource: 'shop-1' },
    ],
  },
  'plain ones, though their databases are encrypted by now; RDS copies them in different ways': {
    given: facts => {
      for (const snapshot of facts['rds.snapshots']) snapshot.encrypted = false;
    },
    expect: [
      {
        status: 'fail',
        resource: 'orders-1',
        message,
        runbook: [
          '# RDS does not encrypt a copy of this: restore it with --kms-key-id, and take a snapshot of that cluster.',
          'ENGINE=$(aws rds describe-db-cluster-snapshots --db-cluster-snapshot-identifier orders-1 --query "DBClusterSnapshots[0].Engine" --output text --region eu-west-1)',
          'aws rds restore-db-cluster-from-snapshot --db-cluster-identifier orders-1-encrypted --snapshot-identifier orders-1 --engine $ENGINE --kms-key-id alias/aws/rds --region eu-west-1',
          'aws rds wait db-cluster-available --db-cluster-identifier orders-1-encrypted --region eu-west-1',
          'aws rds create-db-cluster-snapshot --db-cluster-identifier orders-1-encrypted --db-cluster-snapshot-identifier orders-1-encrypted --region eu-west-1',
          'aws rds wait db-cluster-snapshot-available --db-cluster-snapshot-identifier orders-1-encrypted --region eu-west-1',
          'aws rds delete-db-cluster --db-cluster-identifier orders-1-encrypted --skip-final-snapshot --region eu-west-1',
          'aws rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier orders-1 --region eu-west-1',
        ],
      },
      {
        status: 'fail',
        resource: 'shop-1',
        message,
        runbook: [
          'aws rds copy-db-snapshot --source-db-snapshot-identifier shop-1 --target-db-snapshot-identifier shop-1-encrypted --kms-key-id alias/aws/rds --copy-tags --region eu-west-1',
          'aws rds wait db-snapshot-available --db-snapshot-identifier shop-1-encrypted --region eu-west-1',
          'aws rds delete-db-snapshot --db-snapshot-identifier shop-1 --region eu-west-1',
        ],
      },
    ],
  },
  'snapshots that cannot be listed are not none': {
    denied: ['rds.snapshots'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
  'a Region without snapshots': {
    given: facts => {
      facts['rds.snapshots'] = [];
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
});
