import { S3Client } from '@aws-sdk/client-s3';
import { need } from '../../model/fact.ts';
import { nullOn } from '../null-on.ts';
import { part, type Reader, type RegionAccess } from '../reader.ts';
import type { TrailBucket } from './facts.ts';
import { bucketPolicy, policy, publicAccess, readPolicy, readPublicAccess } from './read-bucket.ts';
import { acl, readGrants } from './read-grants.ts';

/** A client that follows a bucket to its Region, which no trail names. */
class FollowingClient extends S3Client {
  constructor(settings: ConstructorParameters<typeof S3Client>[0]) {
    super({ ...settings, followRegionRedirects: true });
  }
}

/** The buckets that trails deliver to, in other Regions and other accounts. */
export const trailBuckets: Reader<'s3.trailBuckets'> = {
  calls: [publicAccess, policy, acl],
  needs: ['cloudtrail.trails', 's3.buckets'],
  read: async access => {
    const here = new Set(need(await access.fact('s3.buckets')).map(({ name }) => name));
    const named = need(await access.fact('cloudtrail.trails')).map(({ bucket }) => bucket);
    const far = [...new Set(named)].filter(name => !here.has(name)).sort();
    return Promise.all(
      far.map(async name => ({
        name,
        bucket: await part(access, [policy], () => nullOn('NoSuchBucket', () => trailBucket(access, name))),
      })),
    );
  },
};

type Found = NonNullable<Extract<TrailBucket['bucket'], { kind: 'known' }>['value']>;

/** Whether it is there is told by the first call; what the bucket itself denies after that is unknown alone. */
async function trailBucket(access: RegionAccess, name: string): Promise<Found> {
  const { options } = access;
  const client = access.client(FollowingClient);
  const text = await readPolicy(client, name, options);
  const [ruled, blocked, grants] = await Promise.all([
    part(access, [policy], () => Promise.resolve(bucketPolicy(text))),
    part(access, [publicAccess], () => readPublicAccess(client, name, options)),
    part(access, [acl], () => readGrants(client, name, options)),
  ]);
  return { policy: ruled, publicAccessBlock: blocked, grants };
}
