import {
  DeleteBucketEncryptionCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  EncryptionType,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
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
import { plainOperation } from '../operation.ts';
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
