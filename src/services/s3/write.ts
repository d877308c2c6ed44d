import {
  BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  DeletePublicAccessBlockCommand,
  EncryptionType,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  ServerSideEncryption,
} from '@aws-sdk/client-s3';
import {
  DeletePublicAccessBlockCommand as DeleteAccountBlockCommand,
  PutPublicAccessBlockCommand as PutAccountBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { z } from 'zod';
import { creatingOperation, plainOperation } from '../operation.ts';
import type { Operation } from '../writer.ts';

const Bucket = z.strictObject({ Bucket: z.string(), ExpectedBucketOwner: z.string() });

const Block = z.strictObject({
  BlockPublicAcls: z.boolean(),
  IgnorePublicAcls: z.boolean(),
  BlockPublicPolicy: z.boolean(),
  RestrictPublicBuckets: z.boolean(),
});

const Rule = z.strictObject({
  ApplyServerSideEncryptionByDefault: z
    .strictObject({ SSEAlgorithm: z.enum(ServerSideEncryption), KMSMasterKeyID: z.string().optional() })
    .optional(),
  BucketKeyEnabled: z.boolean().optional(),
  BlockedEncryptionTypes: z.strictObject({ EncryptionType: z.array(z.enum(EncryptionType)) }).optional(),
});

/** The mutating operations on buckets that plans may ask for. */
export const s3Operations = {
  CreateBucket: creatingOperation(
    S3Client,
    's3:CreateBucket',
    z.strictObject({
      Bucket: z.string(),
      CreateBucketConfiguration: z
        .strictObject({ LocationConstraint: z.enum(BucketLocationConstraint) })
        .optional(),
    }),
    async (client, input) => {
      await client.send(new CreateBucketCommand(input));
      return input.Bucket;
    },
  ),
  DeleteBucket: plainOperation(S3Client, 's3:DeleteBucket', Bucket, (client, input) =>
    client.send(new DeleteBucketCommand(input)),
  ),
  PutBucketTagging: plainOperation(
    S3Client,
    's3:PutBucketTagging',
    Bucket.extend({
      Tagging: z.strictObject({ TagSet: z.array(z.strictObject({ Key: z.string(), Value: z.string() })) }),
    }),
    (client, input) => client.send(new PutBucketTaggingCommand(input)),
  ),
  DeleteBucketTagging: plainOperation(S3Client, 's3:PutBucketTagging', Bucket, (client, input) =>
    client.send(new DeleteBucketTaggingCommand(input)),
  ),
  PutBucketEncryption: plainOperation(
    S3Client,
    's3:PutEncryptionConfiguration',
    Bucket.extend({
      ServerSideEncryptionConfiguration: z.strictObject({ Rules: z.array(Rule).length(1) }),
    }),
    (client, input) => client.send(new PutBucketEncryptionCommand(input)),
  ),
  DeleteBucketEncryption: plainOperation(S3Client, 's3:PutEncryptionConfiguration', Bucket, (client, input) =>
    client.send(new DeleteBucketEncryptionCommand(input)),
  ),
  PutBucketPolicy: plainOperation(
    S3Client,
    's3:PutBucketPolicy',
    Bucket.extend({ Policy: z.string() }),
    (client, input) => client.send(new PutBucketPolicyCommand(input)),
  ),
  DeleteBucketPolicy: plainOperation(S3Client, 's3:DeleteBucketPolicy', Bucket, (client, input) =>
    client.send(new DeleteBucketPolicyCommand(input)),
  ),
  PutPublicAccessBlock: plainOperation(
    S3Client,
    's3:PutBucketPublicAccessBlock',
    Bucket.extend({ PublicAccessBlockConfiguration: Block }),
    (client, input) => client.send(new PutPublicAccessBlockCommand(input)),
  ),
  DeletePublicAccessBlock: plainOperation(
    S3Client,
    's3:PutBucketPublicAccessBlock',
    Bucket,
    (client, input) => client.send(new DeletePublicAccessBlockCommand(input)),
  ),
} as const satisfies Record<string, Operation>;

const Account = z.strictObject({ AccountId: z.string() });

/** The mutating operations on what S3 keeps of the account. */
export const s3ControlOperations = {
  PutPublicAccessBlock: plainOperation(
    S3ControlClient,
    's3:PutAccountPublicAccessBlock',
    Account.extend({ PublicAccessBlockConfiguration: Block }),
    (client, input) => client.send(new PutAccountBlockCommand(input)),
  ),
  DeletePublicAccessBlock: plainOperation(
    S3ControlClient,
    's3:PutAccountPublicAccessBlock',
    Account,
    (client, input) => client.send(new DeleteAccountBlockCommand(input)),
  ),
} as const satisfies Record<string, Operation>;
