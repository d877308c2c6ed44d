import {
  type DescribeSecretResponse,
  GetResourcePolicyCommand,
  paginateListSecrets,
  type SecretListEntry,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { fromPages } from '../../aws/pages.ts';
import { need } from '../../model/fact.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { apiCall, given, part, type Readers, sortedBy, tagsOf } from '../reader.ts';
import type { Secret, SecretPolicy, secretsManagerFacts } from './facts.ts';

const getPolicy = apiCall('secretsmanager:GetResourcePolicy');

/** How Secrets Manager's facts are read. */
export const secretsManagerReaders = {
  'secretsmanager.secrets': {
    calls: [apiCall('secretsmanager:ListSecrets')],
    needs: [],
    read: async ({ client, options }) => {
      const config = { client: client(SecretsManagerClient), pageSize: 100 };
      const pages = paginateListSecrets(config, { IncludePlannedDeletion: true }, options);
      const secrets = await fromPages(pages, ({ SecretList = [] }) => SecretList.map(secret));
      return sortedBy(secrets, ({ arn }) => arn);
    },
  },
  'secretsmanager.policies': {
    calls: [getPolicy],
    needs: ['secretsmanager.secrets'],
    read: async access => {
      const secrets = need(await access.fact('secretsmanager.secrets'));
      const client = access.client(SecretsManagerClient);
      // Secrets Manager says nothing of the policy of a secret that is to be deleted.
      const live = secrets.filter(({ deletedAt }) => deletedAt === undefined);
      return Promise.all(
        live.map(async ({ arn }) => ({
          secret: arn,
          policy: await part(access, [getPolicy], () => readPolicy(client, arn, access.options)),
        })),
      );
    },
  },
} as const satisfies Readers<keyof typeof secretsManagerFacts>;

/** What ListSecrets says of a secret. */
const secret = (from: SecretListEntry): Secret => described(from, from.SecretVersionsToStages);

/** What a listing and a description of a secret have in common, as they name it; the stages by the ids of the versions. */
export function described(
  from: Omit<SecretListEntry, 'SecretVersionsToStages'> | DescribeSecretResponse,
  stages: Readonly<Record<string, readonly string[]>> = {},
): Secret {
  const { KmsKeyId, OwningService, PrimaryRegion, DeletedDate } = from;
  return {
    arn: given(from.ARN, 'ARN of a secret'),
    name: given(from.Name, 'Name of a secret'),
    ...(KmsKeyId && { key: KmsKeyId }),
    hasValue: Object.values(stages).some(of => of.includes('AWSCURRENT')),
    rotation: rotation(from),
    ...(OwningService && { owner: OwningService }),
    ...(PrimaryRegion && { primaryRegion: PrimaryRegion }),
    ...(DeletedDate && { deletedAt: DeletedDate.toISOString() }),
    tags: tagsOf(from.Tags),
  };
}

/** Secrets Manager leaves out RotationEnabled of a secret that was never rotated. */
function rotation(
  from: Pick<
    SecretListEntry,
    'RotationEnabled' | 'RotationLambdaARN' | 'RotationRules' | 'LastRotatedDate' | 'NextRotationDate'
  >,
): Secret['rotation'] {
  const { RotationLambdaARN, RotationRules, LastRotatedDate, NextRotationDate } = from;
  const everyDays = RotationRules?.AutomaticallyAfterDays;
  return {
    enabled: from.RotationEnabled ?? false,
    ...(RotationLambdaARN && { function: RotationLambdaARN }),
    ...(everyDays && { everyDays }),
    ...(LastRotatedDate && { last: LastRotatedDate.toISOString() }),
    ...(NextRotationDate && { next: NextRotationDate.toISOString() }),
  };
}

/** The resource policy of a secret; null where it has none. Throws CallError, and MissingField where it is none of IAM's grammar. */
export async function readPolicy(
  client: SecretsManagerClient,
  SecretId: string,
  options: { abortSignal?: AbortSignal } = {},
): Promise<SecretPolicy | null> {
  const { ResourcePolicy: text } = await client.send(new GetResourcePolicyCommand({ SecretId }), options);
  return text === undefined ? null : { ...given(parsePolicy(text), "policy of IAM's grammar"), text };
}
