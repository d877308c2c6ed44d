import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { databaseResource } from '../../src/findings/resources.ts';
import { shellWord } from '../../src/findings/shell-word.ts';
import type { DbCluster } from '../../src/services/rds/facts.ts';

export default defineControl({
  id: 'rds/cluster-encryption',
  title: 'The storage of every database cluster is encrypted',
  severity: 'high',
  rationale:
    'All instances of a cluster share its storage, and its backups are copies of that. Where it is plain, whoever gets at one of them reads every customer record.',
  remediation:
    'RDS cannot encrypt a cluster in place: restore an encrypted one from a snapshot, as the runbook says. It stands still from the snapshot to the swap, or loses what is written in between.',
  runbook: replaceByEncryptedCluster({
    region: 'REGION',
    cluster: 'CLUSTER',
    engine: 'ENGINE',
    engineVersion: 'VERSION',
    subnetGroup: 'SUBNET_GROUP',
    securityGroups: ['SECURITY_GROUP'],
    parameterGroup: 'PARAMETER_GROUP',
    instances: [{ id: 'INSTANCE', instanceClass: 'CLASS' }],
  }),
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-27',
  ],
  frameworks: { fsbp: ['RDS.27'], 'pci-4.0': ['3.5.1'], 'nist-800-53-r5': ['SC-28'] },
  needs: ['rds.dbClusters', 'rds.dbInstances'],
  scope: 'region',
  messages: {
    encrypted: 'The storage is encrypted.',
    plain:
      'The storage is not encrypted, and cannot be encrypted in place: the runbook replaces the cluster.',
  },
  evaluate: judgeClusters,
});

function* judgeClusters(audit: RegionAudit): Iterable<Outcome<'encrypted' | 'plain'>> {
  const row = audit.baseline.encryption.rds.storage;
  if (!row.encrypted) return;
  for (const cluster of audit.value('rds.dbClusters')) {
    const about = { resource: databaseResource('DBCluster', cluster), ...heldFor(row) };
    if (cluster.storageEncrypted) yield { status: 'pass', ...about, message: 'encrypted' };
    else yield { status: 'fail', ...about, message: 'plain', runbook: runbookFor(audit, cluster) };
  }
}

/** Only the runbook looks at the instances: where they are not known, the cluster is judged all the same. */
function runbookFor(audit: RegionAudit, cluster: DbCluster): string[] {
  const all = audit.fact('rds.dbInstances');
  const instances = all.kind === 'known' ? all.value.filter(({ cluster: of }) => of === cluster.id) : [];
  return replaceByEncryptedCluster({ ...cluster, region: audit.region, cluster: cluster.id, instances });
}

/** RDS refuses to encrypt while it copies a cluster's snapshot, but not while it restores one. */
function replaceByEncryptedCluster(of: {
  region: string;
  cluster: string;
  engine: string;
  engineVersion: string;
  instanceClass?: string | undefined;
  subnetGroup: string;
  securityGroups: readonly string[];
  parameterGroup: string;
  instances: readonly { id: string; instanceClass: string }[];
}): string[] {
  const { region, cluster, engine, engineVersion, instanceClass, instances } = of;
  const [plain, encrypted] = [`${cluster}-plain`, `${cluster}-encrypted`];
  const rds = (command: string) => `aws rds ${command} --region ${region}`;
  const instanceOption = instanceClass === undefined ? '' : ` --db-cluster-instance-class ${instanceClass}`;
  // A Multi-AZ cluster makes its instances itself; one of Aurora's is given them.
  const made = instanceClass === undefined ? instances : [];
  return [
    '# Stop what writes to the database: what is written after the snapshot stays behind.',
    rds(
      `create-db-cluster-snapshot --db-cluster-identifier ${cluster} --db-cluster-snapshot-identifier ${plain}`,
    ),
    rds(`wait db-cluster-snapshot-available --db-cluster-snapshot-identifier ${plain}`),
    rds(
      `restore-db-cluster-from-snapshot --db-cluster-identifier ${encrypted} --snapshot-identifier ${plain} --engine ${engine} --engine-version ${engineVersion} --kms-key-id alias/aws/rds --db-subnet-group-name ${shellWord(of.subnetGroup)} --vpc-security-group-ids ${of.securityGroups.join(' ')} --db-cluster-parameter-group-name ${of.parameterGroup}${instanceOption} --deletion-protection`,
    ),
    ...made.map(({ id, instanceClass }) =>
      rds(
        `create-db-instance --db-instance-identifier ${id}-encrypted --db-cluster-identifier ${encrypted} --db-instance-class ${instanceClass} --engine ${engine} --no-publicly-accessible`,
      ),
    ),
    rds(`wait db-cluster-available --db-cluster-identifier ${encrypted}`),
    '# The endpoints go with the name, so that the names are swapped.',
    rds(
      `modify-db-cluster --db-cluster-identifier ${cluster} --new-db-cluster-identifier ${plain} --apply-immediately`,
    ),
    rds(`wait db-cluster-available --db-cluster-identifier ${plain}`),
    rds(
      `modify-db-cluster --db-cluster-identifier ${encrypted} --new-db-cluster-identifier ${cluster} --apply-immediately`,
    ),
    rds(`wait db-cluster-available --db-cluster-identifier ${cluster}`),
    `# Once all is well, delete the cluster ${plain} and the snapshot ${plain}: they are as readable as before.`,
  ];
}
