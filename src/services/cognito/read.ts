import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  type GetUserPoolMfaConfigResponse,
  paginateListUserPoolClients,
  paginateListUserPools,
  type UserPoolClientDescription,
  type UserPoolClientType,
  type UserPoolDescriptionType,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { readEach } from '../../aws/pages.ts';
import { apiCall, given, part, type Readers, type RegionAccess, sortedBy } from '../reader.ts';
import type {
  ClientSettings,
  cognitoFacts,
  UserPool,
  UserPoolClient,
  UserPoolMfa,
  UserPoolSettings,
} from './facts.ts';

const describe = apiCall('cognito-idp:DescribeUserPool');
const getMfa = apiCall('cognito-idp:GetUserPoolMfaConfig');
const listClients = apiCall('cognito-idp:ListUserPoolClients');
const describeClient = apiCall('cognito-idp:DescribeUserPoolClient');
/** The most that Cognito gives at once. */
export const PAGE_SIZE = 60;

/** How Cognito's facts are read. */
export const cognitoReaders = {
  'cognito.userPools': {
    calls: [apiCall('cognito-idp:ListUserPools'), describe, getMfa, listClients, describeClient],
    needs: [],
    read: async access => {
      const config = { client: access.client(CognitoIdentityProviderClient), pageSize: PAGE_SIZE };
      const pages = paginateListUserPools(config, { MaxResults: PAGE_SIZE }, access.options);
      const all = await readEach(
        pages,
        page => page.UserPools ?? [],
        pool => userPool(access, pool),
      );
      return sortedBy(all, ({ id }) => id);
    },
  },
} as const satisfies Readers<keyof typeof cognitoFacts>;

async function userPool(access: RegionAccess, { Id, Name }: UserPoolDescriptionType): Promise<UserPool> {
  const UserPoolId = given(Id, 'Id of a user pool');
  const client = access.client(CognitoIdentityProviderClient);
  const [pool, mfa, clients] = await Promise.all([
    part(access, [describe], async () => {
      const answer = await client.send(new DescribeUserPoolCommand({ UserPoolId }), access.options);
      return settings(given(answer.UserPool, 'UserPool'));
    }),
    part(access, [getMfa], async () =>
      mfaOf(await client.send(new GetUserPoolMfaConfigCommand({ UserPoolId }), access.options)),
    ),
    part(access, [listClients], async () => {
      const pages = paginateListUserPoolClients(
        { client, pageSize: PAGE_SIZE },
        { UserPoolId },
        access.options,
      );
      const all = await readEach(
        pages,
        page => page.UserPoolClients ?? [],
        one => userPoolClient(access, one),
      );
      return sortedBy(all, ({ id }) => id);
    }),
  ]);
  return { id: UserPoolId, name: given(Name, 'Name of a user pool'), settings: pool, mfa, clients };
}

/** What mends and controls look at of DescribeUserPool's answer. */
export function settings(from: UserPoolType): UserPoolSettings {
  const policy = from.Policies?.PasswordPolicy ?? {};
  return {
    password: {
      // Cognito's defaults (API_PasswordPolicyType).
      minimumLength: policy.MinimumLength ?? 8,
      requires: [
        ...(policy.RequireLowercase ? (['lowercase'] as const) : []),
        ...(policy.RequireUppercase ? (['uppercase'] as const) : []),
        ...(policy.RequireNumbers ? (['numbers'] as const) : []),
        ...(policy.RequireSymbols ? (['symbols'] as const) : []),
      ],
      temporaryValidDays: policy.TemporaryPasswordValidityDays ?? 7,
    },
    threatProtection: from.UserPoolAddOns?.AdvancedSecurityMode ?? 'OFF',
    deletionProtection: from.DeletionProtection === 'ACTIVE',
    ...(from.UserPoolTier && { featurePlan: from.UserPoolTier }),
    tags: Object.fromEntries(Object.entries(from.UserPoolTags ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** The second factors of GetUserPoolMfaConfig's answer. */
export const mfaOf = (from: GetUserPoolMfaConfigResponse): UserPoolMfa => ({
  required: from.MfaConfiguration ?? 'OFF',
  methods: [
    ...(from.SoftwareTokenMfaConfiguration?.Enabled ? (['software-token'] as const) : []),
    ...(from.SmsMfaConfiguration?.SmsConfiguration ? (['sms'] as const) : []),
    ...(from.EmailMfaConfiguration ? (['email'] as const) : []),
    // A passkey counts as a second factor only where it is set so.
    ...(from.WebAuthnConfiguration?.FactorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION'
      ? (['passkey'] as const)
      : []),
  ],
});

async function userPoolClient(
  access: RegionAccess,
  { ClientId, ClientName, UserPoolId }: UserPoolClientDescription,
): Promise<UserPoolClient> {
  const { client, options } = access;
  return {
    id: given(ClientId, 'ClientId'),
    name: given(ClientName, 'ClientName'),
    settings: await part(access, [describeClient], async () => {
      const command = new DescribeUserPoolClientCommand({ UserPoolId, ClientId });
      const answer = await client(CognitoIdentityProviderClient).send(command, options);
      return clientSettings(given(answer.UserPoolClient, 'UserPoolClient'));
    }),
  };
}

/** What is looked at of DescribeUserPoolClient's answer, which holds the client's secret: that goes no further than here. */
export const clientSettings = (from: UserPoolClientType): ClientSettings => ({
  authFlows: [...(from.ExplicitAuthFlows ?? [])].sort(),
  oauthFlows: from.AllowedOAuthFlowsUserPoolClient ? [...(from.AllowedOAuthFlows ?? [])].sort() : [],
  hidesUserExistence: from.PreventUserExistenceErrors === 'ENABLED',
  revocableTokens: from.EnableTokenRevocation ?? false,
});
