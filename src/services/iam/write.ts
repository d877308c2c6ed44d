import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAccessKeyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { z } from 'zod';
import { plainOperation } from '../operation.ts';
import type { Operation } from '../writer.ts';

const Role = z.strictObject({ RoleName: z.string() });
const Policy = Role.extend({ PolicyName: z.string() });
const Attachment = Role.extend({ PolicyArn: z.string() });

/** The mutating operations of IAM that plans may ask for. */
export const iamOperations = {
  CreateRole: plainOperation(
    IAMClient,
    'iam:CreateRole',
    Role.extend({
      Path: z.string(),
      Description: z.string(),
      AssumeRolePolicyDocument: z.string(),
      Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })),
    }),
    (client, input) => client.send(new CreateRoleCommand(input)),
  ),
  DeleteRole: plainOperation(IAMClient, 'iam:DeleteRole', Role, (client, input) =>
    client.send(new DeleteRoleCommand(input)),
  ),
  PutRolePolicy: plainOperation(
    IAMClient,
    'iam:PutRolePolicy',
    Policy.extend({ PolicyDocument: z.string() }),
    (client, input) => client.send(new PutRolePolicyCommand(input)),
  ),
  DeleteRolePolicy: plainOperation(IAMClient, 'iam:DeleteRolePolicy', Policy, (client, input) =>
    client.send(new DeleteRolePolicyCommand(input)),
  ),
  AttachRolePolicy: plainOperation(IAMClient, 'iam:AttachRolePolicy', Attachment, (client, input) =>
    client.send(new AttachRolePolicyCommand(input)),
  ),
  DetachRolePolicy: plainOperation(IAMClient, 'iam:DetachRolePolicy', Attachment, (client, input) =>
    client.send(new DetachRolePolicyCommand(input)),
  ),
  UpdateAssumeRolePolicy: plainOperation(
    IAMClient,
    'iam:UpdateAssumeRolePolicy',
    Role.extend({ PolicyDocument: z.string() }),
    (client, input) => client.send(new UpdateAssumeRolePolicyCommand(input)),
  ),
  UpdateAccessKey: plainOperation(
    IAMClient,
    'iam:UpdateAccessKey',
    z.strictObject({
      UserName: z.string(),
      AccessKeyId: z.string(),
      Status: z.enum(['Active', 'Inactive']),
    }),
    (client, input) => client.send(new UpdateAccessKeyCommand(input)),
  ),
} as const satisfies Record<string, Operation>;
