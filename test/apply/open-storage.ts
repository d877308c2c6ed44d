import {
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  DisableEbsEncryptionByDefaultCommand,
  GetEbsEncryptionByDefaultCommand,
  ModifySnapshotAttributeCommand,
} from '@aws-sdk/client-ec2';
import {
  DescribeDBClusterParametersCommand,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBInstancesCommand,
  DescribeDBParametersCommand,
  DescribeDBSnapshotAttributesCommand,
  ModifyDBClusterParameterGroupCommand,
  ModifyDBClusterSnapshotAttributeCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  ModifyDBSnapshotAttributeCommand,
} from '@aws-sdk/client-rds';
import {
  DeleteBucketEncryptionCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
} from '@aws-sdk/client-s3';
import {
  DeletePublicAccessBlockCommand as DeleteOfAccountCommand,
  GetPublicAccessBlockCommand as GetOfAccountCommand,
} from '@aws-sdk/client-s3-control';
import { buildBucket, buildCompliantEncryption } from '../emulator/accounts/compliant-encryption.ts';
import { buildCompliantNetwork } from '../emulator/accounts/compliant-network.ts';
import type { Clients } from '../emulator/clients.ts';
import { account } from '../emulator/emulator.ts';

/** What was built, by the names that a test needs. */
export type OpenStorage = Awaited<ReturnType<typeof buildOpenStorage>>;

/** The statements of a policy that a fix must keep: one for everyone, and one whose form it must not touch. */
export const images = [
  {
    Sid: 'Everyone',
    Effect: 'Allow',
    Principal: '*',
    Action: ['s3:GetObject'],
    Resource: 'arn:aws:s3:::images/*',
  },
  {
    Effect: 'Deny',
    Principal: { AWS: ['arn:aws:iam::123456789012:root'] },
    NotAction: 's3:Get*',
    Resource: 'arn:aws:s3:::images/old/*',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': false } },
  },
];

/** An account in which one of everything is open that a fix can close. */
export async function buildOpenStorage(aws: Clients) {
  const network = await buildCompliantNetwork(aws, { tagged: true });
  const built = await buildCompliantEncryption(aws, network);
  await openBuckets(aws, built.key);
  await aws.ec2.send(new DisableEbsEncryptionByDefaultCommand({}));
  await openDatabases(aws, [network.groups.rds, network.groups.backend]);
  await shareSnapshots(aws, built.snapshot);
  return { ...built, groups: network.groups };
}

async function openBuckets({ s3, s3Control, ...aws }: Clients, key: string): Promise<void> {
  const clients = { s3, s3Control, ...aws };
  await buildBucket(clients, 'images', { statements: images });
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket: 'images' }));
  await s3.send(new PutBucketAclCommand({ Bucket: 'images', ACL: 'public-read' }));
  await buildBucket(clients, 'plain', { statements: [] });
  await s3.send(new DeleteBucketEncryptionCommand({ Bucket: 'plain' }));
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket: 'securecart-orders',
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
            BucketKeyEnabled: false,
            BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
          },
        ],
      },
    }),
  );
  await s3Control.send(new DeleteOfAccountCommand({ AccountId: account }));
}

async function openDatabases({ rds }: Clients, VpcSecurityGroupIds: string[]): Promise<void> {
  const Parameters = [
    { ParameterName: 'rds.force_ssl', ParameterValue: '0', ApplyMethod: 'immediate' as const },
    { ParameterName: 'log_connections', ParameterValue: '1', ApplyMethod: 'immediate' as const },
  ];
  await rds.send(new ModifyDBParameterGroupCommand({ DBParameterGroupName: 'securecart-16', Parameters }));
  await rds.send(
    new ModifyDBClusterParameterGroupCommand({
      DBClusterParameterGroupName: 'securecart-orders-16',
      Parameters,
    }),
  );
  await rds.send(
    new ModifyDBInstanceCommand({
      DBInstanceIdentifier: 'securecart',
      PubliclyAccessible: true,
      VpcSecurityGroupIds,
    }),
  );
}

async function shareSnapshots({ ec2, rds }: Clients, SnapshotId: string): Promise<void> {
  const shared = {
    SnapshotId,
    Attribute: 'createVolumePermission' as const,
    OperationType: 'add' as const,
  };
  await ec2.send(new ModifySnapshotAttributeCommand({ ...shared, GroupNames: ['all'] }));
  await ec2.send(new ModifySnapshotAttributeCommand({ ...shared, UserIds: ['999999999999'] }));
  const restore = { AttributeName: 'restore', ValuesToAdd: ['all', '999999999999'] };
  await rds.send(new ModifyDBSnapshotAttributeCommand({ DBSnapshotIdentifier: 'securecart-1', ...restore }));
  await rds.send(
    new ModifyDBClusterSnapshotAttributeCommand({
      DBClusterSnapshotIdentifier: 'securecart-orders-1',
      ...restore,
    }),
  );
}

/** What a fix may change of storage and databases, as AWS says it. */
export async function storageState({ ec2, rds, s3, s3Control }: Clients) {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const buckets = await Promise.all(
    Buckets.map(async ({ Name: Bucket = '' }) => ({
      name: Bucket,
      encryption: await answer(async () => {
        const { ServerSideEncryptionConfiguration: rule } = await s3.send(
          new GetBucketEncryptionCommand({ Bucket }),
        );
        return rule;
      }),
      policy: await answer(async () => (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy),
      block: await answer(
        async () =>
          (await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration,
      ),
    })),
  );
  const block = await answer(
    async () =>
      (await s3Control.send(new GetOfAccountCommand({ AccountId: account }))).PublicAccessBlockConfiguration,
  );
  const byDefault = await ec2.send(new GetEbsEncryptionByDefaultCommand({}));
  const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }));
  const volumes = await Promise.all(
    Snapshots.map(async ({ SnapshotId }) => {
      const { CreateVolumePermissions = [] } = await ec2.send(
        new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute: 'createVolumePermission' }),
      );
      return [SnapshotId, CreateVolumePermissions.map(one => JSON.stringify(one)).sort()];
    }),
  );
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({}));
  const parameters = [
    await rds.send(new DescribeDBParametersCommand({ DBParameterGroupName: 'securecart-16' })),
    await rds.send(
      new DescribeDBClusterParametersCommand({ DBClusterParameterGroupName: 'securecart-orders-16' }),
    ),
  ];
  const instance = await rds.send(
    new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier: 'securecart-1' }),
  );
  const cluster = await rds.send(
    new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier: 'securecart-orders-1' }),
  );
  return {
    buckets,
    block,
    byDefault: byDefault.EbsEncryptionByDefault,
    volumes,
    instances: DBInstances.map(({ VpcSecurityGroups = [], ...instance }) => ({
      ...instance,
      VpcSecurityGroups: VpcSecurityGroups.map(({ VpcSecurityGroupId: id = '' }) => id).sort(),
      // The one thing of an instance that moves by itself.
      LatestRestorableTime: undefined,
    })),
    parameters: parameters.map(({ Parameters = [] }) =>
      Parameters.map(({ ParameterName, ParameterValue }) => `${ParameterName}=${ParameterValue}`).sort(),
    ),
    shared: [
      ...(instance.DBSnapshotAttributesResult?.DBSnapshotAttributes ?? []),
      ...(cluster.DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes ?? []),
    ].map(({ AttributeName, AttributeValues = [] }) => [AttributeName, AttributeValues.toSorted()]),
  };
}

const answer = async (ask: () => Promise<unknown>): Promise<unknown> => {
  try {
    return await ask();
  } catch (error) {
    return error instanceof Error ? error.name : error;
  }
};
