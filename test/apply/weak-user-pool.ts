import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { need } from '../emulator/accounts/named.ts';
import type { Clients } from '../emulator/clients.ts';

/** The ids of the pool and of its client. */
export interface WeakUserPool {
  readonly UserPoolId: string;
  readonly ClientId: string;
}

/** What the baseline does not speak of, and a call that leaves it out resets. */
export const others = {
  LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:123456789012:function:welcome' },
  AutoVerifiedAttributes: ['email' as const],
  VerificationMessageTemplate: {
    EmailMessage: 'Your code is {####}.',
    EmailSubject: 'Welcome',
    DefaultEmailOption: 'CONFIRM_WITH_CODE' as const,
  },
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  UserPoolTags: { team: 'checkout' },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' as const }] },
};

/** A user pool of the baseline's name, weak in all that the baseline asks of one, with a client that is as weak. */
export async function buildWeakUserPool({ cognito }: Clients): Promise<WeakUserPool> {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: 'securecart-customers',
      // All that AWS says of its own accord, which moto leaves out where nobody set it.
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireLowercase: false,
          RequireUppercase: false,
          RequireNumbers: true,
          RequireSymbols: false,
          TemporaryPasswordValidityDays: 30,
          PasswordHistorySize: 5,
        },
      },
      UserPoolAddOns: { AdvancedSecurityMode: 'OFF' },
      DeletionProtection: 'INACTIVE',
      UserPoolTier: 'ESSENTIALS',
      ...others,
    }),
  );
  const UserPoolId = need(UserPool?.Id, 'user pool');
  await cognito.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration: 'OFF',
      SoftwareTokenMfaConfiguration: { Enabled: false },
    }),
  );
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'securecart-web',
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlows: ['code', 'implicit'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['https://shop.example.com/'],
      RefreshTokenValidity: 12,
      PreventUserExistenceErrors: 'LEGACY',
      EnableTokenRevocation: false,
    }),
  );
  return { UserPoolId, ClientId: need(UserPoolClient?.ClientId, 'client') };
}

/** All that Cognito says of the pool and of its second factors, but for when it was changed. */
export async function poolState({ cognito }: Clients, { UserPoolId, ClientId }: WeakUserPool) {
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  const client = {
    ...UserPoolClient,
    ExplicitAuthFlows: UserPoolClient?.ExplicitAuthFlows?.toSorted(),
    LastModifiedDate: undefined,
  };
  const mfa = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
  return {
    pool: { ...UserPool, LastModifiedDate: undefined, MfaConfiguration: undefined },
    mfa: { ...mfa, $metadata: undefined },
    client,
  };
}
