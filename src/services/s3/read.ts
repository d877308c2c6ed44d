import { paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import { readEach } from '../../aws/pages.ts';
import { type ApiCall, given, type Readers, sortedBy } from '../reader.ts';
import type { s3Facts, s3GlobalFacts } from './facts.ts';
import { accountPublicAccessBlock } from './read-account.ts';
import { bucket, bucketCalls } from './read-bucket.ts';
import { publicGrants } from './read-grants.ts';
import { trailBuckets } from './read-trail-buckets.ts';

const list: ApiCall = { call: 's3:ListBuckets', action: 's3:ListAllMyBuckets' };

/** How S3's facts are read. */
export const s3Readers = {
  's3.buckets': {
    calls: [list, ...bucketCalls],
    needs: [],
    read: async access => {
      const { client, options, region: BucketRegion } = access;
      // S3 lists a Region's buckets by themselves at that Region's endpoint alone, where it also answers for each.
      const config = { client: client(S3Client), pageSize: 1000 };
      const buckets = await readEach(
        paginateListBuckets(config, { BucketRegion }, options),
        ({ Buckets = [] }) => Buckets,
        ({ Name }) => bucket(access, given(Name, 'Name of a bucket')),
      );
      return sortedBy(buckets, ({ name }) => name);
    },
  },
  's3.publicGrants': publicGrants,
  's3.trailBuckets': trailBuckets,
  's3.accountPublicAccessBlock': accountPublicAccessBlock,
} as const satisfies Readers<keyof typeof s3Facts | keyof typeof s3GlobalFacts>;
