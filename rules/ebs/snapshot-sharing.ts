import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { snapshotResource } from '../../src/findings/resources.ts';

export default defineControl({
  id: 'ebs/snapshot-sharing',
  title: 'No snapshot of a volume is public',
  severity: 'critical',
  rationale:
    'Of a public snapshot everyone makes a disk and reads it: keys, configuration, data. EC2 lists all public snapshots to whoever asks, and people look through them.',
  remediation:
    'aws ec2 modify-snapshot-attribute --snapshot-id SNAPSHOT --attribute createVolumePermission --operation-type remove --group-names all, and for all of a Region aws ec2 enable-snapshot-block-public-access --state block-all-sharing. What was copied before stays copied: take its secrets for known.',
  sources: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-1',
  ],
  frameworks: { fsbp: ['EC2.1'] },
  needs: ['ebs.snapshots', 'ebs.publicSnapshots', 'ebs.snapshotBlockPublicAccess'],
  scope: 'region',
  messages: {
    private: 'The snapshot is not public.',
    public: 'Everyone may make a volume of the snapshot.',
    held: 'The snapshot is shared with everyone, and private only as long as the Region blocks all public sharing.',
  },
  evaluate: judgeSnapshots,
});

/**
 * Public ones alone: with which single accounts a snapshot is shared takes a call for each snapshot. A block of new
 * sharing leaves what is public as it is; only a block of all sharing makes it private.
 */
function* judgeSnapshots(audit: RegionAudit): Iterable<Outcome<'private' | 'public' | 'held'>> {
  const row = audit.baseline.encryption.ebs.snapshots;
  const isPublic = new Set(audit.value('ebs.publicSnapshots'));
  const block = audit.value('ebs.snapshotBlockPublicAccess');
  for (const snapshot of audit.value('ebs.snapshots')) {
    const about = { resource: snapshotResource(audit, snapshot), ...heldFor(row) };
    const severity = row.severity ?? 'low';
    if (!isPublic.has(snapshot.id)) yield { status: 'pass', ...about, message: 'private' };
    else if (block === 'block-all-sharing') yield { status: 'fail', ...about, severity, message: 'held' };
    else yield { status: 'fail', ...about, message: 'public', actual: `public; the Region is ${block}` };
  }
}
