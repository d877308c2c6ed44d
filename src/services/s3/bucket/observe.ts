import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CallError } from '../../../aws/errors.ts';
import { nullOn } from '../../null-on.ts';
import type { Observation, Observer } from '../../writer.ts';
import { readEncryption, readPolicy, readTags } from '../read-bucket.ts';
import { bucketState } from './changes.ts';

/** How a bucket is looked at that a plan creates: with what is set on it, and whether something is in it. */
export const bucketObserver: Observer = {
  permissions: [
    's3:GetBucketPolicy',
    's3:GetBucketTagging',
    's3:GetEncryptionConfiguration',
    's3:ListBucket',
  ],
  observe: async (session, region, name) => {
    const client = session.client(S3Client, region);
    return (await nullOn('NoSuchBucket', () => see(client, name))) ?? { state: null, handles: {} };
  },
  // A name is one bucket's in all of AWS: that of another account cannot be looked at, and is none that a plan created.
  find: async (session, region, _tags, { name }) =>
    typeof name === 'string' && (await isThere(session.client(S3Client, region), name)) ? [name] : [],
  namesakes: async (session, region, { Bucket }) =>
    typeof Bucket === 'string' && (await isThere(session.client(S3Client, region), Bucket)) ? [Bucket] : [],
};

async function see(client: S3Client, name: string): Promise<Observation> {
  const [tags, policy, { byDefault }, held] = await Promise.all([
    readTags(client, name),
    readPolicy(client, name),
    readEncryption(client, name),
    client.send(new ListObjectsV2Command({ Bucket: name, MaxKeys: 1 })),
  ]);
  const state = bucketState({ name, tags, policy, key: byDefault?.key ?? null });
  return { state, handles: {}, ...((held.KeyCount ?? 0) > 0 && { evidence: evidenceIn(name) }) };
}

const evidenceIn = (name: string) => ({
  detail:
    'It holds files that nobody can make again, a log among them: it stays, and with it what its plan made before it, such as the key that they are encrypted under. Once nobody needs them any more:',
  runbook: [`aws s3 rm s3://${name} --recursive`, `aws s3api delete-bucket --bucket ${name}`],
});

async function isThere(client: S3Client, name: string): Promise<boolean> {
  try {
    return (await nullOn('NoSuchBucket', async () => ({ policy: await readPolicy(client, name) }))) !== null;
  } catch (error) {
    if (error instanceof CallError && error.code === 'AccessDenied') return false;
    throw error;
  }
}
