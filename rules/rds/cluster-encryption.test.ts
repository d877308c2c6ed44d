import { GROUP } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import clusterEncryption from './cluster-encryption.ts';

const message =
  'The storage is not encrypted, and cannot be encrypted in place: the runbook replaces the cluster.';

testControl(clusterEncryption, {
  'the storage is encrypted': {
    expect: [{ status: 'pass', resource: 'orders', message: 'The storage is encrypted.' }],
  },
  'a plain one, with the commands that replace it and its instances': {
    given: facts => {
      for (const cluster of facts['rds.dbClusters']) {
        cluster.storageEncrypted = false;
        cluster.securityGroups = [GROUP.rds];
      }
      for (const instance of facts['rds.dbInstances']) instance.cluster = 'orders';
    },
    expect: [
      {
        status: 'fail',
        resource: 'orders',
        message,
        runbook: [
          '# Stop what writes to the database: what is written after the snapshot stays behind.',
          'aws rds create-db-cluster-snapshot --db-cluster-identifier orders --db-cluster-snapshot-identifier orders-plain --region eu-west-1',
          'aws rds wait db-cluster-snapshot-available --db-cluster-snapshot-identifier orders-plain --region eu-west-1',
          `aws rds restore-db-cluster-from-snapshot --db-cluster-identifier orders-encrypted --snapshot-identifier orders-plain --engine aurora-postgresql --engine-version 16.4 --kms-key-id alias/aws/rds --db-subnet-group-name shop --vpc-security-group-ids ${GROUP.rds} --db-cluster-parameter-group-name orders-16 --deletion-protection --region eu-west-1`,
          'aws rds create-db-instance --db-instance-identifier shop-encrypted --db-cluster-identifier orders-encrypted --db-instance-class db.t4g.micro --engine aurora-postgresql --no-publicly-accessible --region eu-west-1',
          'aws rds wait db-cluster-available --db-cluster-identifier orders-encrypted --region eu-west-1',
          '# The endpoints go with the name, so that the names are swapped.',
          'aws rds modify-db-cluster --db-cluster-identifier orders --new-db-cluster-identifier orders-plain --apply-immediately --region eu-west-1',
          'aws rds wait db-cluster-available --db-cluster-identifier orders-plain --region eu-west-1',
          'aws rds modify-db-cluster --db-cluster-identifier orders-encrypted --new-db-cluster-identifier orders --apply-immediately --region eu-west-1',
          'aws rds wait db-cluster-available --db-cluster-identifier orders --region eu-west-1',
          '# Once all is well, delete the cluster orders-plain and the snapshot orders-plain: they are as readable as before.',
        ],
      },
    ],
  },
  'a plain one is one, though its instances cannot be listed': {
    given: facts => {
      for (const cluster of facts['rds.dbClusters']) cluster.storageEncrypted = false;
    },
    denied: ['rds.dbInstances'],
    expect: [{ status: 'fail', resource: 'orders', message }],
  },
  'clusters that cannot be listed are not none': {
    denied: ['rds.dbClusters'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
  'a Region without clusters': {
    given: facts => {
      facts['rds.dbClusters'] = [];
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
});
