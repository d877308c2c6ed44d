import type { Condition, PolicyStatement } from '../model/policy.ts';
import { isAboutEveryone } from './statement.ts';
import { isFixed } from './wildcard.ts';

/**
 * Whether a statement allows something to whoever asks: it allows, it is about everyone or about all but a few, and no
 * condition holds it to accounts, networks or resources that are named. After what S3 calls public in "Blocking public
 * access to your Amazon S3 storage"; a Deny beside it is not taken into account there either.
 */
export const isPublic = (statement: PolicyStatement): boolean =>
  statement.effect === 'Allow' &&
  (isAboutEveryone(statement) || statement.principal?.not === true) &&
  !statement.conditions.some(namesTheCallers);

/** The keys by which a condition can say who calls, or from where. */
const telling: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

const equalities: ReadonlySet<string> = new Set([
  'StringEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'ArnEquals',
  'ArnLike',
]);

/** A condition that a request without the key passes, or that any one of its values leaves open, names nobody. */
function namesTheCallers({ operator, quantifier, ifExists, key, values }: Condition): boolean {
  if (ifExists || quantifier === 'ForAllValues') return false;
  if (operator === 'IpAddress') return key === 'aws:sourceip' && values.every(isNarrow);
  return equalities.has(operator) && telling.has(key) && values.every(isFixedInItsAccount);
}

/** A fixed value, or an ARN whose account is fixed, whatever else of it is not. */
const isFixedInItsAccount = (value: string): boolean =>
  isFixed(value) || /^arn:[^:*?$]+:[^:*?$]+:[^:]*:\d{12}:/.test(value);

/** S3 takes what is broader than /8, or than /32 of IPv6, for everyone, so that no two halves of the internet pass. */
function isNarrow(cidr: string): boolean {
  const [address = '', prefix] = cidr.split('/');
  return prefix === undefined || Number(prefix) >= (address.includes(':') ? 32 : 8);
}
