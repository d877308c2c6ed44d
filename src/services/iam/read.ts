import {
  type Role as DescribedRole,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  paginateListRolePolicies,
  paginateListRoles,
} from '@aws-sdk/client-iam';
import { readEach } from '../../aws/pages.ts';
import type { Json } from '../../model/json.ts';
import { apiCall, given, type Readers, sortedBy, tagsOf } from '../reader.ts';
import { document } from './document.ts';
import { type iamFacts, type iamGlobalFacts, ROLE_PATH, type Role } from './facts.ts';
import { iamGlobalReaders } from './read-account.ts';

type Options = { abortSignal?: AbortSignal };

/** How IAM's facts are read. */
export const iamReaders = {
  ...iamGlobalReaders,
  'iam.roles': {
    calls: [
      apiCall('iam:ListRoles'),
      apiCall('iam:GetRole'),
      apiCall('iam:ListRolePolicies'),
      apiCall('iam:GetRolePolicy'),
    ],
    needs: [],
    read: async ({ client, options, region }) => {
      const iam = client(IAMClient);
      const roles = await readEach(
        paginateListRoles({ client: iam, pageSize: 1000 }, { PathPrefix: ROLE_PATH }, options),
        page =>
          (page.Roles ?? []).flatMap(({ RoleName: name }) => (name?.endsWith(`-${region}`) ? name : [])),
        name => wholeRole(iam, name, options),
      );
      return sortedBy(roles, ({ name }) => name);
    },
  },
} as const satisfies Readers<keyof typeof iamFacts | keyof typeof iamGlobalFacts>;

async function wholeRole(client: IAMClient, RoleName: string, options: Options): Promise<Role> {
  const [{ Role: from }, policies] = await Promise.all([
    client.send(new GetRoleCommand({ RoleName }), options),
    readEach(
      paginateListRolePolicies({ client, pageSize: 1000 }, { RoleName }, options),
      page => page.PolicyNames ?? [],
      async name => [name, await rolePolicy(client, RoleName, name, options)] as const,
    ),
  ]);
  return { ...role(given(from, 'Role')), policies: Object.fromEntries(policies.sort(byName)) };
}

const byName = ([a]: readonly [string, Json], [b]: readonly [string, Json]) => (a < b ? -1 : 1);

/** What GetRole says of a role; its policies are read apart. */
export const role = (from: DescribedRole): Omit<Role, 'policies'> => ({
  name: given(from.RoleName, 'RoleName'),
  arn: given(from.Arn, 'Arn of a role'),
  trust: document(given(from.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument')),
  tags: tagsOf(from.Tags),
});

/** One inline policy of a role. */
export async function rolePolicy(
  client: IAMClient,
  RoleName: string,
  PolicyName: string,
  options: Options = {},
): Promise<Json> {
  const answer = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }), options);
  return document(given(answer.PolicyDocument, 'PolicyDocument'));
}
