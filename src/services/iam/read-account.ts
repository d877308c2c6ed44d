import {
  type AttachedPolicy,
  GetAccessKeyLastUsedCommand,
  type GetAccountAuthorizationDetailsResponse,
  GetAccountSummaryCommand,
  IAMClient,
  type ManagedPolicyDetail,
  type PolicyDetail,
  paginateGetAccountAuthorizationDetails,
  paginateListAccessKeys,
} from '@aws-sdk/client-iam';
import { fromPages } from '../../aws/pages.ts';
import { need } from '../../model/fact.ts';
import type { Json } from '../../model/json.ts';
import { apiCall, given, part, type Readers, type RegionAccess, sortedBy, tagsOf } from '../reader.ts';
import { document } from './document.ts';
import type { AccessKey, Authorization, iamGlobalFacts, ManagedPolicy } from './facts.ts';

const listKeys = apiCall('iam:ListAccessKeys');
const lastUsed = apiCall('iam:GetAccessKeyLastUsed');

/**
 * How the facts of IAM that are the account's are read. Not by the credential report: it may be four hours old, so that a
 * key that a fix has just turned off would still be on in it, it has no ids of keys, and its date of a key is that of its
 * last change.
 */
export const iamGlobalReaders = {
  'iam.authorization': {
    calls: [apiCall('iam:GetAccountAuthorizationDetails')],
    needs: [],
    read: async ({ client, options }) => {
      const pages = paginateGetAccountAuthorizationDetails(
        { client: client(IAMClient), pageSize: 1000 },
        {},
        options,
      );
      return joined(await fromPages(pages, page => [authorizationOf(page)]));
    },
  },
  'iam.accessKeys': {
    calls: [listKeys, lastUsed],
    needs: ['iam.authorization'],
    read: async access => {
      const { users } = need(await access.fact('iam.authorization'));
      return Promise.all(
        users.map(async ({ name, arn }) => ({
          user: name,
          arn,
          keys: await part(access, [listKeys, lastUsed], () => activeKeys(access, name)),
        })),
      );
    },
  },
  'iam.rootUser': {
    calls: [apiCall('iam:GetAccountSummary')],
    needs: [],
    read: async ({ client, options }) => {
      const answer = await client(IAMClient).send(new GetAccountSummaryCommand({}), options);
      const summary = given(answer.SummaryMap, 'SummaryMap');
      return {
        accessKey: given(summary.AccountAccessKeysPresent, 'AccountAccessKeysPresent') > 0,
        mfa: given(summary.AccountMFAEnabled, 'AccountMFAEnabled') > 0,
        // 0 in the member of an organization that has taken the credentials of its root user away.
        password: summary.AccountPasswordPresent !== 0,
      };
    },
  },
} as const satisfies Readers<keyof typeof iamGlobalFacts>;

const authorizationOf = (page: GetAccountAuthorizationDetailsResponse): Authorization => ({
  users: (page.UserDetailList ?? []).map(user => ({
    name: given(user.UserName, 'UserName'),
    arn: given(user.Arn, 'Arn of a user'),
    ...boundaryOf(user),
    tags: tagsOf(user.Tags),
    ...held(user.UserPolicyList, user.AttachedManagedPolicies),
  })),
  groups: (page.GroupDetailList ?? []).map(group => ({
    name: given(group.GroupName, 'GroupName'),
    arn: given(group.Arn, 'Arn of a group'),
    ...held(group.GroupPolicyList, group.AttachedManagedPolicies),
  })),
  roles: (page.RoleDetailList ?? []).map(role => ({
    name: given(role.RoleName, 'RoleName'),
    arn: given(role.Arn, 'Arn of a role'),
    path: given(role.Path, 'Path of a role'),
    trust: document(given(role.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument')),
    ...boundaryOf(role),
    tags: tagsOf(role.Tags),
    ...held(role.RolePolicyList, role.AttachedManagedPolicies),
  })),
  policies: (page.Policies ?? []).filter(isHeld).map(managedPolicy),
});

/** The pages as one, without the policies that nobody holds: AWS's own may all be listed. */
const joined = (pages: readonly Authorization[]): Authorization => ({
  users: sortedBy(
    pages.flatMap(({ users }) => users),
    ({ name }) => name,
  ),
  groups: sortedBy(
    pages.flatMap(({ groups }) => groups),
    ({ name }) => name,
  ),
  roles: sortedBy(
    pages.flatMap(({ roles }) => roles),
    ({ name }) => name,
  ),
  policies: sortedBy(
    pages.flatMap(({ policies }) => policies),
    ({ arn }) => arn,
  ),
});

const isHeld = ({ AttachmentCount = 0, PermissionsBoundaryUsageCount = 0 }: ManagedPolicyDetail): boolean =>
  AttachmentCount + PermissionsBoundaryUsageCount > 0;

function managedPolicy({ Arn, PolicyVersionList = [] }: ManagedPolicyDetail): ManagedPolicy {
  const version = given(
    PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion),
    'default version of a policy',
  );
  return {
    arn: given(Arn, 'Arn of a policy'),
    document: document(given(version.Document, 'Document of a policy')),
  };
}

type Bounded = { PermissionsBoundary?: { PermissionsBoundaryArn?: string | undefined } | undefined };

const boundaryOf = ({ PermissionsBoundary: { PermissionsBoundaryArn: boundary } = {} }: Bounded) =>
  boundary === undefined ? {} : { boundary };

function held(inline: readonly PolicyDetail[] = [], attached: readonly AttachedPolicy[] = []) {
  const policies = inline.map(({ PolicyName, PolicyDocument }): [string, Json] => [
    given(PolicyName, 'PolicyName'),
    document(given(PolicyDocument, 'PolicyDocument')),
  ]);
  return {
    inline: Object.fromEntries(sortedBy(policies, ([name]) => name)),
    attached: attached.map(({ PolicyArn }) => given(PolicyArn, 'PolicyArn')).sort(),
  };
}

async function activeKeys({ client, options }: RegionAccess, UserName: string): Promise<AccessKey[]> {
  const iam = client(IAMClient);
  const listed = await fromPages(
    paginateListAccessKeys({ client: iam, pageSize: 1000 }, { UserName }, options),
    page => page.AccessKeyMetadata ?? [],
  );
  const keys = listed
    .filter(({ Status }) => Status === 'Active')
    .map(async ({ AccessKeyId, CreateDate }) => {
      const { AccessKeyLastUsed: use } = await iam.send(
        new GetAccessKeyLastUsedCommand({ AccessKeyId }),
        options,
      );
      return {
        id: given(AccessKeyId, 'AccessKeyId'),
        created: given(CreateDate, 'CreateDate of an access key').toISOString(),
        lastUsed: use?.LastUsedDate?.toISOString() ?? null,
      };
    });
  return sortedBy(await Promise.all(keys), ({ id }) => id);
}
