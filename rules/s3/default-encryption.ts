import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { bucketResource } from '../../src/findings/resources.ts';
import { need } from '../../src/model/fact.ts';

export default defineControl({
  id: 's3/default-encryption',
  title: 'Every bucket encrypts new objects by default',
  severity: 'high',
  rationale:
    'An object that is stored plain is read by whoever gets at the disk, a copy or a backup of it. A default takes the decision away from each program that writes.',
  remediation:
    'Set a default encryption: aws s3api put-bucket-encryption. It replaces the rule that is there, and leaves the objects that are there as they are: copy them onto themselves to encrypt them.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html',
  ],
  frameworks: { 'pci-4.0': ['3.5.1'], 'nist-800-53-r5': ['SC-28', 'SC-13'] },
  needs: ['s3.buckets'],
  scope: 'region',
  messages: {
    encrypted: 'New objects are encrypted with {algorithm}.',
    plain: 'The bucket has no default encryption.',
    other: 'New objects are encrypted with {algorithm}, which the baseline does not name.',
  },
  evaluate: judgeBuckets,
});

function judgeBuckets(audit: RegionAudit): Iterable<Outcome<'encrypted' | 'plain' | 'other'>> {
  const row = audit.baseline.encryption.s3.buckets;
  const allowed: readonly string[] = row.algorithms;
  return judgeEach(
    audit.value('s3.buckets'),
    bucket => ({ resource: bucketResource(audit, bucket), ...heldFor(row) }),
    function* (bucket) {
      const encryption = need(bucket.encryption);
      const about = { resource: bucketResource(audit, bucket), ...heldFor(row) };
      const expected = allowed.join(', ');
      if (encryption === null) {
        yield { status: 'fail', ...about, message: 'plain', expected, actual: 'none' };
        return;
      }
      const { algorithm } = encryption;
      const told = { ...about, data: { algorithm }, expected, actual: algorithm };
      if (allowed.includes(algorithm)) yield { status: 'pass', ...told, message: 'encrypted' };
      else yield { status: 'fail', ...told, message: 'other' };
    },
  );
}
