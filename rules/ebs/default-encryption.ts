import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { regionResource } from '../../src/findings/resources.ts';

export default defineControl({
  id: 'ebs/default-encryption',
  title: 'EBS encrypts every new volume by default, in every Region',
  severity: 'high',
  rationale:
    'Without it a volume is as plain as whoever made it forgot. The default belongs to one Region: an account that is sound at home makes plain disks in the Region where somebody tries something out.',
  remediation:
    'aws ec2 enable-ebs-encryption-by-default --region REGION, in each Region. It changes no volume that is there; whoever launches instances must be allowed to use the key.',
  sources: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-7',
  ],
  frameworks: { fsbp: ['EC2.7'], 'cis-5.0': ['5.1.1'], 'nist-800-53-r5': ['SC-28'] },
  needs: ['ebs.encryptionByDefault'],
  scope: 'region',
  messages: {
    on: 'Every new volume is encrypted.',
    off: 'A new volume is plain unless whoever makes it asks otherwise.',
  },
  evaluate: judgeRegion,
});

function* judgeRegion(audit: RegionAudit): Iterable<Outcome<'on' | 'off'>> {
  const row = audit.baseline.encryption.ebs.default;
  if (!row.encrypted) return;
  const about = { resource: regionResource(audit), ...heldFor(row) };
  yield audit.value('ebs.encryptionByDefault')
    ? { status: 'pass', ...about, message: 'on' }
    : { status: 'fail', ...about, message: 'off' };
}
