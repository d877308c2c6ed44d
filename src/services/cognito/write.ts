import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ExplicitAuthFlowsType,
  GetUserPoolMfaConfigCommand,
  OAuthFlowType,
  RecoveryOptionNameType,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolClientCommand,
  type UpdateUserPoolClientRequest,
  UpdateUserPoolCommand,
  type UpdateUserPoolRequest,
  UsernameAttributeType,
  type UserPoolClientType,
  type UserPoolType,
  VerifiedAttributeType,
} from '@aws-sdk/client-cognito-identity-provider';
import { z } from 'zod';
import { once } from '../../aws/once.ts';
import { creatingOperation, plainOperation } from '../operation.ts';
import { given } from '../reader.ts';
import type { Operation } from '../writer.ts';

const PoolSettings = z.strictObject({
  PasswordPolicy: z.strictObject({
    MinimumLength: z.int(),
    RequireLowercase: z.boolean(),
    RequireUppercase: z.boolean(),
    RequireNumbers: z.boolean(),
    RequireSymbols: z.boolean(),
    TemporaryPasswordValidityDays: z.int(),
  }),
  AdvancedSecurityMode: z.enum(['OFF', 'AUDIT', 'ENFORCED']),
  DeletionProtection: z.enum(['ACTIVE', 'INACTIVE']),
  UserPoolTier: z.enum(['LITE', 'ESSENTIALS', 'PLUS']).optional(),
});
const Pool = z.strictObject({ UserPoolId: z.string() });
const PoolInput = PoolSettings.extend(Pool.shape);
const NewPool = PoolSettings.extend({
  PoolName: z.string(),
  UserPoolTags: z.record(z.string(), z.string()),
  UsernameAttributes: z.array(z.enum(UsernameAttributeType)),
  UsernameConfiguration: z.strictObject({ CaseSensitive: z.boolean() }),
  AutoVerifiedAttributes: z.array(z.enum(VerifiedAttributeType)),
  UserAttributeUpdateSettings: z.strictObject({
    AttributesRequireVerificationBeforeUpdate: z.array(z.enum(VerifiedAttributeType)),
  }),
  AccountRecoverySetting: z.strictObject({
    RecoveryMechanisms: z.array(z.strictObject({ Priority: z.int(), Name: z.enum(RecoveryOptionNameType) })),
  }),
});

const MfaInput = Pool.extend({
  MfaConfiguration: z.enum(['OFF', 'ON', 'OPTIONAL']),
  SoftwareTokenMfaConfiguration: z.strictObject({ Enabled: z.boolean() }),
});

const ClientSettings = Pool.extend({
  ExplicitAuthFlows: z.array(z.enum(ExplicitAuthFlowsType)),
  PreventUserExistenceErrors: z.enum(['ENABLED', 'LEGACY']),
  EnableTokenRevocation: z.boolean(),
});
const ClientInput = ClientSettings.extend({
  ClientId: z.string(),
  AllowedOAuthFlows: z.array(z.enum(OAuthFlowType)).optional(),
});
const NewClient = ClientSettings.extend({ ClientName: z.string(), GenerateSecret: z.literal(false) });

/** The mutating operations of Cognito that plans may ask for. What they are not told, they read and write back: Cognito resets what a call leaves out. */
export const cognitoOperations = {
  CreateUserPool: creatingOperation(
    CognitoIdentityProviderClient,
    'cognito-idp:CreateUserPool',
    NewPool,
    async (client, { PasswordPolicy, AdvancedSecurityMode, ...input }) => {
      const answer = await client.send(
        once(
          new CreateUserPoolCommand({
            ...input,
            Policies: { PasswordPolicy },
            UserPoolAddOns: { AdvancedSecurityMode },
          }),
        ),
      );
      return answer.UserPool?.Id;
    },
  ),
  DeleteUserPool: plainOperation(
    CognitoIdentityProviderClient,
    'cognito-idp:DeleteUserPool',
    Pool,
    (client, input) => client.send(new DeleteUserPoolCommand(input)),
  ),
  CreateUserPoolClient: creatingOperation(
    CognitoIdentityProviderClient,
    'cognito-idp:CreateUserPoolClient',
    NewClient,
    async (client, input) => {
      const { UserPoolClient } = await client.send(once(new CreateUserPoolClientCommand(input)));
      return UserPoolClient && `${input.UserPoolId}/${UserPoolClient.ClientId}`;
    },
  ),
  DeleteUserPoolClient: plainOperation(
    CognitoIdentityProviderClient,
    'cognito-idp:DeleteUserPoolClient',
    z.strictObject({ Client: z.string() }),
    (client, { Client }) => {
      const [UserPoolId, ClientId] = Client.split('/');
      return client.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId }));
    },
  ),
  UpdateUserPool: plainOperation(
    CognitoIdentityProviderClient,
    'cognito-idp:UpdateUserPool',
    PoolInput,
    async (client, { UserPoolId, PasswordPolicy, AdvancedSecurityMode, ...input }) => {
      const [answer, mfa] = await Promise.all([
        client.send(new DescribeUserPoolCommand({ UserPoolId })),
        client.send(new GetUserPoolMfaConfigCommand({ UserPoolId })),
      ]);
      const live = given(answer.UserPool, 'UserPool');
      const { Policies, UserPoolAddOns } = live;
      return client.send(
        new UpdateUserPoolCommand({
          ...mutable(live),
          UserPoolId,
          MfaConfiguration: mfa.MfaConfiguration,
          ...input,
          Policies: { ...Policies, PasswordPolicy: { ...Policies?.PasswordPolicy, ...PasswordPolicy } },
          UserPoolAddOns: { ...UserPoolAddOns, AdvancedSecurityMode },
        }),
      );
    },
  ),
  SetUserPoolMfaConfig: plainOperation(
    CognitoIdentityProviderClient,
    'cognito-idp:SetUserPoolMfaConfig',
    MfaInput,
    async (client, input) => {
      const { UserPoolId } = input;
      const live = await client.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
      const { SmsMfaConfiguration, EmailMfaConfiguration, WebAuthnConfiguration } = live;
      const others = { SmsMfaConfiguration, EmailMfaConfiguration, WebAuthnConfiguration };
      return client.send(new SetUserPoolMfaConfigCommand({ ...others, ...input }));
    },
  ),
  UpdateUserPoolClient: plainOperation(
    CognitoIdentityProviderClient,
    'cognito-idp:UpdateUserPoolClient',
    ClientInput,
    async (client, input) => {
      const { UserPoolId, ClientId } = input;
      const live = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
      const kept = mutableOfClient(given(live.UserPoolClient, 'UserPoolClient'));
      return client.send(new UpdateUserPoolClientCommand({ ...kept, ...input }));
    },
  ),
} as const satisfies Record<string, Operation>;

/** All that UpdateUserPool would reset (API_UpdateUserPool), but for what the call is about; the older forms of the messages stand in VerificationMessageTemplate. */
const mutable = (live: UserPoolType): Omit<UpdateUserPoolRequest, 'UserPoolId'> => ({
  PoolName: live.Name,
  LambdaConfig: live.LambdaConfig,
  AutoVerifiedAttributes: live.AutoVerifiedAttributes,
  VerificationMessageTemplate: live.VerificationMessageTemplate,
  SmsAuthenticationMessage: live.SmsAuthenticationMessage,
  UserAttributeUpdateSettings: live.UserAttributeUpdateSettings,
  DeviceConfiguration: live.DeviceConfiguration,
  EmailConfiguration: live.EmailConfiguration,
  SmsConfiguration: live.SmsConfiguration,
  UserPoolTags: live.UserPoolTags,
  AdminCreateUserConfig: live.AdminCreateUserConfig && {
    // Cognito refuses the older name of TemporaryPasswordValidityDays beside it.
    AllowAdminCreateUserOnly: live.AdminCreateUserConfig.AllowAdminCreateUserOnly,
    InviteMessageTemplate: live.AdminCreateUserConfig.InviteMessageTemplate,
  },
  AccountRecoverySetting: live.AccountRecoverySetting,
  UserPoolTier: live.UserPoolTier,
  DcrConfiguration: live.DcrConfiguration,
  KeyConfiguration: live.KeyConfiguration,
  IssuerConfiguration: live.IssuerConfiguration,
  AcrConfiguration: live.AcrConfiguration,
});

/** All that UpdateUserPoolClient would reset (API_UpdateUserPoolClient), but for what the call is about. The secret is AWS's to keep. */
const mutableOfClient = (
  live: UserPoolClientType,
): Omit<UpdateUserPoolClientRequest, 'UserPoolId' | 'ClientId'> => ({
  ClientName: live.ClientName,
  RefreshTokenValidity: live.RefreshTokenValidity,
  AccessTokenValidity: live.AccessTokenValidity,
  IdTokenValidity: live.IdTokenValidity,
  TokenValidityUnits: live.TokenValidityUnits,
  ReadAttributes: live.ReadAttributes,
  WriteAttributes: live.WriteAttributes,
  SupportedIdentityProviders: live.SupportedIdentityProviders,
  CallbackURLs: live.CallbackURLs,
  LogoutURLs: live.LogoutURLs,
  DefaultRedirectURI: live.DefaultRedirectURI,
  AllowedOAuthFlows: live.AllowedOAuthFlows,
  AllowedOAuthScopes: live.AllowedOAuthScopes,
  AllowedOAuthFlowsUserPoolClient: live.AllowedOAuthFlowsUserPoolClient,
  AnalyticsConfiguration: live.AnalyticsConfiguration,
  EnablePropagateAdditionalUserContextData: live.EnablePropagateAdditionalUserContextData,
  AuthSessionValidity: live.AuthSessionValidity,
  RefreshTokenRotation: live.RefreshTokenRotation,
});
