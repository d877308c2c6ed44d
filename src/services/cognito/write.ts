import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolCommand,
  type UpdateUserPoolRequest,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { z } from 'zod';
import { plainOperation } from '../operation.ts';
import { given } from '../reader.ts';
import type { Operation } from '../writer.ts';

const PoolInput = z.strictObject({
  UserPoolId: z.string(),
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

const MfaInput = z.strictObject({
  UserPoolId: z.string(),
  MfaConfiguration: z.enum(['OFF', 'ON', 'OPTIONAL']),
  SoftwareTokenMfaConfiguration: z.strictObject({ Enabled: z.boolean() }),
});

/** The mutating operations of Cognito that plans may ask for. What they are not told, they read and write back: Cognito resets what a call leaves out. */
export const cognitoOperations = {
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
