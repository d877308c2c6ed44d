import { CognitoUserPool } from '@awboost/cfn-resource-types/AWS-Cognito-UserPool';
import { CognitoUserPoolClient } from '@awboost/cfn-resource-types/AWS-Cognito-UserPoolClient';
import { z } from 'zod';
import { Computed, RETAINED, TagMap, type Translate } from './translation.ts';

/** What UpdateUserPool sets as well. */
const settings = {
  PasswordPolicy: Computed,
  AdvancedSecurityMode: z.string(),
  DeletionProtection: z.string(),
  UserPoolTier: z.enum(['LITE', 'ESSENTIALS', 'PLUS']),
};
const Settings = z.object(settings).partial();

const UserPool = z.object({
  PoolName: z.string(),
  UserPoolTags: TagMap,
  UsernameAttributes: Computed,
  UsernameConfiguration: Computed,
  AutoVerifiedAttributes: Computed,
  UserAttributeUpdateSettings: Computed,
  AccountRecoverySetting: Computed,
  ...settings,
});

/** The second factors that need nothing more than a switch. */
const Mfa = z.object({
  MfaConfiguration: z.string(),
  SoftwareTokenMfaConfiguration: z.object({ Enabled: z.boolean() }).optional(),
});

const createUserPool: Translate = ({ id, input, later }) => {
  const pool = UserPool.parse(input);
  const set = later('cognito-idp:UpdateUserPool').map(update => Settings.parse(update));
  const { PoolName, PasswordPolicy, AdvancedSecurityMode, ...rest } = Object.assign({}, pool, ...set);
  const [mfa] = later('cognito-idp:SetUserPoolMfaConfig').map(config => Mfa.parse(config));
  const properties = {
    ...rest,
    UserPoolName: PoolName,
    Policies: { PasswordPolicy },
    UserPoolAddOns: { AdvancedSecurityMode },
    ...(mfa !== undefined && {
      MfaConfiguration: mfa.MfaConfiguration,
      EnabledMfas: mfa.SoftwareTokenMfaConfiguration?.Enabled === true ? ['SOFTWARE_TOKEN_MFA'] : [],
    }),
  };
  return [new CognitoUserPool(id, properties, RETAINED)];
};

const Client = z.object({
  UserPoolId: Computed,
  ClientName: z.string(),
  GenerateSecret: z.boolean(),
  ExplicitAuthFlows: z.array(z.string()),
  PreventUserExistenceErrors: z.string(),
  EnableTokenRevocation: z.boolean(),
});

const createClient: Translate = ({ id, input }) => [new CognitoUserPoolClient(id, Client.parse(input))];

/** What a template says for each call of Cognito's that builds the user pools. */
export const identity = {
  'cognito-idp:CreateUserPool': createUserPool,
  'cognito-idp:UpdateUserPool': () => [],
  'cognito-idp:SetUserPoolMfaConfig': () => [],
  'cognito-idp:CreateUserPoolClient': createClient,
} satisfies Record<string, Translate>;
