import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { whereOn } from '../../src/findings/public-access.ts';
import { bucketResource } from '../../src/findings/resources.ts';
import { need } from '../../src/model/fact.ts';
import type { PolicyStatement } from '../../src/model/policy.ts';
import { isPublic } from '../../src/policy/public.ts';
import { statementName } from '../../src/policy/statement.ts';
import type { Bucket } from '../../src/services/s3/facts.ts';

export default defineControl({
  id: 's3/public-policy',
  title: 'No bucket policy lets everyone in',
  severity: 'critical',
  rationale:
    'What a policy allows to everyone, anyone does without credentials: search engines and scanners find such buckets within hours. Encryption does not help, since S3 decrypts for whoever may read.',
  remediation:
    'Take the statement out of the policy, or name in it who may: accounts as principals, or aws:PrincipalOrgID, aws:SourceVpce and the like as a condition. RestrictPublicBuckets closes the bucket at once; BlockPublicPolicy only refuses new policies, and leaves the one that is there in force.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status',
  ],
  frameworks: {},
  needs: ['s3.buckets', 's3.accountPublicAccessBlock'],
  scope: 'region',
  messages: {
    noPolicy: 'The bucket has no policy.',
    closed: 'No statement of the bucket policy lets everyone in.',
    restricted: 'The policy would let everyone in by {statements}, but {where} keeps them out.',
    open: 'The policy lets everyone in by {statements}: {actions}.',
  },
  evaluate: audit => judgeBuckets(audit),
});

type Message = 'noPolicy' | 'closed' | 'restricted' | 'open';

const judgeBuckets = (audit: RegionAudit): Iterable<Outcome<Message>> =>
  judgeEach(
    audit.value('s3.buckets'),
    bucket => about(audit, bucket),
    bucket => judgeBucket(audit, bucket),
  );

const about = (audit: RegionAudit, bucket: Bucket) => ({
  resource: bucketResource(audit, bucket),
  ...heldFor(audit.baseline.encryption.s3.publicAccess),
});

function* judgeBucket(audit: RegionAudit, bucket: Bucket): Iterable<Outcome<Message>> {
  const own = about(audit, bucket);
  const policy = need(bucket.policy);
  if (policy === null) {
    yield { status: 'pass', ...own, message: 'noPolicy' };
    return;
  }
  const open = policy.statements.flatMap((statement, index) =>
    isPublic(statement) ? [{ statement, name: statementName(statement, index) }] : [],
  );
  if (open.length === 0) {
    yield { status: 'pass', ...own, message: 'closed' };
    return;
  }
  const statements = open.map(({ name }) => name).join(', ');
  const where = whereOn(audit, bucket, 'restrictPublicBuckets');
  if (where !== undefined) {
    yield { status: 'pass', ...own, message: 'restricted', data: { statements, where } };
    return;
  }
  const actions = [...new Set(open.flatMap(({ statement }) => actionsOf(statement.action)))].join(', ');
  yield { status: 'fail', ...own, message: 'open', data: { statements, actions } };
}

const actionsOf = ({ not, patterns }: PolicyStatement['action']): string[] =>
  not ? [`all but ${patterns.join(', ')}`] : patterns;
