import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { openSettings } from '../../src/findings/public-access.ts';
import { bucketResource } from '../../src/findings/resources.ts';
import { need } from '../../src/model/fact.ts';

export default defineControl({
  id: 's3/bucket-public-access-block',
  title: 'Every bucket blocks public access',
  severity: 'high',
  rationale:
    "A bucket's own block holds whatever becomes of the account's: whoever turns that off for one website opens every bucket that leaned on it.",
  remediation:
    'Check that nobody reads the bucket without credentials, then: aws s3api put-public-access-block --bucket BUCKET --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8',
  ],
  frameworks: { fsbp: ['S3.8'], 'cis-5.0': ['2.1.4'] },
  needs: ['s3.buckets', 's3.accountPublicAccessBlock'],
  scope: 'region',
  messages: {
    blocked: 'All four settings are on.',
    open: 'Off in the bucket: {settings}.',
    covered:
      "Off in the bucket: {settings}. The account's own settings stand in for them, as long as they are on.",
  },
  evaluate: judgeBuckets,
});

/** Each bucket by itself, as the baseline asks; where the account's settings stand in, nothing is open now. */
function* judgeBuckets(audit: RegionAudit): Iterable<Outcome<'blocked' | 'open' | 'covered'>> {
  const row = audit.baseline.encryption.s3.publicAccess;
  if (!row.blockBuckets) return;
  yield* judgeEach(
    audit.value('s3.buckets'),
    bucket => ({ resource: bucketResource(audit, bucket), ...heldFor(row) }),
    function* (bucket) {
      const about = { resource: bucketResource(audit, bucket), ...heldFor(row) };
      const open = openSettings(need(bucket.publicAccessBlock));
      if (open.length === 0) {
        yield { status: 'pass', ...about, message: 'blocked' };
        return;
      }
      const openInAccount = new Set(openSettings(audit.value('s3.accountPublicAccessBlock')));
      const data = { settings: open.join(', ') };
      if (open.some(setting => openInAccount.has(setting)))
        yield { status: 'fail', ...about, message: 'open', data };
      else yield { status: 'fail', ...about, severity: row.severity ?? 'low', message: 'covered', data };
    },
  );
}
