import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { snapshotResource } from '../../src/findings/resources.ts';
import { type Fact, need } from '../../src/model/fact.ts';
import type { Resource } from '../../src/model/finding.ts';
import type { VolumeSnapshot } from '../../src/services/ebs/facts.ts';

export default defineControl({
  id: 'ebs/snapshot-sharing',
  title: 'No snapshot of a volume is in the hands of others',
  severity: 'critical',
  rationale:
    'Whoever may make a disk of a snapshot reads all that is on it, keys, configuration and data, in an account where nobody watches. EC2 lists all public snapshots to whoever asks, and people look through them.',
  remediation:
    'aws ec2 modify-snapshot-attribute --snapshot-id SNAPSHOT --attribute createVolumePermission --operation-type remove --group-names all (or --user-ids ACCOUNT), and for all of a Region aws ec2 enable-snapshot-block-public-access --state block-all-sharing. What was copied before stays copied: take its secrets for known.',
  sources: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-1',
  ],
  frameworks: { fsbp: ['EC2.1'] },
  needs: ['ebs.snapshots', 'ebs.publicSnapshots', 'ebs.snapshotSharing', 'ebs.snapshotBlockPublicAccess'],
  scope: 'region',
  messages: {
    private: 'Nobody else may make a volume of the snapshot.',
    public: 'Everyone may make a volume of the snapshot.',
    shared: 'Other accounts may make volumes of the snapshot: {accounts}.',
    held: 'The snapshot is shared with everyone, and private only as long as the Region blocks all public sharing.',
  },
  evaluate: judgeSnapshots,
});

type Message = 'private' | 'public' | 'shared' | 'held';

function* judgeSnapshots(audit: RegionAudit): Iterable<Outcome<Message>> {
  const about = (snapshot: VolumeSnapshot) => ({
    resource: snapshotResource(audit, snapshot),
    ...heldFor(audit.baseline.encryption.ebs.snapshots),
  });
  const isPublic = new Set(audit.value('ebs.publicSnapshots'));
  const block = audit.value('ebs.snapshotBlockPublicAccess');
  const accountsOf = sharingOf(audit);
  yield* judgeEach(audit.value('ebs.snapshots'), about, function* (snapshot) {
    const { id } = snapshot;
    const told = about(snapshot);
    yield isPublic.has(id) ? judgePublic(told, block, accountsOf(id)) : judgePrivate(told, accountsOf(id));
  });
}

type About = ReturnType<typeof heldFor> & { resource: Resource };

/** Which other accounts a snapshot is shared with; what is public is judged though that cannot be told. */
function sharingOf(audit: RegionAudit): (id: string) => Fact<string[]> {
  const sharing = audit.fact('ebs.snapshotSharing');
  if (sharing.kind === 'unknown') return () => sharing;
  const known = new Map(sharing.value.map(({ snapshot, accounts }) => [snapshot, accounts]));
  return id =>
    known.get(id) ?? { kind: 'unknown', reason: { kind: 'not-read', call: 'ec2:DescribeSnapshotAttribute' } };
}

/** A block of new sharing leaves what is public as it is; only a block of all sharing makes it private. */
function judgePublic(about: About, block: string, accounts: Fact<string[]>): Outcome<Message> {
  if (block !== 'block-all-sharing')
    return { status: 'fail', ...about, message: 'public', actual: `public; the Region is ${block}` };
  if (need(accounts).length > 0) return judgePrivate(about, accounts);
  return { status: 'fail', ...about, severity: about.severity ?? 'low', message: 'held' };
}

function judgePrivate(about: About, shared: Fact<string[]>): Outcome<Message> {
  const accounts = need(shared).join(', ');
  if (accounts === '') return { status: 'pass', ...about, message: 'private' };
  const severity = about.severity ?? 'high';
  return { status: 'fail', ...about, severity, message: 'shared', actual: accounts, data: { accounts } };
}
