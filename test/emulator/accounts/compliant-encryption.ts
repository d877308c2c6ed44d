import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  EnableEbsEncryptionByDefaultCommand,
} from '@aws-sdk/client-ec2';
import { CreateAliasCommand, CreateKeyCommand, EnableKeyRotationCommand } from '@aws-sdk/client-kms';
import {
  BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
} from '@aws-sdk/client-s3';
import { PutPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import type { Clients } from '../clients.ts';
import { account, region } from '../emulator.ts';
import { buildCluster, forceTlsOf, snapshotDatabase } from './databases.ts';
import { need } from './named.ts';
import { buildTrail } from './trail.ts';

/** The ids and ARNs of what was built. */
export type Encryption = Awaited<ReturnType<typeof buildCompliantEncryption>>;

/** Encrypts what is in the account as the baseline wants it, and adds what the network alone does not have: a bucket, a volume, a cluster and their snapshots. The database and its subnet group are the network's. */
export async function buildCompliantEncryption(clients: Clients, { groups }: { groups: { rds: string } }) {
  await clients.s3Control.send(
    new PutPublicAccessBlockCommand({
      AccountId: account,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  await clients.ec2.send(new EnableEbsEncryptionByDefaultCommand({}));
  const key = await buildCustomerKey(clients);
  const bucket = await buildBucket(clients, 'securecart-orders', { key });
  const trail = await buildTrail(clients, { key });
  const { volume, snapshot } = await buildVolume(clients, true);
  await forceTlsOf(clients, 'securecart');
  const cluster = await buildCluster(clients, groups.rds);
  await snapshotDatabase(clients, 'securecart', cluster);
  return { key, bucket, trail, volume, snapshot, cluster };
}

/** The account's own key with its alias; gives its ARN. */
export async function buildCustomerKey({ kms }: Clients): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'SecureCart orders' }));
  const KeyId = need(KeyMetadata?.KeyId, 'key id');
  await kms.send(new EnableKeyRotationCommand({ KeyId }));
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/securecart', TargetKeyId: KeyId }));
  return need(KeyMetadata?.Arn, 'key ARN');
}

export type BucketOptions = {
  /** Tagged as sensitive, and encrypted under this key; with the default of S3 alone where there is none. */
  key?: string;
  /** The statements of its policy; where there are none it has none. */
  statements?: readonly object[];
  /** The Region of the clients. */
  inRegion?: string;
};

/** The statement that refuses requests without TLS. */
export const tlsOnly = (bucket: string) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** A bucket that only takes TLS unless it is told otherwise; gives its name. */
export async function buildBucket(
  { s3 }: Clients,
  Bucket: string,
  options: BucketOptions = {},
): Promise<string> {
  const { key, statements = [tlsOnly(Bucket)], inRegion = region } = options;
  const LocationConstraint = Object.values(BucketLocationConstraint).find(name => name === inRegion);
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      ...(LocationConstraint && { CreateBucketConfiguration: { LocationConstraint } }),
    }),
  );
  if (statements.length > 0) {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  }
  if (key === undefined) return Bucket;
  const TagSet = [{ Key: 'securecart:data', Value: 'sensitive' }];
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } as const;
  const Rules = [{ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: true }];
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
  return Bucket;
}

/** A volume that no instance has, and a snapshot of it. */
export async function buildVolume({ ec2 }: Clients, Encrypted: boolean) {
  const made = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 8, Encrypted }),
  );
  const VolumeId = need(made.VolumeId, 'volume id');
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  return { volume: VolumeId, snapshot: need(SnapshotId, 'snapshot id') };
}
