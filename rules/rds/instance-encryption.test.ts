import { GROUP } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import instanceEncryption from './instance-encryption.ts';

testControl(instanceEncryption, {
  'the storage is encrypted': {
    expect: [{ status: 'pass', resource: 'shop', message: 'The storage is encrypted.' }],
  },
  'a plain one, of whatever engine, with the commands that replace it': {
    given: facts => {
      for (const instance of facts['rds.dbInstances']) {
        instance.engine = 'mysql';
        instance.storageEncrypted = false;
        instance.multiAz = true;
      }
    },
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message:
          'The storage is not encrypted, and cannot be encrypted in place: the runbook replaces the instance.',
        runbook: [
          '# Stop what writes to the database: what is written after the snapshot stays behind.',
          'aws rds create-db-snapshot --db-instance-identifier shop --db-snapshot-identifier shop-plain --region eu-west-1',
          'aws rds wait db-snapshot-available --db-snapshot-identifier shop-plain --region eu-west-1',
          '# Any other key of the account will do; a copy under alias/aws/rds cannot be shared with an account.',
          'aws rds copy-db-snapshot --source-db-snapshot-identifier shop-plain --target-db-snapshot-identifier shop-encrypted --kms-key-id alias/aws/rds --region eu-west-1',
          'aws rds wait db-snapshot-available --db-snapshot-identifier shop-encrypted --region eu-west-1',
          `aws rds restore-db-instance-from-db-snapshot --db-instance-identifier shop-encrypted --db-snapshot-identifier shop-encrypted --db-subnet-group-name shop --vpc-security-group-ids ${GROUP.rds} --db-parameter-group-name shop-16 --multi-az --no-publicly-accessible --deletion-protection --region eu-west-1`,
          'aws rds wait db-instance-available --db-instance-identifier shop-encrypted --region eu-west-1',
          '# The endpoint goes with the name, so that the names are swapped.',
          'aws rds modify-db-instance --db-instance-identifier shop --new-db-instance-identifier shop-plain --apply-immediately --region eu-west-1',
          'aws rds wait db-instance-available --db-instance-identifier shop-plain --region eu-west-1',
          'aws rds modify-db-instance --db-instance-identifier shop-encrypted --new-db-instance-identifier shop --apply-immediately --region eu-west-1',
          'aws rds wait db-instance-available --db-instance-identifier shop --region eu-west-1',
          '# Once all is well, delete the instance shop-plain and the snapshot shop-plain: they are as readable as before.',
        ],
      },
    ],
  },
  "a cluster's instance has the storage of its cluster, and is told of once": {
    given: facts => {
      for (const instance of facts['rds.dbInstances']) {
        instance.cluster = 'orders';
        instance.storageEncrypted = false;
      }
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
  'instances that cannot be listed are not none': {
    denied: ['rds.dbInstances'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
});
