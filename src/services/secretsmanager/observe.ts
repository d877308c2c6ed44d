import {
  DescribeSecretCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { ObjectKind } from '../../model/plan.ts';
import { policyState } from '../../policy/policy-state.ts';
import { nullOn } from '../null-on.ts';
import type { Observer } from '../writer.ts';
import { secretState } from './changes.ts';
import type { Secret } from './facts.ts';
import { described, readPolicy } from './read.ts';

/** How secrets are looked at; their values are not. */
export const secretsManagerObservers = {
  secret: {
    permissions: ['secretsmanager:DescribeSecret', 'secretsmanager:ListSecrets'],
    observe: async (session, region, name) => {
      const client = session.client(SecretsManagerClient, region);
      const secret = await describe(client, name);
      if (secret === null || secret.deletedAt !== undefined) return { state: null, handles: {} };
      return { state: secretState(secret), handles: {}, busy: !(await isListed(client, name)) };
    },
  },
  'secret-policy': {
    permissions: ['secretsmanager:GetResourcePolicy'],
    observe: async (session, region, name) => {
      const client = session.client(SecretsManagerClient, region);
      // Of a secret that is to be deleted it says nothing.
      const policy = await nullOn('InvalidRequestException', () =>
        nullOn('ResourceNotFoundException', () => readPolicy(client, name)),
      );
      return { state: policy === null ? null : policyState(policy.text), handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;

const describe = (client: SecretsManagerClient, SecretId: string): Promise<Secret | null> =>
  nullOn('ResourceNotFoundException', async () => {
    const answer = await client.send(new DescribeSecretCommand({ SecretId }));
    return described(answer, answer.VersionIdsToStages);
  });

/** ListSecrets, by which an audit reads, may lag five minutes behind (API_ListSecrets): until then it would miss the secret. */
async function isListed(client: SecretsManagerClient, name: string): Promise<boolean> {
  // The filter is for how a name begins.
  const command = new ListSecretsCommand({ Filters: [{ Key: 'name', Values: [name] }], MaxResults: 100 });
  const { SecretList = [] } = await client.send(command);
  return SecretList.some(({ Name }) => Name === name);
}
