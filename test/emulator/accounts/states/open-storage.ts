import { StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { ModifySnapshotAttributeCommand } from '@aws-sdk/client-ec2';
import {
  ModifyDBClusterSnapshotAttributeCommand,
  ModifyDBSnapshotAttributeCommand,
} from '@aws-sdk/client-rds';
import { DeletePublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { DeletePublicAccessBlockCommand as DeleteOfAccountCommand } from '@aws-sdk/client-s3-control';
import type { Clients } from '../../clients.ts';
import { account } from '../../emulator.ts';
import { buildCompliantAccount } from '../compliant-account.ts';
import { buildBucket, buildVolume, tlsOnly } from '../compliant-encryption.ts';
import type { State } from './state.ts';

/** An account that lets nobody in, and data that leaves it by other ways; and the trail that would tell is turned off. */
export const openStorage: State = {
  build: async clients => {
    const { snapshot } = await buildCompliantAccount(clients);
    await clients.cloudTrail.send(new StopLoggingCommand({ Name: 'securecart-events' }));
    const plain = await buildVolume(clients, false);
    await openBuckets(clients);
    await shareSnapshots(clients, snapshot, plain.snapshot);
  },
};

/** One for everyone to read, and one whose policy speaks of TLS and yet answers plain HTTP. */
async function openBuckets(clients: Clients): Promise<void> {
  const everyone = {
    Sid: 'Everyone',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: '*',
  };
  await buildBucket(clients, 'securecart-images', { statements: [tlsOnly('securecart-images'), everyone] });
  const objects = 'arn:aws:s3:::securecart-logs/*';
  const statements = [{ ...tlsOnly('securecart-logs'), Resource: objects }];
  await buildBucket(clients, 'securecart-logs', { statements });
  await clients.s3.send(new DeletePublicAccessBlockCommand({ Bucket: 'securecart-images' }));
  await clients.s3Control.send(new DeleteOfAccountCommand({ AccountId: account }));
}

/** The disk and the database with everyone, the plain disk and the cluster with one account. */
async function shareSnapshots({ ec2, rds }: Clients, disk: string, plain: string): Promise<void> {
  const add = { Attribute: 'createVolumePermission', OperationType: 'add' } as const;
  await ec2.send(new ModifySnapshotAttributeCommand({ ...add, SnapshotId: disk, GroupNames: ['all'] }));
  await ec2.send(
    new ModifySnapshotAttributeCommand({ ...add, SnapshotId: plain, UserIds: ['999999999999'] }),
  );
  await rds.send(
    new ModifyDBSnapshotAttributeCommand({
      DBSnapshotIdentifier: 'securecart-1',
      AttributeName: 'restore',
      ValuesToAdd: ['all'],
    }),
  );
  await rds.send(
    new ModifyDBClusterSnapshotAttributeCommand({
      DBClusterSnapshotIdentifier: 'securecart-orders-1',
      AttributeName: 'restore',
      ValuesToAdd: ['999999999999'],
    }),
  );
}
