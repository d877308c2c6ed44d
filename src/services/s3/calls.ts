import type { Region } from '../../model/identifiers.ts';
import type { JsonObject } from '../../model/json.ts';
import { type Call, type ChangeId, inChangeId } from '../../model/plan.ts';

/** Where a bucket is, and whose it must be: S3 refuses a write to another account's bucket of that name. */
export interface BucketPlace {
  readonly region: Region;
  readonly account: string;
  readonly bucket: string;
}

/** A call of S3's on a bucket. */
export const bucketCall = (
  operation: string,
  { bucket, account }: BucketPlace,
  input: JsonObject = {},
): Call => ({
  service: 's3',
  operation,
  input: { Bucket: bucket, ExpectedBucketOwner: account, ...input },
});

/** The id of a change of a bucket's. Buckets from before 2018 may have capitals and underscores in their names. */
export const bucketChange = (bucket: string, what: string): ChangeId => `s3/${inChangeId(bucket)}/${what}`;
