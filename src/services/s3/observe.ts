import { S3Client } from '@aws-sdk/client-s3';
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import type { ObjectKind, ObjectState } from '../../model/plan.ts';
import { policyState } from '../../policy/policy-state.ts';
import { nullOn } from '../null-on.ts';
import type { Observer } from '../writer.ts';
import { bucketObserver } from './bucket/observe.ts';
import { encryptionState } from './bucket-encryption/changes.ts';
import { publicAccessState } from './public-access/changes.ts';
import { readEncryption, readPolicy, readPublicAccess } from './read-bucket.ts';
import { publicAccessBlock } from './read-setting.ts';

/** A part of a bucket: it is absent where the bucket is. */
const partOfBucket = (
  permission: string,
  see: (client: S3Client, bucket: string) => Promise<ObjectState>,
): Observer => ({
  permissions: [permission],
  observe: async (session, region, bucket) => ({
    state: await nullOn('NoSuchBucket', () => see(session.client(S3Client, region), bucket)),
    handles: {},
  }),
});

/** How what S3 keeps of buckets and of the account is looked at. */
export const s3Observers = {
  's3-bucket': bucketObserver,
  's3-bucket-encryption': partOfBucket('s3:GetEncryptionConfiguration', async (client, bucket) =>
    encryptionState(await readEncryption(client, bucket)),
  ),
  's3-bucket-policy': partOfBucket('s3:GetBucketPolicy', async (client, bucket) =>
    policyState(await readPolicy(client, bucket)),
  ),
  's3-bucket-public-access': partOfBucket('s3:GetBucketPublicAccessBlock', async (client, bucket) =>
    publicAccessState(await readPublicAccess(client, bucket)),
  ),
  's3-account-public-access': {
    permissions: ['s3:GetAccountPublicAccessBlock'],
    observe: async (session, region, AccountId) => {
      const client = session.client(S3ControlClient, region);
      const block = await nullOn('NoSuchPublicAccessBlockConfiguration', async () => {
        const answer = await client.send(new GetPublicAccessBlockCommand({ AccountId }));
        return publicAccessBlock(answer.PublicAccessBlockConfiguration);
      });
      return { state: publicAccessState(block), handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;
