import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  PutResourcePolicyCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { plainOperation } from '../operation.ts';
import type { Operation } from '../writer.ts';

const Named = z.strictObject({ SecretId: z.string() });

const Deletion = z.union([
  Named.extend({ RecoveryWindowInDays: z.int() }),
  Named.extend({ ForceDeleteWithoutRecovery: z.literal(true) }),
]);

/** The mutating operations of Secrets Manager that plans may ask for. None of them takes a value. */
export const secretsManagerOperations = {
  CreateSecret: plainOperation(
    SecretsManagerClient,
    'secretsmanager:CreateSecret',
    z.strictObject({
      Name: z.string(),
      Description: z.string(),
      KmsKeyId: z.string().optional(),
      Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })),
      ClientRequestToken: z.string(),
    }),
    (client, input) => client.send(new CreateSecretCommand(input)),
  ),
  DeleteSecret: plainOperation(
    SecretsManagerClient,
    'secretsmanager:DeleteSecret',
    Deletion,
    async (client, input) => client.send(new DeleteSecretCommand(await recoverable(client, input))),
  ),
  RestoreSecret: plainOperation(
    SecretsManagerClient,
    'secretsmanager:RestoreSecret',
    Named,
    (client, input) => client.send(new RestoreSecretCommand(input)),
  ),
  PutResourcePolicy: plainOperation(
    SecretsManagerClient,
    'secretsmanager:PutResourcePolicy',
    Named.extend({ ResourcePolicy: z.string(), BlockPublicPolicy: z.boolean() }),
    (client, input) => client.send(new PutResourcePolicyCommand(input)),
  ),
  DeleteResourcePolicy: plainOperation(
    SecretsManagerClient,
    'secretsmanager:DeleteResourcePolicy',
    Named,
    (client, input) => client.send(new DeleteResourcePolicyCommand(input)),
  ),
} as const satisfies Record<string, Operation>;

/** The least that Secrets Manager keeps what is to be deleted, in days. */
const SHORTEST_WINDOW = 7;

/** The deletion as it is asked for; a secret into which somebody has put a value since is not deleted beyond recovery, whoever forces it. */
async function recoverable(
  client: SecretsManagerClient,
  input: z.infer<typeof Deletion>,
): Promise<z.infer<typeof Deletion>> {
  if ('RecoveryWindowInDays' in input) return input;
  const { SecretId } = input;
  const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
  const isEmpty = Object.keys(VersionIdsToStages).length === 0;
  return isEmpty ? input : { SecretId, RecoveryWindowInDays: SHORTEST_WINDOW };
}
