import { need, UnknownFact } from '../../model/fact.ts';
import type { PolicyStatement, Principal } from '../../model/policy.ts';
import { coversAction, coversResource, isAboutEveryone } from '../../policy/statement.ts';
import type { SecretPolicy } from '../../services/secretsmanager/facts.ts';
import type { RegionAudit } from '../control.ts';

/** The action by which a secret is read; BatchGetSecretValue asks for it of each secret as well. */
export const READ = 'secretsmanager:GetSecretValue';

/** The resource policy of a secret; null where it has none. Throws UnknownFact. */
export function policyOf(audit: Pick<RegionAudit, 'value'>, arn: string): SecretPolicy | null {
  const found = audit.value('secretsmanager.policies').find(({ secret }) => secret === arn);
  if (found === undefined)
    throw new UnknownFact({ kind: 'not-read', call: 'secretsmanager:GetResourcePolicy' });
  return need(found.policy);
}

/**
 * The principals that each statement of a policy leaves out which refuses everyone else to read a secret, as ARNs that may
 * hold wildcards. A Deny wins over whatever allows, in this policy or in an identity's.
 */
export const refusals = (policy: SecretPolicy | null, arn: string): (readonly string[])[] =>
  (policy?.statements ?? []).flatMap(statement => {
    const except = exceptOf(statement);
    const refuses =
      statement.effect === 'Deny' &&
      isAboutEveryone(statement) &&
      coversAction(statement, READ) &&
      coversResource(statement, arn);
    return refuses && except !== undefined ? [except] : [];
  });

const NEGATED: ReadonlySet<string> = new Set([
  'ArnNotEquals',
  'ArnNotLike',
  'StringNotEquals',
  'StringNotLike',
]);

/** Whom a statement leaves out by its one condition; nobody without one. A second condition would leave out more than can be told. */
function exceptOf({ conditions: [condition, ...others] }: PolicyStatement): readonly string[] | undefined {
  if (condition === undefined) return [];
  const { operator, quantifier, key, values } = condition;
  const isPlain = others.length === 0 && quantifier === undefined;
  return isPlain && NEGATED.has(operator) && key === 'aws:principalarn' ? values : undefined;
}

/** Whom a policy lets read a secret. */
export const readersBy = (policy: SecretPolicy | null, arn: string): Principal[] =>
  (policy?.statements ?? [])
    .filter(
      statement =>
        statement.effect === 'Allow' && coversAction(statement, READ) && coversResource(statement, arn),
    )
    .flatMap(({ principal }) =>
      // All but some are as good as everyone.
      principal === undefined || principal.not ? [{ type: 'AWS', id: '*' }] : principal.principals,
    );

/** The patterns by which a policy leaves out a role of the account, whatever path it has: a path may hold slashes, a name none. */
export const rolePatterns = (
  { partition, account }: Pick<RegionAudit, 'partition' | 'account'>,
  name: string,
): string[] => [`role/${name}`, `role/*/${name}`].map(role => `arn:${partition}:iam::${account}:${role}`);

/** Whether an ARN, which may hold wildcards, stands for one of these roles of the account and for nobody else, be it as the role or in a session of it. */
export function isReader(
  { partition, account }: Pick<RegionAudit, 'partition' | 'account'>,
  readers: readonly string[],
  arn: string,
): boolean {
  if (account === '') throw new UnknownFact({ kind: 'not-read', call: 'sts:GetCallerIdentity' });
  const [, roleName] = split(arn, `arn:${partition}:iam::${account}:role/`);
  const [sessionOf] = split(arn, `arn:${partition}:sts::${account}:assumed-role/`);
  return readers.some(name => name === roleName || name === sessionOf);
}

/** The first and the last part of what follows a beginning. */
function split(text: string, beginning: string): [first: string | undefined, last: string | undefined] {
  if (!text.startsWith(beginning)) return [undefined, undefined];
  const parts = text.slice(beginning.length).split('/');
  return [parts[0], parts.at(-1)];
}
