import type { Condition, PolicyStatement, Principal } from '../../model/policy.ts';
import { isPublic } from '../../policy/public.ts';
import { coversAction, isAboutEveryone } from '../../policy/statement.ts';
import { meets } from '../../policy/wildcard.ts';

/** Who may take on a role, by its trust policy. */
export interface Trust {
  /** Whether everyone may. */
  readonly everyone: boolean;
  /** The principals of other accounts that may. */
  readonly foreign: readonly string[];
  /** Whoever else may, but for the service. */
  readonly others: readonly string[];
  /** Whether the service may, and whether it may for any account; `unclear` where a statement that is not judged decides. */
  readonly service: 'trusted' | 'for-any-account' | 'untrusted' | 'unclear';
}

/** Reads a trust policy of a role in `account` that is `service`'s. */
export function trustOf(statements: readonly PolicyStatement[], service: string, account: string): Trust {
  const assuming = statements.filter(({ action }) =>
    action.not ? true : action.patterns.some(pattern => meets(pattern, 'sts:assumerole*')),
  );
  const allows = assuming.filter(({ effect }) => effect === 'Allow');
  const named = allows.flatMap(({ principal }) => (principal?.not === false ? principal.principals : []));
  const besides = named.filter(one => one.id !== '*' && !isService(one, service));
  const isForeign = ({ type, id }: Principal) => type === 'AWS' && (accountIn(id) ?? account) !== account;
  return {
    everyone: allows.some(isPublic),
    foreign: idsOf(besides.filter(isForeign)),
    others: [
      ...(allows.some(one => isAboutEveryone(one) && !isPublic(one)) ? ['everyone under a condition'] : []),
      ...idsOf(besides.filter(one => !isForeign(one))),
    ],
    service: serviceTrust(assuming, service, account),
  };
}

const isService = ({ type, id }: Principal, service: string): boolean => type === 'Service' && id === service;

const idsOf = (principals: readonly Principal[]): string[] =>
  [...new Set(principals.map(({ id }) => id))].sort();

/** The account of a principal of the type AWS; nothing for the id of a principal that is no more. */
const accountIn = (id: string): string | undefined => /^(?:arn:[^:]*:[^:]*::)?(\d{12})(?::|$)/.exec(id)?.[1];

function serviceTrust(
  assuming: readonly PolicyStatement[],
  service: string,
  account: string,
): Trust['service'] {
  const naming = assuming.filter(
    ({ effect, principal }) =>
      effect === 'Allow' &&
      principal?.not === false &&
      principal.principals.some(one => isService(one, service)),
  );
  const own = naming.filter(statement => coversAction(statement, 'sts:AssumeRole'));
  if (own.length === 0) return 'untrusted';
  if (assuming.some(({ effect }) => effect === 'Deny')) return 'unclear';
  const bound = own.map(({ conditions }) => conditions.some(condition => names(condition, account)));
  if (bound.includes(false)) return own.every(isConditional) ? 'unclear' : 'for-any-account';
  return own.some(statement => !isConditional(statement)) ? 'trusted' : 'unclear';
}

/** Whether a condition decides that is not about whose resource the service takes the role on for. */
const isConditional = ({ conditions }: PolicyStatement): boolean =>
  conditions.some(({ key }) => key !== 'aws:sourceaccount' && key !== 'aws:sourcearn');

const equalities: ReadonlySet<string> = new Set(['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike']);

/** Whether a condition holds a service to what this account has: one that a request without the key passes does not. */
const names = ({ operator, quantifier, ifExists, key, values }: Condition, account: string): boolean =>
  equalities.has(operator) &&
  !ifExists &&
  quantifier !== 'ForAllValues' &&
  ((key === 'aws:sourceaccount' && values.every(value => value === account)) ||
    (key === 'aws:sourcearn' && values.every(value => value.split(':')[4] === account)));
