import { parsePolicy } from '../../src/policy/parse.ts';
import type { EcsContainer, TaskDefinition } from '../../src/services/ecs/facts.ts';
import type { Secret, SecretPolicy } from '../../src/services/secretsmanager/facts.ts';
import { OWNER, REGION } from './place.ts';
import type { Facts } from './shop.ts';

const known = <T>(value: T) => ({ kind: 'known' as const, value });

/** The ARN of a secret, with the six characters that AWS adds. */
export const secretArn = (name: string, region = REGION): string =>
  `arn:aws:secretsmanager:${region}:${OWNER}:secret:${name}-AbCdEf`;

/** The task definition that the shop's service runs. */
export const TASK = `arn:aws:ecs:${REGION}:${OWNER}:task-definition/backend:7`;

/** A secret that was rotated ten days before the snapshot is taken, and will be twenty days after; a test changes parts of it. */
export const secret = (name: string, change: Partial<Secret> = {}): Secret => ({
  arn: secretArn(name),
  name,
  hasValue: true,
  rotation: {
    enabled: true,
    function: `arn:aws:lambda:${REGION}:${OWNER}:function:rotate`,
    everyDays: 30,
    last: '2025-12-22T00:00:00.000Z',
    next: '2026-01-21T23:59:59.000Z',
  },
  tags: {},
  ...change,
});

/** The one role that the shipped baseline lets read. */
export const READER = `arn:aws:iam::${OWNER}:role/securecart/securecart-backend-execution`;

/** The statement that refuses everyone but some, which are the readers unless others are given. */
export const refusing = (except: readonly string[] = [READER], operator = 'ArnNotLike') => ({
  Sid: 'Readers',
  Effect: 'Deny',
  Principal: '*',
  Action: 'secretsmanager:GetSecretValue',
  Resource: '*',
  Condition: { [operator]: { 'aws:PrincipalArn': except } },
});

/** A statement that lets somebody read. */
export const letting = (Principal: unknown, more: object = {}) => ({
  Sid: 'Let',
  Effect: 'Allow',
  Principal,
  Action: 'secretsmanager:GetSecretValue',
  Resource: '*',
  ...more,
});

/** A resource policy of these statements. */
export function secretPolicy(...Statement: object[]): SecretPolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement });
  const read = parsePolicy(text);
  if (read === undefined) throw new Error("not a policy of IAM's grammar");
  return { ...read, text };
}

/** Gives the secret of the database another policy. */
export const withPolicy =
  (policy: SecretPolicy | null, name = 'securecart/database') =>
  (facts: Facts): void => {
    facts['secretsmanager.policies'] = facts['secretsmanager.policies'].map(one =>
      one.secret === secretArn(name) ? { ...one, policy: known(policy) } : one,
    );
  };

/** Changes the secret of the database. */
export const withSecret =
  (change: Partial<Secret>) =>
  (facts: Facts): void => {
    facts['secretsmanager.secrets'] = facts['secretsmanager.secrets'].map(one =>
      one.name === 'securecart/database' ? { ...one, ...change } : one,
    );
  };

/** The container of the shop's backend; a test changes parts of it. */
export const container = (change: Partial<EcsContainer> = {}): EcsContainer => ({
  name: 'backend',
  environment: ['LOG_LEVEL', 'PORT'],
  secrets: [{ name: 'DB_PASSWORD', from: `${secretArn('securecart/database')}:password::` }],
  environmentFiles: 0,
  ...change,
});

/** What the shop's backend runs. */
export const taskDefinition: TaskDefinition = {
  arn: TASK,
  taskRole: `arn:aws:iam::${OWNER}:role/securecart-backend-task`,
  executionRole: `arn:aws:iam::${OWNER}:role/securecart-backend-execution`,
  containers: [container()],
};

/** Gives the shop's service these containers. */
export const withContainers =
  (...containers: EcsContainer[]) =>
  (facts: Facts): void => {
    facts['ecs.taskDefinitions'] = [{ ...taskDefinition, containers }];
  };

const NAMES = ['securecart/database', 'securecart/oauth', 'securecart/payment'];

type SecretFact =
  | Extract<keyof Facts, `${'secretsmanager' | 'ssm'}.${string}`>
  | 'kms.secretKeys'
  | 'ecs.taskDefinitions';

/** The shop's secrets and parameters as the baseline that is shipped wants them. */
export const secrets = (): Pick<Facts, SecretFact> => ({
  'secretsmanager.secrets': NAMES.map(name => secret(name)),
  'secretsmanager.policies': NAMES.map(name => ({
    secret: secretArn(name),
    policy: known(secretPolicy(refusing())),
  })),
  'kms.secretKeys': [],
  'ssm.parameters': [{ name: '/securecart/log-level', type: 'String' }],
  'ssm.documents': [{ name: 'restart-backend', sharedWith: known([]) }],
  'ssm.publicSharing': false,
  'ecs.taskDefinitions': [taskDefinition],
});
