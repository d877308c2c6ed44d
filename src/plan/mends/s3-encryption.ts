import { bucketResource } from '../../findings/resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import {
  encryptionObject,
  encryptionState,
  putEncryption,
} from '../../services/s3/bucket-encryption/changes.ts';
import type { BucketPlace } from '../../services/s3/calls.ts';
import type { Bucket, BucketEncryption } from '../../services/s3/facts.ts';
import { leave, unlessManaged } from '../leave.ts';
import { causeOf, NOTHING, type Proposal, type Scene } from '../scene.ts';

/** The control of the buckets that are to be under a key of the account. */
export const customerKey = 's3/customer-key';

/** Sets a bucket's default encryption. Which key of the account is right for its readers is for people to say. Throws UnknownFact. */
export function encryptBucket(
  scene: Scene,
  bucket: Bucket,
  place: BucketPlace,
  failing: readonly Finding[],
): Proposal {
  const { audit, region } = scene;
  const about = { region, resource: bucketResource(audit, bucket), for: failing.map(causeOf) };
  const now = need(bucket.encryption);
  const from = { byDefault: now, blocked: need(bucket.blockedEncryption) };
  const isSensitive = failing.some(({ control }) => control === customerKey);
  const to = isSensitive ? underOwnKey(scene, now) : byDefault(scene);
  if (to === undefined) {
    const alias = scene.audit.baseline.encryption.key?.alias;
    const ours =
      alias === undefined ? '' : `, such as the baseline's (aws kms describe-key --key-id ${alias})`;
    const detail = `It names no usable key of the account, and which one its readers may decrypt with is not known here. Choose one${ours}, then: aws s3api put-bucket-encryption --bucket ${bucket.name} --server-side-encryption-configuration … with its ARN and BucketKeyEnabled true.`;
    return leave(about, 'no-mend', detail);
  }
  const change = putEncryption(place, from, to);
  const usesKms = to.algorithm !== 'AES256';
  return unlessManaged(scene, about, need(bucket.tags), owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: change.id,
        title: `set the default encryption of ${bucket.name}`,
        risk: usesKms ? 'review' : 'safe',
        ...(usesKms && {
          disruption:
            'Objects that are there stay as they are. With a bucket key, KMS is told the ARN of the bucket and no more of the object: a key policy or a grant that asks for the object refuses.',
          cost: `KMS charges the requests of ${bucket.name} that the bucket key does not spare`,
        }),
        changes: [change],
      },
    ],
    fingerprints: [{ object: encryptionObject(place), state: encryptionState(from) }],
  }));
}

/** The first of the baseline's algorithms, those without KMS before those with it, which cost and need permissions. */
function byDefault({ audit, region }: Scene): BucketEncryption {
  const { algorithms } = audit.baseline.encryption.s3.buckets;
  const [first = 'AES256'] = algorithms.includes('AES256') ? [] : algorithms;
  if (first === 'AES256') return { algorithm: first, bucketKey: false };
  const key = `arn:${audit.partition}:kms:${region}:${audit.account}:alias/aws/s3`;
  return { algorithm: first, key, bucketKey: first === 'aws:kms' };
}

/** The key that the bucket names already, where it is a usable one of the account, in the form that the baseline asks for. Throws UnknownFact. */
function underOwnKey({ audit }: Scene, now: BucketEncryption | null): BucketEncryption | undefined {
  const { algorithms, bucketKey } = audit.baseline.encryption.s3.sensitive;
  if (now?.key === undefined || /(^|:)alias\/aws\//.test(now.key)) return undefined;
  const found = audit.value('kms.keys').find(({ name }) => name === now.key);
  const live = found && need(found.key);
  const isOwn =
    live?.manager === 'CUSTOMER' && live.state === 'Enabled' && live.arn.split(':')[4] === audit.account;
  if (!isOwn) return undefined;
  const algorithm = algorithms.find(one => one === now.algorithm) ?? algorithms.find(one => one !== 'AES256');
  if (algorithm === undefined) return undefined;
  // S3 has no bucket keys for two layers of encryption.
  return { algorithm, key: now.key, bucketKey: algorithm === 'aws:kms' && (bucketKey || now.bucketKey) };
}
