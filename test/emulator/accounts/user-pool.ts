import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Clients } from '../clients.ts';
import { need } from './named.ts';

/** A user pool with one client. */
export type Pool = { id: string; arn: string; client: string };

/** The customers' pool as the baseline wants it. */
export async function buildUserPool({ cognito }: Clients): Promise<Pool> {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: 'securecart-customers',
      Policies: {
        PasswordPolicy: {
          MinimumLength: 14,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
      },
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
      DeletionProtection: 'ACTIVE',
    }),
  );
  const UserPoolId = need(UserPool?.Id, 'user pool id');
  await cognito.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
  );
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'securecart-web',
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['https://shop.example.com/'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    }),
  );
  return {
    id: UserPoolId,
    arn: need(UserPool?.Arn, 'user pool ARN'),
    client: need(UserPoolClient?.ClientId, 'client id'),
  };
}
