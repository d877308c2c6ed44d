import {
  DisableEbsEncryptionByDefaultCommand,
  EnableEbsEncryptionByDefaultCommand,
  ModifySnapshotAttributeCommand,
} from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { operation } from '../ec2/operation.ts';
import type { Operation } from '../writer.ts';

const Nothing = z.strictObject({});

/** The mutating operations of EBS that plans may ask for; they are EC2's. */
export const ebsOperations = {
  EnableEbsEncryptionByDefault: operation('EnableEbsEncryptionByDefault', Nothing, (client, input) =>
    client.send(new EnableEbsEncryptionByDefaultCommand(input)),
  ),
  DisableEbsEncryptionByDefault: operation('DisableEbsEncryptionByDefault', Nothing, (client, input) =>
    client.send(new DisableEbsEncryptionByDefaultCommand(input)),
  ),
  ModifySnapshotAttribute: operation(
    'ModifySnapshotAttribute',
    z.strictObject({
      SnapshotId: z.string(),
      Attribute: z.literal('createVolumePermission'),
      OperationType: z.enum(['add', 'remove']),
      GroupNames: z.array(z.literal('all')).optional(),
      UserIds: z.array(z.string()).optional(),
    }),
    (client, input) => client.send(new ModifySnapshotAttributeCommand(input)),
  ),
} as const satisfies Record<string, Operation>;
