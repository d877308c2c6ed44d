import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  S3Client,
  type ServerSideEncryptionConfiguration,
} from '@aws-sdk/client-s3';
import { parsePolicy } from '../../policy/parse.ts';
import { type ApiCall, apiCall, given, part, type RegionAccess, tagsOf } from '../reader.ts';
import type { Bucket, BucketEncryption } from './facts.ts';
import { publicAccessBlock, unlessNotSet } from './read-setting.ts';

const encryption: ApiCall = { call: 's3:GetBucketEncryption', action: 's3:GetEncryptionConfiguration' };
const publicAccess: ApiCall = { call: 's3:GetPublicAccessBlock', action: 's3:GetBucketPublicAccessBlock' };
const policy = apiCall('s3:GetBucketPolicy');
const tagging = apiCall('s3:GetBucketTagging');

/** What reading a bucket calls. */
export const bucketCalls = [encryption, publicAccess, policy, tagging];

/** One bucket of the Region; each part that cannot be read is unknown by itself, for a bucket's own policy may deny it. */
export async function bucket(access: RegionAccess, name: string): Promise<Bucket> {
  const { options } = access;
  const client = access.client(S3Client);
  const input = { Bucket: name };
  const [encrypted, blocked, ruled, tags] = await Promise.all([
    part(access, [encryption], () =>
      unlessNotSet('ServerSideEncryptionConfigurationNotFoundError', async () => {
        const answer = await client.send(new GetBucketEncryptionCommand(input), options);
        return defaultEncryption(answer.ServerSideEncryptionConfiguration);
      }),
    ),
    part(access, [publicAccess], () =>
      unlessNotSet('NoSuchPublicAccessBlockConfiguration', async () => {
        const answer = await client.send(new GetPublicAccessBlockCommand(input), options);
        return publicAccessBlock(answer.PublicAccessBlockConfiguration);
      }),
    ),
    part(access, [policy], () =>
      unlessNotSet('NoSuchBucketPolicy', async () => {
        const answer = await client.send(new GetBucketPolicyCommand(input), options);
        return given(parsePolicy(given(answer.Policy, 'Policy')), "policy of IAM's grammar");
      }),
    ),
    part(access, [tagging], async () => {
      const answer = await unlessNotSet('NoSuchTagSet', () =>
        client.send(new GetBucketTaggingCommand(input), options),
      );
      return tagsOf(answer?.TagSet);
    }),
  ]);
  return { name, encryption: encrypted, publicAccessBlock: blocked, policy: ruled, tags };
}

/** S3 takes one rule and no more; a rule may only name forms of encryption that are refused, and no default. */
function defaultEncryption(from: ServerSideEncryptionConfiguration | undefined): BucketEncryption | null {
  const [rule] = given(from?.Rules, 'Rules of a default encryption');
  const byDefault = rule?.ApplyServerSideEncryptionByDefault;
  if (byDefault === undefined) return null;
  const { SSEAlgorithm: algorithm, KMSMasterKeyID: key } = byDefault;
  return {
    algorithm: given(algorithm, 'SSEAlgorithm'),
    ...(key !== undefined && { key }),
    bucketKey: rule?.BucketKeyEnabled ?? false,
  };
}
