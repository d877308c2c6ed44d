import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  KMSClient,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { z } from 'zod';
import { once } from '../../aws/once.ts';
import { creatingOperation, plainOperation } from '../operation.ts';
import type { Operation } from '../writer.ts';

const Key = z.strictObject({ KeyId: z.string() });
const Alias = z.strictObject({ AliasName: z.string() });

/** The mutating operations of KMS that plans may ask for. */
export const kmsOperations = {
  CreateKey: creatingOperation(
    KMSClient,
    'kms:CreateKey',
    z.strictObject({
      Description: z.string(),
      Policy: z.string(),
      Tags: z.array(z.strictObject({ TagKey: z.string(), TagValue: z.string() })),
    }),
    async (client, input) => (await client.send(once(new CreateKeyCommand(input)))).KeyMetadata?.KeyId,
  ),
  ScheduleKeyDeletion: plainOperation(
    KMSClient,
    'kms:ScheduleKeyDeletion',
    Key.extend({ PendingWindowInDays: z.int() }),
    (client, input) => client.send(new ScheduleKeyDeletionCommand(input)),
  ),
  PutKeyPolicy: plainOperation(
    KMSClient,
    'kms:PutKeyPolicy',
    Key.extend({ Policy: z.string() }),
    // A key has one policy, and that is its name.
    (client, input) => client.send(new PutKeyPolicyCommand({ ...input, PolicyName: 'default' })),
  ),
  EnableKeyRotation: plainOperation(KMSClient, 'kms:EnableKeyRotation', Key, (client, input) =>
    client.send(new EnableKeyRotationCommand(input)),
  ),
  DisableKeyRotation: plainOperation(KMSClient, 'kms:DisableKeyRotation', Key, (client, input) =>
    client.send(new DisableKeyRotationCommand(input)),
  ),
  CreateAlias: plainOperation(
    KMSClient,
    'kms:CreateAlias',
    Alias.extend({ TargetKeyId: z.string() }),
    (client, input) => client.send(new CreateAliasCommand(input)),
  ),
  DeleteAlias: plainOperation(KMSClient, 'kms:DeleteAlias', Alias, (client, input) =>
    client.send(new DeleteAliasCommand(input)),
  ),
} as const satisfies Record<string, Operation>;
