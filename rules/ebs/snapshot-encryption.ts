import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { snapshotResource } from '../../src/findings/resources.ts';

export default defineControl({
  id: 'ebs/snapshot-encryption',
  title: 'Every snapshot of a volume is encrypted',
  severity: 'high',
  rationale:
    'A snapshot is the whole disk, and stays long after it. A plain one can be made public with one call; an encrypted one cannot.',
  remediation:
    'A snapshot cannot be encrypted in place: make an encrypted copy, as the runbook says, and delete the plain one. One that an image (AMI) uses cannot be deleted before the image is deregistered.',
  runbook: replaceByEncryptedCopy('REGION', 'SNAPSHOT'),
  sources: ['https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html'],
  frameworks: {},
  needs: ['ebs.snapshots'],
  scope: 'region',
  messages: {
    encrypted: 'The snapshot is encrypted.',
    plain: 'The snapshot is not encrypted, and cannot be encrypted in place: the runbook replaces it.',
  },
  evaluate: judgeSnapshots,
});

function* judgeSnapshots(audit: RegionAudit): Iterable<Outcome<'encrypted' | 'plain'>> {
  const row = audit.baseline.encryption.ebs.snapshots;
  if (!row.encrypted) return;
  for (const snapshot of audit.value('ebs.snapshots')) {
    const about = { resource: snapshotResource(audit, snapshot), ...heldFor(row) };
    const runbook = replaceByEncryptedCopy(audit.region, snapshot.id);
    if (snapshot.encrypted) yield { status: 'pass', ...about, message: 'encrypted' };
    else yield { status: 'fail', ...about, message: 'plain', runbook };
  }
}

function replaceByEncryptedCopy(region: string, snapshot: string): string[] {
  const ec2 = (command: string) => `aws ec2 ${command} --region ${region}`;
  return [
    `COPY=$(${ec2(`copy-snapshot --source-region ${region} --source-snapshot-id ${snapshot} --encrypted --query SnapshotId --output text`)})`,
    ec2('wait snapshot-completed --snapshot-ids $COPY'),
    ec2(`delete-snapshot --snapshot-id ${snapshot}`),
  ];
}
