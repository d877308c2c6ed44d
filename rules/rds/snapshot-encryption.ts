import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { databaseResource } from '../../src/findings/resources.ts';
import type { DbSnapshot } from '../../src/services/rds/facts.ts';

export default defineControl({
  id: 'rds/snapshot-encryption',
  title: 'Every snapshot of a database is encrypted',
  severity: 'high',
  rationale:
    'A snapshot outlives its database, and is the whole of it. Encrypting the database later leaves its old snapshots plain, and of a plain one anyone whom it is shared with makes a database.',
  remediation:
    'A snapshot cannot be encrypted in place: make an encrypted copy, as the runbook says, and delete the plain one.',
  runbook: replaceByEncryptedCopy('instance', 'SNAPSHOT', 'REGION'),
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-4',
  ],
  frameworks: { fsbp: ['RDS.4'], 'pci-4.0': ['3.5.1'] },
  needs: ['rds.snapshots'],
  scope: 'region',
  messages: {
    encrypted: 'The snapshot is encrypted.',
    plain: 'The snapshot is not encrypted, and cannot be encrypted in place: the runbook replaces it.',
  },
  evaluate: judgeSnapshots,
});

function* judgeSnapshots(audit: RegionAudit): Iterable<Outcome<'encrypted' | 'plain'>> {
  const row = audit.baseline.encryption.rds.snapshots;
  if (!row.encrypted) return;
  for (const snapshot of audit.value('rds.snapshots')) {
    const type = snapshot.of === 'cluster' ? 'DBClusterSnapshot' : 'DBSnapshot';
    const about = { resource: databaseResource(type, snapshot), ...heldFor(row) };
    const runbook = replaceByEncryptedCopy(snapshot.of, snapshot.id, audit.region);
    if (snapshot.encrypted) yield { status: 'pass', ...about, message: 'encrypted' };
    else yield { status: 'fail', ...about, message: 'plain', runbook };
  }
}

/** RDS encrypts while it copies an instance's snapshot; a cluster's only while it restores it. */
function replaceByEncryptedCopy(of: DbSnapshot['of'], snapshot: string, region: string): string[] {
  const rds = (command: string) => `aws rds ${command} --region ${region}`;
  const encrypted = `${snapshot}-encrypted`;
  return of === 'instance'
    ? [
        rds(
          `copy-db-snapshot --source-db-snapshot-identifier ${snapshot} --target-db-snapshot-identifier ${encrypted} --kms-key-id alias/aws/rds --copy-tags`,
        ),
        rds(`wait db-snapshot-available --db-snapshot-identifier ${encrypted}`),
        rds(`delete-db-snapshot --db-snapshot-identifier ${snapshot}`),
      ]
    : [
        `# RDS does not encrypt a copy of this: restore it with --kms-key-id, and take a snapshot of that cluster.`,
        `ENGINE=$(${rds(`describe-db-cluster-snapshots --db-cluster-snapshot-identifier ${snapshot} --query "DBClusterSnapshots[0].Engine" --output text`)})`,
        rds(
          `restore-db-cluster-from-snapshot --db-cluster-identifier ${encrypted} --snapshot-identifier ${snapshot} --engine $ENGINE --kms-key-id alias/aws/rds`,
        ),
        rds(`wait db-cluster-available --db-cluster-identifier ${encrypted}`),
        rds(
          `create-db-cluster-snapshot --db-cluster-identifier ${encrypted} --db-cluster-snapshot-identifier ${encrypted}`,
        ),
        rds(`wait db-cluster-snapshot-available --db-cluster-snapshot-identifier ${encrypted}`),
        rds(`delete-db-cluster --db-cluster-identifier ${encrypted} --skip-final-snapshot`),
        rds(`delete-db-cluster-snapshot --db-cluster-snapshot-identifier ${snapshot}`),
      ];
}
