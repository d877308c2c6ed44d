import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { whereOn } from '../../src/findings/public-access.ts';
import { bucketResource } from '../../src/findings/resources.ts';
import { need } from '../../src/model/fact.ts';
import type { Bucket } from '../../src/services/s3/facts.ts';

export default defineControl({
  id: 's3/public-acl',
  title: 'No bucket ACL grants everyone anything',
  severity: 'critical',
  rationale:
    'A grant to everyone lists what is in the bucket to whoever asks, or lets them write into it. "Everyone with an AWS account" is everyone: an account costs nothing.',
  remediation:
    'aws s3api put-bucket-acl --bucket BUCKET --acl private. Where nobody needs ACLs, BucketOwnerEnforced as the object ownership turns off those of the bucket and of its objects. IgnorePublicAcls makes S3 ignore them at once; BlockPublicAcls only refuses new ones.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee-predefined-groups',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  ],
  frameworks: {},
  needs: ['s3.buckets', 's3.publicGrants', 's3.accountPublicAccessBlock'],
  scope: 'region',
  messages: {
    closed: 'No grant of the bucket ACL is to everyone.',
    ignored: 'The bucket ACL grants {grants}, but {where} makes S3 ignore it.',
    open: 'The bucket ACL grants {grants}.',
  },
  evaluate: judgeBuckets,
});

type Message = 'closed' | 'ignored' | 'open';

const about = (audit: RegionAudit, bucket: Bucket) => ({
  resource: bucketResource(audit, bucket),
  ...heldFor(audit.baseline.encryption.s3.publicAccess),
});

/** Of the buckets alone: what the ACLs of their objects grant takes a call for each object. */
function judgeBuckets(audit: RegionAudit): Iterable<Outcome<Message>> {
  const all = audit.value('s3.publicGrants');
  return judgeEach(
    audit.value('s3.buckets'),
    bucket => about(audit, bucket),
    bucket => {
      const found = all.find(grant => grant.bucket === bucket.name);
      const grants = need(found?.grants ?? { kind: 'unknown', reason: notRead }).join(', ');
      return [judge(audit, bucket, grants)];
    },
  );
}

const notRead = { kind: 'not-read', call: 's3:GetBucketAcl' } as const;

function judge(audit: RegionAudit, bucket: Bucket, grants: string): Outcome<Message> {
  const own = about(audit, bucket);
  if (grants === '') return { status: 'pass', ...own, message: 'closed' };
  const where = whereOn(audit, bucket, 'ignorePublicAcls');
  if (where === undefined) return { status: 'fail', ...own, message: 'open', data: { grants } };
  return { status: 'pass', ...own, message: 'ignored', data: { grants, where } };
}
