import { heldFor } from '../../src/findings/baseline-item.ts';
import {
  type AccountAudit,
  defineControl,
  type Outcome,
  type RegionAudit,
} from '../../src/findings/control.ts';
import { whereOn } from '../../src/findings/public-access.ts';
import {
  judgeTheTrail,
  noTrailMessages,
  type SeenTrail,
  trailResource,
} from '../../src/findings/trail/judged-trail.ts';
import { need } from '../../src/model/fact.ts';
import type { PolicyStatement } from '../../src/model/policy.ts';
import { isPublic } from '../../src/policy/public.ts';
import { coversAction, statementName } from '../../src/policy/statement.ts';
import type { TrailBucket } from '../../src/services/s3/facts.ts';

export default defineControl({
  id: 'cloudtrail/log-bucket',
  title: 'The bucket of the log is there, and nobody from outside reads or deletes it',
  severity: 'critical',
  rationale:
    'The log is a map of the account for whoever reads it, and the only witness of what was done in it. Who may delete its files deletes the trace; and a name that belongs to no bucket is free for anybody to take, with all that is delivered to it.',
  remediation:
    'Close the bucket with s3/bucket-public-access-block (securecart fix), and take the statement or the grant out that lets everyone in. Where the bucket is gone, make it again, or another one, with the policy that CloudTrail needs, and let the trail deliver there: aws cloudtrail update-trail --name NAME --s3-bucket-name BUCKET.',
  sources: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-6',
  ],
  frameworks: { fsbp: ['CloudTrail.6'] },
  needs: [
    'cloudtrail.trails',
    's3.buckets',
    's3.publicGrants',
    's3.accountPublicAccessBlock',
    's3.trailBuckets',
  ],
  scope: 'account',
  messages: {
    ...noTrailMessages,
    fine: 'Nobody from outside gets at {bucket}.',
    gone: 'There is no bucket {bucket}: nothing is logged, and whoever makes one of that name gets the files if its policy takes them.',
    policy: 'The policy of {bucket} lets everyone in by {statements}.',
    deletable: 'The policy of {bucket} lets everyone delete the log by {statements}.',
    acl: 'The ACL of {bucket} grants {grants}.',
  },
  evaluate: judgeAccount,
});

type Message = 'noTrail' | 'fine' | 'gone' | 'policy' | 'deletable' | 'acl';

function judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  return judgeTheTrail(audit, seen => judge(audit, seen));
}

function* judge(
  { baseline, regions }: AccountAudit,
  { trail, audit }: SeenTrail,
): Iterable<Outcome<Message>> {
  const held = heldFor(baseline.cloudTrail.files);
  const about = { resource: trailResource(trail), region: audit.region, ...held };
  const { bucket: name } = trail;
  const found = bucketOf(regions, audit, name);
  if (found === null) {
    yield {
      status: 'fail',
      ...about,
      severity: 'high',
      key: 'gone',
      message: 'gone',
      data: { bucket: name },
    };
    return;
  }
  const ways = waysIn(audit, name, found);
  for (const way of ways) yield { status: 'fail', ...about, ...way };
  if (ways.length === 0) yield { status: 'pass', ...about, message: 'fine', data: { bucket: name } };
}

type Found = NonNullable<Extract<TrailBucket['bucket'], { kind: 'known' }>['value']>;
type Way = { key: string; message: Message; data: Record<string, string> };

/** A bucket of the account in a Region that was read, or one that was looked for elsewhere; null where it is gone. Throws UnknownFact. */
function bucketOf(regions: readonly RegionAudit[], seen: RegionAudit, name: string): Found | null {
  for (const audit of regions) {
    const own = audit.value('s3.buckets').find(bucket => bucket.name === name);
    if (own === undefined) continue;
    const grants = audit.value('s3.publicGrants').find(({ bucket }) => bucket === name);
    return { ...own, grants: grants?.grants ?? notRead };
  }
  return need(seen.value('s3.trailBuckets').find(bucket => bucket.name === name)?.bucket ?? notRead);
}

const notRead = {
  kind: 'unknown',
  reason: { kind: 'not-read', call: 's3:GetBucketPolicy' },
} as const;

/** By what strangers get at a bucket. Throws UnknownFact. */
function waysIn(audit: RegionAudit, bucket: string, found: Found): Way[] {
  const open = (need(found.policy)?.statements ?? []).flatMap((statement, index) =>
    isPublic(statement) ? [{ statement, name: statementName(statement, index) }] : [],
  );
  const grants = need(found.grants).join(', ');
  const isKept = (setting: 'restrictPublicBuckets' | 'ignorePublicAcls') =>
    whereOn(audit, found, setting) !== undefined;
  const way = (message: 'policy' | 'deletable', of: typeof open): Way[] => {
    const statements = of.map(({ name }) => name).join(', ');
    return of.length === 0 ? [] : [{ key: message, message, data: { bucket, statements } }];
  };
  const byPolicy = open.length === 0 || isKept('restrictPublicBuckets') ? [] : open;
  return [
    ...way(
      'deletable',
      byPolicy.filter(({ statement }) => deletes(statement)),
    ),
    ...way(
      'policy',
      byPolicy.filter(({ statement }) => !deletes(statement)),
    ),
    ...(grants === '' || isKept('ignorePublicAcls')
      ? []
      : [{ key: 'acl', message: 'acl' as const, data: { bucket, grants } }]),
  ];
}

const deletes = (statement: PolicyStatement): boolean =>
  ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutLifecycleConfiguration'].some(action =>
    coversAction(statement, action),
  );
