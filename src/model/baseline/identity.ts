import { z } from 'zod';
import { item } from './provenance.ts';

const UserPool = z.strictObject({
  ...item,
  name: z.string().min(1),
  poolId: z
    .string()
    .regex(/^[\w-]+_[0-9a-zA-Z]+$/, "a user pool's id is written like eu-west-1_Ab12Cd34E")
    .optional()
    .describe('Binds the baseline to this user pool'),
  password: z.strictObject({
    ...item,
    minimumLength: z.int().min(6).max(99),
    requires: z.array(z.enum(['lowercase', 'uppercase', 'numbers', 'symbols'])),
    temporaryValidDays: z.int().min(0).max(365).describe('How long a temporary password can be used'),
  }),
  mfa: z.strictObject({
    ...item,
    required: z.enum(['ON', 'OPTIONAL', 'OFF']).describe('ON: every user; OPTIONAL: those who choose it'),
    methods: z.array(z.enum(['software-token', 'sms', 'email'])).min(1),
  }),
  threatProtection: z.strictObject({
    ...item,
    mode: z.enum(['ENFORCED', 'AUDIT', 'OFF']).describe('Other than OFF needs the feature plan PLUS'),
  }),
  deletionProtection: z.strictObject({ ...item, active: z.boolean() }),
  clients: z
    .array(
      z.strictObject({
        ...item,
        name: z.string().min(1),
        hidesUserExistence: z.boolean().describe('PreventUserExistenceErrors is ENABLED'),
        revocableTokens: z.boolean().describe('EnableTokenRevocation'),
        authFlows: z
          .array(
            z.enum([
              'ALLOW_USER_SRP_AUTH',
              'ALLOW_REFRESH_TOKEN_AUTH',
              'ALLOW_USER_AUTH',
              'ALLOW_CUSTOM_AUTH',
            ]),
          )
          .min(1)
          .describe('Those that are allowed; none of them sends a password to be checked'),
        oauthFlows: z
          .array(z.enum(['code', 'client_credentials']))
          .describe('Those that are allowed, without `implicit`'),
      }),
    )
    .min(1),
});

/** How customers prove who they are. */
export const Authentication = z
  .strictObject({ ...item, userPools: z.array(UserPool).min(1) })
  .describe('Amazon Cognito: user pools and their clients');
export type Authentication = z.infer<typeof Authentication>;

/** What stands before every endpoint of API Gateway. */
export const Api = z
  .strictObject({
    ...item,
    authorization: z.strictObject({
      ...item,
      authorizer: z
        .literal('cognito')
        .describe('COGNITO_USER_POOLS on a REST API, JWT of the pool on an HTTP API'),
      userPools: z.array(z.string().min(1)).min(1).describe('The names of the pools whose users are let in'),
      exceptMethods: z.array(z.enum(['OPTIONS'])).describe('Browsers ask these without credentials'),
      exceptRoutes: z
        .array(
          z.strictObject({
            route: z.string().regex(/^[A-Z]+ \//, 'a route is written like GET /health'),
            because: z.string().min(1),
          }),
        )
        .describe('Routes that are public on purpose'),
    }),
    logging: z.strictObject({
      ...item,
      access: z.boolean(),
      execution: z.boolean().describe('Of REST API stages'),
    }),
  })
  .describe('API Gateway: authorization and logging');
export type Api = z.infer<typeof Api>;

const Action = z.string().regex(/^[a-z0-9-]+:[A-Za-z]+$/, 'an action is written out like s3:GetObject');

const ResourcePattern = z
  .string()
  .regex(
    /^(\*|arn:\{partition\}:[a-z0-9-]+:[^:]*:[^:]*:.+)$/,
    'a resource is written like arn:{partition}:s3:::securecart-orders/*',
  )
  .describe(
    'An ARN, in which {partition}, {region} and {account} stand for those of the account; * only for actions that take no resource',
  );

const Role = z.strictObject({
  ...item,
  name: z.string().regex(/^[\w+=,.@-]{1,64}$/, "a role's name has at most 64 letters, digits and +=,.@-_"),
  trusts: z.enum(['ecs-tasks.amazonaws.com', 'lambda.amazonaws.com']),
  use: z
    .enum(['task', 'execution', 'function'])
    .describe('task: what the code runs as; execution: what ECS starts it with'),
  allows: z
    .array(z.strictObject({ actions: z.array(Action).min(1), resources: z.array(ResourcePattern).min(1) }))
    .min(1),
});
export type Role = z.infer<typeof Role>;

/** The roles that workloads assume, and what no policy may say. */
export const Roles = z
  .strictObject({
    ...item,
    trustsOwnAccountOnly: z.boolean().describe('The trust names aws:SourceAccount or aws:SourceArn'),
    leastPrivilege: z.strictObject({
      ...item,
      administrators: z
        .array(z.string())
        .describe('The names of the roles that may hold Action * on Resource *'),
    }),
    workloads: z.array(Role).min(1),
  })
  .describe('IAM roles of tasks and functions');
export type Roles = z.infer<typeof Roles>;

/** IAM users' access keys. */
export const AccessKeys = z
  .strictObject({
    ...item,
    unusedDays: z.int().min(1).describe('A key never used counts from its creation'),
    rotation: z.strictObject({ ...item, maximumAgeDays: z.int().min(1), onePerUser: z.boolean() }),
    root: z.strictObject({ ...item, accessKey: z.literal(false), mfa: z.literal(true) }),
  })
  .describe('IAM access keys');
export type AccessKeys = z.infer<typeof AccessKeys>;
