import type { Finding } from '../../model/finding.ts';
import type { Bucket } from '../../services/s3/facts.ts';
import { unlessUnknown } from '../leave.ts';
import { NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';
import { customerKey, encryptBucket } from './s3-encryption.ts';
import { closeBucket, openBuckets } from './s3-public-access.ts';
import { refusePlainHttp } from './s3-tls-only.ts';

/** Mends what a bucket says of encryption, of plain HTTP and of public access: each is a mend of its own. */
export const s3Buckets: Planner = {
  controls: [
    's3/default-encryption',
    customerKey,
    's3/tls-only',
    's3/bucket-public-access-block',
    ...openBuckets,
  ],
  needs: ['s3.buckets', 's3.publicGrants', 's3.accountPublicAccessBlock', 'kms.keys'],
  plan: (scene, failing) =>
    together(
      scene.audit.value('s3.buckets').map(bucket =>
        bucketMends(
          scene,
          bucket,
          failing.filter(({ resource }) => resource.id === bucket.name),
        ),
      ),
    ),
};

/** A part that cannot be read leaves its own findings alone, and no others. */
function bucketMends(scene: Scene, bucket: Bucket, failing: readonly Finding[]): Proposal {
  const about = (...controls: string[]) => failing.filter(({ control }) => controls.includes(control));
  const part = (own: readonly Finding[], plan: () => Proposal) =>
    own.length === 0 ? NOTHING : unlessUnknown(own, plan);
  const place = { region: scene.region, account: scene.audit.account, bucket: bucket.name };
  const encryption = about('s3/default-encryption', customerKey);
  const tls = about('s3/tls-only');
  const access = about('s3/bucket-public-access-block', ...openBuckets);
  const policy = part(tls, () => refusePlainHttp(scene, bucket, place, tls));
  return together([
    part(encryption, () => encryptBucket(scene, bucket, place, encryption)),
    policy,
    part(access, () => closeBucket(scene, bucket, place, access, policy.mends)),
  ]);
}
