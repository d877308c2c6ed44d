import type { Json } from '../../src/model/json.ts';
import type { AccessKey, RoleDetail, UserAccessKeys, UserDetail } from '../../src/services/iam/facts.ts';
import { OWNER, REGION } from './place.ts';
import type { Facts } from './shop.ts';

const known = <T>(value: T) => ({ kind: 'known' as const, value });

/** A policy of these statements, each an Allow unless it says otherwise. */
export const policyOf = (...statements: { [key: string]: Json }[]): Json => ({
  Version: '2012-10-17',
  Statement: statements.map(statement => ({ Effect: 'Allow', ...statement })),
});

/** The trust of a service, for the shop's account alone unless it says otherwise. */
export const trustIn = (Service: string, more: { [key: string]: Json } = {}): Json =>
  policyOf({
    Principal: { Service },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': OWNER } },
    ...more,
  });

/** A role that may do nothing and is taken on by nobody; a test says more. */
export const role = (name: string, change: Partial<RoleDetail> = {}): RoleDetail => ({
  name,
  arn: `arn:aws:iam::${OWNER}:role/${name}`,
  path: '/',
  trust: trustIn('ec2.amazonaws.com'),
  tags: {},
  inline: {},
  attached: [],
  ...change,
});

/** A user that may do nothing. */
export const user = (name: string, change: Partial<UserDetail> = {}): UserDetail => ({
  name,
  arn: `arn:aws:iam::${OWNER}:user/${name}`,
  tags: {},
  inline: {},
  attached: [],
  ...change,
});

/** A user's active keys: the id, the day it was made, and the day of its last use, each as `AKIA1 2025-12-01 2025-12-24`. */
export const keysOf = (name: string, ...words: string[]): UserAccessKeys => ({
  user: name,
  arn: `arn:aws:iam::${OWNER}:user/${name}`,
  keys: known(words.map(keyOf)),
});

function keyOf(words: string): AccessKey {
  const [id = '', created, lastUsed] = words.split(' ');
  const midnight = (day: string) => `${day}T00:00:00.000Z`;
  return {
    id,
    created: midnight(created ?? ''),
    lastUsed: lastUsed === undefined ? null : midnight(lastUsed),
  };
}

const arnIn = (account: string) => (service: string, resource: string) =>
  `arn:aws:${service}:${REGION}:${account}:${resource}`;
const TABLE_ACTIONS = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'];

/** The statements of the backend's task role, as somebody wrote them: in another order than the baseline's, and in more pieces. */
export const taskStatements = (account: string = OWNER) => [
  { Action: TABLE_ACTIONS.toReversed(), Resource: arnIn(account)('dynamodb', 'table/securecart-*') },
  { Action: 's3:GetObject', Resource: ['arn:aws:s3:::securecart-*/*'] },
  { Action: 's3:PutObject', Resource: 'arn:aws:s3:::securecart-*/*' },
];

/** The roles of the shop, by hand. */
export function workloadRoles(account: string = OWNER): RoleDetail[] {
  const arnOf = arnIn(account);
  const trust = (service: string) =>
    trustIn(service, { Condition: { StringEquals: { 'aws:SourceAccount': account } } });
  return [
    role('securecart-backend-execution', {
      trust: trust('ecs-tasks.amazonaws.com'),
      inline: {
        start: policyOf(
          {
            Action: 'secretsmanager:GetSecretValue',
            Resource: ['database', 'payment', 'oauth'].map(name =>
              arnOf('secretsmanager', `secret:securecart/${name}-*`),
            ),
          },
          { Action: 'ssm:GetParameters', Resource: arnOf('ssm', 'parameter/securecart/*') },
          {
            Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'],
            Resource: arnOf('ecr', 'repository/securecart-*'),
          },
          { Action: 'ecr:GetAuthorizationToken', Resource: '*' },
          {
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: arnOf('logs', 'log-group:/securecart/*'),
          },
        ),
      },
    }),
    role('securecart-backend-task', {
      trust: trust('ecs-tasks.amazonaws.com'),
      inline: { work: policyOf(...taskStatements(account)) },
    }),
    role('securecart-orders-function', {
      trust: trust('lambda.amazonaws.com'),
      inline: {
        work: policyOf(
          { Action: TABLE_ACTIONS, Resource: arnOf('dynamodb', 'table/securecart-orders') },
          {
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: arnOf('logs', 'log-group:/aws/lambda/securecart-*'),
          },
        ),
      },
    }),
  ];
}

/** Who is in the shop's account, as the baseline that is shipped wants it. */
export const identity = (): Pick<Facts, 'iam.authorization' | 'iam.accessKeys' | 'iam.rootUser'> => ({
  'iam.authorization': { users: [user('deploy')], groups: [], roles: workloadRoles(), policies: [] },
  'iam.accessKeys': [keysOf('deploy', 'AKIADEPLOY 2025-11-20 2025-12-31')],
  'iam.rootUser': { accessKey: false, mfa: true, password: true },
});
