import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';

const PasswordPolicy = z.strictObject({
  minimumLength: z.int(),
  /** The classes of characters that a password must have. */
  requires: z.array(z.enum(['lowercase', 'uppercase', 'numbers', 'symbols'])),
  temporaryValidDays: z.int(),
});

/** What DescribeUserPool says; of MFA it says what GetUserPoolMfaConfig may have overtaken, so that is left out. */
export const UserPoolSettings = z.strictObject({
  password: PasswordPolicy,
  /** AdvancedSecurityMode, which the console calls threat protection. */
  threatProtection: z.enum(['OFF', 'AUDIT', 'ENFORCED']),
  deletionProtection: z.boolean(),
  /** UserPoolTier, which the console calls the feature plan; absent where Cognito does not say. */
  featurePlan: z.enum(['LITE', 'ESSENTIALS', 'PLUS']).optional(),
  tags: z.record(z.string(), z.string()),
});
export type UserPoolSettings = z.infer<typeof UserPoolSettings>;

/** What GetUserPoolMfaConfig says. */
export const UserPoolMfa = z.strictObject({
  required: z.enum(['ON', 'OPTIONAL', 'OFF']),
  methods: z.array(z.enum(['software-token', 'sms', 'email', 'passkey'])),
});
export type UserPoolMfa = z.infer<typeof UserPoolMfa>;

/** What DescribeUserPoolClient says; its secret is not read into it. */
export const ClientSettings = z.strictObject({
  /** Empty where none are named: Cognito then allows SRP, refresh and custom authentication. */
  authFlows: z.array(z.string()),
  /** The grants of OAuth that are in force: none where the client may not use OAuth at all. */
  oauthFlows: z.array(z.string()),
  hidesUserExistence: z.boolean(),
  revocableTokens: z.boolean(),
});
export type ClientSettings = z.infer<typeof ClientSettings>;

export const UserPoolClient = z.strictObject({
  id: z.string(),
  name: z.string(),
  settings: fact(ClientSettings),
});
export type UserPoolClient = z.infer<typeof UserPoolClient>;

export const UserPool = z.strictObject({
  id: z.string(),
  /** Not unique. */
  name: z.string(),
  settings: fact(UserPoolSettings),
  mfa: fact(UserPoolMfa),
  clients: fact(z.array(UserPoolClient)),
});
export type UserPool = z.infer<typeof UserPool>;

/** The facts of Amazon Cognito, each of one Region; the service's name in IAM is cognito-idp. */
export const cognitoFacts = { 'cognito.userPools': snapshotFact(z.array(UserPool)) };
