import { bucketResource } from '../../findings/resources.ts';
import { known, need } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { policyState } from '../../policy/policy-state.ts';
import { withStatement } from '../../policy/with-statement.ts';
import {
  type BucketTerms,
  bucketChanges,
  bucketObject,
  bucketState,
  createBucket,
} from '../../services/s3/bucket/changes.ts';
import { withTlsOnly } from '../../services/s3/bucket-policy/changes.ts';
import type { Bucket } from '../../services/s3/facts.ts';
import { about, adopt, build, type Part, standIn, unbuilt } from './part.ts';
import type { Site } from './site.ts';
import { adoptableTrail, trailArn, trailBucketName } from './trail-adoption.ts';
import { keyOfTrail } from './trail-key.ts';

/** Stands for the bucket, where it is still to be created. */
export const NEW_BUCKET = standIn('trail-bucket');

/**
 * The bucket that the trail delivers to: one that takes from this trail alone, and only by TLS. AWS creates it closed to
 * the public. It keeps no versions: a file that was altered or deleted is told by the validation of the log, and what
 * nobody may alter at all takes S3 Object Lock, with a retention that is for people to choose.
 */
export function trailBucket(site: Site): Part {
  const { audit } = site;
  const name = trailBucketName(site);
  const trail = adoptableTrail(site);
  // That of a trail which is there is made again, where it is gone; what else such a trail delivers to is its owner's.
  if (trail !== undefined && (trail.bucket !== name || trail.arn !== trailArn(site))) return {};
  const live = audit.value('s3.buckets').find(bucket => bucket.name === name);
  return live === undefined ? newBucket(site, name) : completed(site, live);
}

function newBucket(site: Site, name: string): Part {
  const { audit, region } = site;
  const said = about(site, NEW_BUCKET, {
    component: 'trail-bucket',
    name,
    title: `create the bucket ${name}, closed to the public`,
  });
  const bare = { name, tags: {}, policy: null, key: null };
  const wanted = wantedTerms(site, { ...bare, tags: said.tags });
  const place = { region, account: audit.account, bucket: NEW_BUCKET };
  return build(site, {
    id: NEW_BUCKET,
    title: `create the bucket of the trail, ${name}`,
    resource: { ...bucketResource(audit, { name }), id: NEW_BUCKET, name },
    changes: [createBucket(name, audit.account, said), ...bucketChanges(place, NEW_BUCKET, bare, wanted)],
    facts: {
      's3.buckets': known([...audit.value('s3.buckets'), bucketFacts(wanted)]),
      's3.publicGrants': known([...audit.value('s3.publicGrants'), { bucket: name, grants: known([]) }]),
    },
  });
}

/** One that a plan created, or that a run which was cut off left bare; another one is somebody's. Throws UnknownFact. */
function completed(site: Site, live: Bucket): Part {
  const { audit, region } = site;
  const { name } = live;
  const now = {
    name,
    tags: need(live.tags),
    policy: need(live.policy)?.text ?? null,
    key: need(live.encryption)?.key ?? null,
  };
  const isOurs = now.tags['securecart:managed'] === 'true';
  const isBare = Object.keys(now.tags).length === 0 && now.policy === null;
  const resource = bucketResource(audit, live);
  if (!isOurs && !isBare) {
    const detail =
      'It has the name of the bucket that the trail would deliver to, and no plan created it. Name another as cloudTrail.bucket of the baseline.';
    return { leftAlone: [unbuilt(site, resource, 'ambiguous', detail)] };
  }
  const change = `s3/${name}`;
  const said = about(site, change, { component: 'trail-bucket', name, title: '' });
  const wanted = wantedTerms(site, isOurs ? now : { ...now, tags: said.tags });
  const place = { region, account: audit.account, bucket: name };
  const others = audit.value('s3.buckets').filter(other => other !== live);
  return {
    ...adopt(site, 'bucket of the trail', name),
    ...build(site, {
      id: `${change}/mend`,
      title: `finish the bucket of the trail, ${name}`,
      resource,
      changes: bucketChanges(place, change, now, wanted),
      fingerprints: [{ object: bucketObject(place), state: bucketState(now) }],
      facts: { 's3.buckets': known([...others, { ...live, ...bucketFacts(wanted) }]) },
    }),
  };
}

/** What is set on it, beside what its policy says already. A trail that is there keeps the key that its bucket has. */
function wantedTerms(site: Site, now: BucketTerms): BucketTerms {
  const { audit } = site;
  const { arn } = bucketResource(audit, now);
  const policy = [aclCheck(site, arn), delivery(site, arn)].reduce<string | null>(withStatement, now.policy);
  const full = withTlsOnly(policy, arn);
  const key = keyOfTrail(site);
  const isSaid = JSON.stringify(policyState(full)) === JSON.stringify(policyState(now.policy));
  return {
    ...now,
    policy: isSaid ? now.policy : full,
    key: key === undefined ? now.key : audit.arnOf('kms', audit.account, `key/${key.id}`),
  };
}

/** CloudTrail looks at the ACL of the bucket before it delivers (the CloudTrail user guide, on bucket policies). */
const aclCheck = (site: Site, arn: string): JsonObject => ({
  Sid: 'SecureCartTrailLooks',
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: 's3:GetBucketAcl',
  Resource: arn,
  Condition: { StringEquals: { 'aws:SourceArn': trailArn(site) } },
});

/** Without aws:SourceArn, a stranger's trail could deliver here too. */
const delivery = (site: Site, arn: string): JsonObject => ({
  Sid: 'SecureCartTrailDelivers',
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: `${arn}/AWSLogs/${site.audit.account}/*`,
  Condition: {
    StringEquals: {
      's3:x-amz-acl': 'bucket-owner-full-control',
      'aws:SourceArn': trailArn(site),
    },
  },
});

/** The bucket as it is once all of that is set. */
function bucketFacts({ name, tags, policy: text, key }: BucketTerms): Bucket {
  const policy = text === null ? undefined : parsePolicy(text);
  if (text === null || policy === undefined)
    throw new Error("the policy of a bucket is not of IAM's grammar");
  const on = {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  };
  return {
    name,
    encryption: known({
      algorithm: key === null ? 'AES256' : 'aws:kms',
      ...(key !== null && { key }),
      bucketKey: false,
    }),
    blockedEncryption: known(['SSE-C']),
    publicAccessBlock: known(on),
    policy: known({ ...policy, text }),
    tags: known({ ...tags }),
  };
}
