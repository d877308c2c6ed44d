import {
  DeleteParameterCommand,
  ModifyDocumentPermissionCommand,
  PutParameterCommand,
  SSMClient,
  UpdateServiceSettingCommand,
} from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { plainOperation } from '../operation.ts';
import type { Operation } from '../writer.ts';
import { PUBLIC_SHARING } from './changes.ts';

const Everyone = z.tuple([z.literal('all')]).transform(([all]) => [all]);

/** The mutating operations of Systems Manager that plans may ask for. */
export const ssmOperations = {
  PutParameter: plainOperation(
    SSMClient,
    'ssm:PutParameter',
    z.strictObject({
      Name: z.string(),
      // A SecureString holds what no plan may say.
      Type: z.enum(['String', 'StringList']),
      Value: z.string(),
      Tier: z.literal('Standard'),
      Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })),
    }),
    (client, input) => client.send(new PutParameterCommand(input)),
  ),
  DeleteParameter: plainOperation(
    SSMClient,
    'ssm:DeleteParameter',
    z.strictObject({ Name: z.string() }),
    (client, input) => client.send(new DeleteParameterCommand(input)),
  ),
  ModifyDocumentPermission: plainOperation(
    SSMClient,
    'ssm:ModifyDocumentPermission',
    z.strictObject({
      Name: z.string(),
      PermissionType: z.literal('Share'),
      AccountIdsToAdd: Everyone.optional(),
      AccountIdsToRemove: Everyone.optional(),
    }),
    (client, input) => client.send(new ModifyDocumentPermissionCommand(input)),
  ),
  UpdateServiceSetting: plainOperation(
    SSMClient,
    'ssm:UpdateServiceSetting',
    z.strictObject({ SettingId: z.literal(PUBLIC_SHARING), SettingValue: z.enum(['Enable', 'Disable']) }),
    (client, input) => client.send(new UpdateServiceSettingCommand(input)),
  ),
} as const satisfies Record<string, Operation>;
