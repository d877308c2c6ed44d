import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  S3Client,
  type ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import { type Fact, known } from '../../model/fact.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { nullOn } from '../null-on.ts';
import { type ApiCall, apiCall, given, part, type RegionAccess, tagsOf } from '../reader.ts';
import type { Bucket, BucketEncryption, BucketPolicy, PublicAccessBlock } from './facts.ts';
import { publicAccessBlock } from './read-setting.ts';

const encryption: ApiCall = { call: 's3:GetBucketEncryption', action: 's3:GetEncryptionConfiguration' };
export const publicAccess: ApiCall = {
  call: 's3:GetPublicAccessBlock',
  action: 's3:GetBucketPublicAccessBlock',
};
export const policy = apiCall('s3:GetBucketPolicy');
const tagging = apiCall('s3:GetBucketTagging');

/** What reading a bucket calls. */
export const bucketCalls = [encryption, publicAccess, policy, tagging];

/** Goes with a call of the SDK's; a look at one object takes none. */
type Options = RegionAccess['options'] | undefined;

/** One bucket of the Region; each part that cannot be read is unknown by itself, for a bucket's own policy may deny it. */
export async function bucket(access: RegionAccess, name: string): Promise<Bucket> {
  const { options } = access;
  const client = access.client(S3Client);
  const [encrypted, blocked, ruled, tags] = await Promise.all([
    part(access, [encryption], () => readEncryption(client, name, options)),
    part(access, [publicAccess], () => readPublicAccess(client, name, options)),
    part(access, [policy], async () => bucketPolicy(await readPolicy(client, name, options))),
    part(access, [tagging], () => readTags(client, name, options)),
  ]);
  return {
    name,
    encryption: of(encrypted, ({ byDefault }) => byDefault),
    blockedEncryption: of(encrypted, ({ blocked }) => blocked),
    publicAccessBlock: blocked,
    policy: ruled,
    tags,
  };
}

const of = <A, B>(fact: Fact<A>, take: (value: A) => B): Fact<B> =>
  fact.kind === 'known' ? known(take(fact.value)) : fact;

/** How a bucket encrypts by default, and what it refuses; S3 has both in one rule. Throws CallError. */
export async function readEncryption(
  client: S3Client,
  Bucket: string,
  options?: Options,
): Promise<{ byDefault: BucketEncryption | null; blocked: string[] }> {
  const answer = await nullOn('ServerSideEncryptionConfigurationNotFoundError', () =>
    client.send(new GetBucketEncryptionCommand({ Bucket }), options),
  );
  if (answer === null) return { byDefault: null, blocked: [] };
  // S3 takes one rule and no more.
  const [rule] = given(answer.ServerSideEncryptionConfiguration?.Rules, 'Rules of a default encryption');
  return {
    byDefault: defaultEncryption(rule),
    blocked: [...(rule?.BlockedEncryptionTypes?.EncryptionType ?? [])].sort(),
  };
}

/** The bucket's own settings; null where there are none. Throws CallError. */
export const readPublicAccess = (
  client: S3Client,
  Bucket: string,
  options?: Options,
): Promise<PublicAccessBlock | null> =>
  nullOn('NoSuchPublicAccessBlockConfiguration', async () => {
    const answer = await client.send(new GetPublicAccessBlockCommand({ Bucket }), options);
    return publicAccessBlock(answer.PublicAccessBlockConfiguration);
  });

/** The text of the bucket's policy; null where there is none. Throws CallError. */
export const readPolicy = (client: S3Client, Bucket: string, options?: Options): Promise<string | null> =>
  nullOn('NoSuchBucketPolicy', async () => {
    const answer = await client.send(new GetBucketPolicyCommand({ Bucket }), options);
    return given(answer.Policy, 'Policy');
  });

/** The tags of the bucket. Throws CallError. */
export async function readTags(
  client: S3Client,
  Bucket: string,
  options?: Options,
): Promise<Record<string, string>> {
  const answer = await nullOn('NoSuchTagSet', () =>
    client.send(new GetBucketTaggingCommand({ Bucket }), options),
  );
  return tagsOf(answer?.TagSet);
}

/** A policy by its text; null where there is none. Throws MissingField where it is none of IAM's grammar. */
export const bucketPolicy = (text: string | null): BucketPolicy | null =>
  text === null ? null : { ...given(parsePolicy(text), "policy of IAM's grammar"), text };

/** A rule may only name forms of encryption that are refused, and no default. */
function defaultEncryption(rule: ServerSideEncryptionRule | undefined): BucketEncryption | null {
  const byDefault = rule?.ApplyServerSideEncryptionByDefault;
  if (byDefault === undefined) return null;
  const { SSEAlgorithm: algorithm, KMSMasterKeyID: key } = byDefault;
  return {
    algorithm: given(algorithm, 'SSEAlgorithm'),
    ...(key !== undefined && { key }),
    bucketKey: rule?.BucketKeyEnabled ?? false,
  };
}
