import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { databaseResource } from '../../src/findings/resources.ts';
import { need } from '../../src/model/fact.ts';
import type { DbSnapshot } from '../../src/services/rds/facts.ts';

export default defineControl({
  id: 'rds/snapshot-sharing',
  title: 'No snapshot of a database is in the hands of others',
  severity: 'critical',
  rationale:
    'Whoever may restore a snapshot has the whole database in an account where nobody watches. Public snapshots are listed by an API call, and are searched for.',
  remediation:
    'Take the sharing back: aws rds modify-db-snapshot-attribute --db-snapshot-identifier SNAPSHOT --attribute-name restore --values-to-remove all (or an account; modify-db-cluster-snapshot-attribute for a cluster). What was copied before stays copied: take its secrets for known.',
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-1',
  ],
  frameworks: { fsbp: ['RDS.1'] },
  needs: ['rds.snapshots'],
  scope: 'region',
  messages: {
    private: 'Nobody else may restore the snapshot.',
    public: 'Everyone may restore the snapshot.',
    shared: 'Other accounts may restore the snapshot: {accounts}.',
  },
  evaluate: judgeSnapshots,
});

function judgeSnapshots(audit: RegionAudit): Iterable<Outcome<'private' | 'public' | 'shared'>> {
  const row = audit.baseline.encryption.rds.snapshots;
  const about = (snapshot: DbSnapshot) => ({
    resource: databaseResource(snapshot.of === 'cluster' ? 'DBClusterSnapshot' : 'DBSnapshot', snapshot),
    ...heldFor(row),
  });
  return judgeEach(audit.value('rds.snapshots'), about, function* (snapshot) {
    const sharedWith = need(snapshot.sharedWith);
    const told = { ...about(snapshot), actual: sharedWith.join(', ') };
    const accounts = sharedWith.filter(account => account !== 'all').join(', ');
    if (sharedWith.length === 0) yield { status: 'pass', ...about(snapshot), message: 'private' };
    else if (sharedWith.includes('all')) yield { status: 'fail', ...told, message: 'public' };
    else {
      const severity = row.severity ?? 'high';
      yield { status: 'fail', ...told, severity, message: 'shared', data: { accounts } };
    }
  });
}
