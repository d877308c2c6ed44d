import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { databaseResource } from '../../src/findings/resources.ts';
import { shellWord } from '../../src/findings/shell-word.ts';
import type { DbInstance } from '../../src/services/rds/facts.ts';

export default defineControl({
  id: 'rds/instance-encryption',
  title: 'The storage of every database instance is encrypted',
  severity: 'high',
  rationale:
    'The storage holds every customer record, and so do its backups, its replicas and its logs. Where it is plain, all of them are, and a snapshot that is shared by mistake can be read by whoever gets it.',
  remediation:
    'RDS cannot encrypt an instance in place: replace it by an encrypted copy of itself, as the runbook says. It stands still from the snapshot to the swap, or loses what is written in between.',
  runbook: replaceByEncryptedCopy({
    region: 'REGION',
    instance: 'INSTANCE',
    subnetGroup: 'SUBNET_GROUP',
    securityGroups: ['SECURITY_GROUP'],
    parameterGroups: ['PARAMETER_GROUP'],
    multiAz: true,
  }),
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-3',
  ],
  frameworks: {
    fsbp: ['RDS.3'],
    'cis-5.0': ['2.2.1'],
    'pci-4.0': ['3.5.1'],
    'nist-800-53-r5': ['SC-28'],
  },
  needs: ['rds.dbInstances'],
  scope: 'region',
  messages: {
    encrypted: 'The storage is encrypted.',
    plain:
      'The storage is not encrypted, and cannot be encrypted in place: the runbook replaces the instance.',
  },
  evaluate: judgeInstances,
});

/** Of any engine; the storage of a cluster's instances is the cluster's, which has a control of its own. */
function* judgeInstances(audit: RegionAudit): Iterable<Outcome<'encrypted' | 'plain'>> {
  const row = audit.baseline.encryption.rds.storage;
  if (!row.encrypted) return;
  for (const instance of audit.value('rds.dbInstances')) {
    if (instance.cluster !== undefined) continue;
    const about = { resource: databaseResource('DBInstance', instance), ...heldFor(row) };
    if (instance.storageEncrypted) yield { status: 'pass', ...about, message: 'encrypted' };
    else yield { status: 'fail', ...about, message: 'plain', runbook: runbookFor(audit, instance) };
  }
}

const runbookFor = ({ region }: RegionAudit, instance: DbInstance): string[] =>
  replaceByEncryptedCopy({
    region,
    instance: instance.id,
    subnetGroup: instance.subnetGroup,
    securityGroups: instance.securityGroups,
    parameterGroups: instance.parameterGroups.map(({ name }) => name),
    multiAz: instance.multiAz,
  });

/** A restored instance has the defaults of whatever is not named: group, subnets, parameters, zones and protection are named. */
function replaceByEncryptedCopy(of: {
  region: string;
  instance: string;
  subnetGroup: string;
  securityGroups: readonly string[];
  parameterGroups: readonly string[];
  multiAz: boolean;
}): string[] {
  const { region, instance, subnetGroup, securityGroups, parameterGroups, multiAz } = of;
  const [plain, encrypted] = [`${instance}-plain`, `${instance}-encrypted`];
  const rds = (command: string) => `aws rds ${command} --region ${region}`;
  const parameters = parameterGroups.map(name => ` --db-parameter-group-name ${name}`).join('');
  return [
    '# Stop what writes to the database: what is written after the snapshot stays behind.',
    rds(`create-db-snapshot --db-instance-identifier ${instance} --db-snapshot-identifier ${plain}`),
    rds(`wait db-snapshot-available --db-snapshot-identifier ${plain}`),
    '# Any other key of the account will do; a copy under alias/aws/rds cannot be shared with an account.',
    rds(
      `copy-db-snapshot --source-db-snapshot-identifier ${plain} --target-db-snapshot-identifier ${encrypted} --kms-key-id alias/aws/rds`,
    ),
    rds(`wait db-snapshot-available --db-snapshot-identifier ${encrypted}`),
    rds(
      `restore-db-instance-from-db-snapshot --db-instance-identifier ${encrypted} --db-snapshot-identifier ${encrypted} --db-subnet-group-name ${shellWord(subnetGroup)} --vpc-security-group-ids ${securityGroups.join(' ')}${parameters} ${multiAz ? '--multi-az' : '--no-multi-az'} --no-publicly-accessible --deletion-protection`,
    ),
    rds(`wait db-instance-available --db-instance-identifier ${encrypted}`),
    '# The endpoint goes with the name, so that the names are swapped.',
    rds(
      `modify-db-instance --db-instance-identifier ${instance} --new-db-instance-identifier ${plain} --apply-immediately`,
    ),
    rds(`wait db-instance-available --db-instance-identifier ${plain}`),
    rds(
      `modify-db-instance --db-instance-identifier ${encrypted} --new-db-instance-identifier ${instance} --apply-immediately`,
    ),
    rds(`wait db-instance-available --db-instance-identifier ${instance}`),
    `# Once all is well, delete the instance ${plain} and the snapshot ${plain}: they are as readable as before.`,
  ];
}
