import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';
import { PolicyDocument } from '../../model/policy.ts';

/** How S3 encrypts what is put into a bucket without saying how. */
export const BucketEncryption = z.strictObject({
  /** `AES256`, `aws:kms` or `aws:kms:dsse`. */
  algorithm: z.string(),
  /** A key of KMS by its id, its ARN, or an alias; absent where S3 takes the key that AWS manages. */
  key: z.string().optional(),
  bucketKey: z.boolean(),
});
export type BucketEncryption = z.infer<typeof BucketEncryption>;

/** S3's four settings against public access, of a bucket or of the whole account. */
export const PublicAccessBlock = z.strictObject({
  blockPublicAcls: z.boolean(),
  ignorePublicAcls: z.boolean(),
  blockPublicPolicy: z.boolean(),
  restrictPublicBuckets: z.boolean(),
});
export type PublicAccessBlock = z.infer<typeof PublicAccessBlock>;

/** A bucket policy: what it says, and the text in which S3 gave it, since only the text can be written back as it was. */
export const BucketPolicy = PolicyDocument.extend({ text: z.string() });
export type BucketPolicy = z.infer<typeof BucketPolicy>;

/** A general purpose bucket of the Region. A part is null where S3 says that it is not set. */
export const Bucket = z.strictObject({
  name: z.string(),
  encryption: fact(BucketEncryption.nullable()),
  /** The forms of encryption that the bucket refuses, such as `SSE-C`. */
  blockedEncryption: fact(z.array(z.string())),
  publicAccessBlock: fact(PublicAccessBlock.nullable()),
  policy: fact(BucketPolicy.nullable()),
  tags: fact(z.record(z.string(), z.string())),
});
export type Bucket = z.infer<typeof Bucket>;

/** A bucket that a trail delivers to, in another Region or of another account, as far as it tells who may read and delete what is in it. */
export const TrailBucket = z.strictObject({
  name: z.string(),
  /** Null where there is no such bucket. */
  bucket: fact(
    Bucket.pick({ publicAccessBlock: true, policy: true })
      .extend({ grants: fact(z.array(z.string())) })
      .nullable(),
  ),
});
export type TrailBucket = z.infer<typeof TrailBucket>;

/** The facts of S3, each of one Region. */
export const s3Facts = {
  's3.buckets': snapshotFact(z.array(Bucket)),
  /** The buckets of trails that are none of `s3.buckets`. */
  's3.trailBuckets': snapshotFact(z.array(TrailBucket)),
  /** What the ACL of each bucket grants to everyone, or to everyone with an account of AWS's. */
  's3.publicGrants': snapshotFact(
    z.array(z.strictObject({ bucket: z.string(), grants: fact(z.array(z.string())) })),
  ),
};

/** The facts of S3 that are the account's; null where S3 says that it is not set. */
export const s3GlobalFacts = { 's3.accountPublicAccessBlock': snapshotFact(PublicAccessBlock.nullable()) };
