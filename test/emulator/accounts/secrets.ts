import {
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutResourcePolicyCommand,
  RotateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import {
  CreateDocumentCommand,
  ModifyDocumentPermissionCommand,
  PutParameterCommand,
  UpdateServiceSettingCommand,
} from '@aws-sdk/client-ssm';
import type { Clients } from '../clients.ts';
import { account } from '../emulator.ts';
import { need } from './named.ts';
import { backendDefinition } from './workloads.ts';

/** The value of every secret: nothing that the program writes may hold it. */
export const VALUE = 'emulated-value-of-a-secret';

const READER = `arn:aws:iam::${account}:role/securecart-backend-execution`;

/** The policy that refuses all but the reader of the baseline. */
const readerOnly = {
  Sid: 'Readers',
  Effect: 'Deny',
  Principal: '*',
  Action: 'secretsmanager:GetSecretValue',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:PrincipalArn': READER } },
};

export type SecretOptions = { days?: number; statements?: readonly object[] };

/** A secret with a value and these statements, which is rotated unless it is told otherwise; gives its ARN. */
export async function buildSecret(
  { secretsManager }: Clients,
  Name: string,
  { days, statements = [] }: SecretOptions = {},
): Promise<string> {
  const { ARN } = await secretsManager.send(new CreateSecretCommand({ Name, SecretString: VALUE }));
  const SecretId = need(ARN, 'ARN of a secret');
  if (days !== undefined) {
    const RotationRules = { AutomaticallyAfterDays: days };
    // moto rotates without a function, and would start one that is named.
    await secretsManager.send(new RotateSecretCommand({ SecretId, RotationRules, RotateImmediately: false }));
  }
  if (statements.length > 0) {
    const ResourcePolicy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await secretsManager.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy }));
  }
  return SecretId;
}

/** The secrets and parameters of the baseline, and what the backend takes of them. */
export async function buildCompliantSecrets(clients: Clients) {
  const statements = [readerOnly];
  const database = await buildSecret(clients, 'securecart/database', { days: 30, statements });
  await buildSecret(clients, 'securecart/payment', { days: 90, statements });
  await buildSecret(clients, 'securecart/oauth', { days: 90, statements });
  await buildParameter(clients, '/securecart/log-level', 'info');
  await buildDocument(clients, 'restart-backend');
  await clients.ssm.send(
    new UpdateServiceSettingCommand({
      SettingId: '/ssm/documents/console/public-sharing-permission',
      SettingValue: 'Disable',
    }),
  );
  await runBackend(clients, { secrets: [{ name: 'DB_PASSWORD', valueFrom: `${database}:password::` }] });
  return { database };
}

/** What a shop has that nobody looked after: open secrets and documents, and credentials that stand about. */
export async function buildLeakingSecrets(clients: Clients): Promise<void> {
  const everyone = {
    Sid: 'Everyone',
    Effect: 'Allow',
    Principal: '*',
    Action: 'secretsmanager:GetSecretValue',
    Resource: '*',
  };
  await buildSecret(clients, 'securecart/database', { statements: [everyone] });
  const SecretId = await buildSecret(clients, 'securecart/oauth');
  await clients.secretsManager.send(new DeleteSecretCommand({ SecretId }));
  await buildParameter(clients, '/shop/db-password', VALUE);
  await buildDocument(clients, 'install-backend');
  await clients.ssm.send(
    new ModifyDocumentPermissionCommand({
      Name: 'install-backend',
      PermissionType: 'Share',
      AccountIdsToAdd: ['all'],
    }),
  );
}

const buildParameter = ({ ssm }: Clients, Name: string, Value: string) =>
  ssm.send(new PutParameterCommand({ Name, Value, Type: 'String' }));

const buildDocument = ({ ssm }: Clients, Name: string) =>
  ssm.send(
    new CreateDocumentCommand({
      Name,
      DocumentType: 'Command',
      Content: JSON.stringify({ schemaVersion: '2.2', description: Name, mainSteps: [] }),
    }),
  );

type Environment = {
  environment?: { name: string; value: string }[];
  secrets?: { name: string; valueFrom: string }[];
};

/** Has the backend run a new revision with this environment, under the roles that it has. */
export async function runBackend({ ecs }: Clients, environment: Environment): Promise<void> {
  const before = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'securecart-backend' }));
  const { taskRoleArn, executionRoleArn } = before.taskDefinition ?? {};
  const registered = await ecs.send(
    new RegisterTaskDefinitionCommand(backendDefinition({ taskRoleArn, executionRoleArn }, environment)),
  );
  const taskDefinition = need(registered.taskDefinition?.taskDefinitionArn, 'task definition');
  await ecs.send(new UpdateServiceCommand({ cluster: 'securecart', service: 'backend', taskDefinition }));
}
