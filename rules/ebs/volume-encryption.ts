import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { volumeResource } from '../../src/findings/resources.ts';
import { shellWord } from '../../src/findings/shell-word.ts';
import type { Volume } from '../../src/services/ebs/facts.ts';

export default defineControl({
  id: 'ebs/volume-encryption',
  title: 'Every volume is encrypted',
  severity: 'high',
  rationale:
    'Encryption by default does nothing for a volume from before: it stays plain, and so does every snapshot of it, attached or forgotten.',
  remediation:
    'A volume cannot be encrypted in place: make an encrypted one from a snapshot of it, as the runbook says, and put it in its place. The instance stands still meanwhile. What an Auto Scaling group launched is better replaced by an instance from an encrypted image.',
  runbook: replaceByEncryptedVolume('REGION', {
    id: 'VOLUME',
    zone: 'ZONE',
    attachments: [{ instance: 'INSTANCE', device: 'DEVICE' }],
  }),
  sources: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html#encrypt-unencrypted',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-3',
  ],
  frameworks: { fsbp: ['EC2.3'], 'pci-4.0': ['3.5.1'] },
  needs: ['ebs.volumes'],
  scope: 'region',
  messages: {
    encrypted: 'The volume is encrypted.',
    plain: 'The volume is not encrypted, and cannot be encrypted in place: the runbook replaces it.',
  },
  evaluate: judgeVolumes,
});

/** Attached or not: a volume that nobody uses is still read by whoever attaches it. */
function* judgeVolumes(audit: RegionAudit): Iterable<Outcome<'encrypted' | 'plain'>> {
  const row = audit.baseline.encryption.ebs.volumes;
  if (!row.encrypted) return;
  for (const volume of audit.value('ebs.volumes')) {
    const about = { resource: volumeResource(audit, volume), ...heldFor(row) };
    const runbook = replaceByEncryptedVolume(audit.region, volume);
    if (volume.encrypted) yield { status: 'pass', ...about, message: 'encrypted' };
    else yield { status: 'fail', ...about, message: 'plain', runbook };
  }
}

function replaceByEncryptedVolume(
  region: string,
  { id, zone, attachments }: Pick<Volume, 'id' | 'zone' | 'attachments'>,
): string[] {
  const ec2 = (command: string) => `aws ec2 ${command} --region ${region}`;
  const instances = attachments.map(({ instance }) => instance).join(' ');
  const swapped = attachments.length > 0;
  return [
    ...(swapped
      ? [
          '# The instances stand still from here to the end, so that nothing is written after the snapshot.',
          ec2(`stop-instances --instance-ids ${instances}`),
          ec2(`wait instance-stopped --instance-ids ${instances}`),
        ]
      : []),
    `SNAPSHOT=$(${ec2(`create-snapshot --volume-id ${id} --query SnapshotId --output text`)})`,
    ec2('wait snapshot-completed --snapshot-ids $SNAPSHOT'),
    '# Without --kms-key-id the default key of the Region encrypts it. Name type, size and IOPS where they are not the usual ones.',
    `VOLUME=$(${ec2(`create-volume --snapshot-id $SNAPSHOT --availability-zone ${zone} --encrypted --query VolumeId --output text`)})`,
    ec2('wait volume-available --volume-ids $VOLUME'),
    ...(swapped
      ? [ec2(`detach-volume --volume-id ${id}`), ec2(`wait volume-available --volume-ids ${id}`)]
      : []),
    ...attachments.map(({ instance, device }) =>
      ec2(`attach-volume --volume-id $VOLUME --instance-id ${instance} --device ${shellWord(device)}`),
    ),
    ...(swapped ? [ec2(`start-instances --instance-ids ${instances}`)] : []),
    '# Once all is well, delete what is plain:',
    ec2(`delete-volume --volume-id ${id}`),
    ec2('delete-snapshot --snapshot-id $SNAPSHOT'),
  ];
}
