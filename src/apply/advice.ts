import { type CallError, meaningOf } from '../aws/errors.ts';
import type { Change } from '../model/plan.ts';

/** What to do about a call of a change that AWS refused; undefined where AWS's own words are all there is to say. */
export function adviceFor(
  error: CallError,
  { permissions }: Pick<Change, 'permissions'>,
): string | undefined {
  const meaning = meaningOf(error);
  if (meaning === 'denied') return `Let this identity call ${permissions.join(', ')}, then go on.`;
  return byMeaning[meaning] ?? refusals.find(({ codes }) => codes.test(error.code))?.advice;
}

const SIGN_IN = 'Sign in again (aws sso login), or renew the keys, then go on.';
const REACH = 'Go on once AWS can be reached.';

const byMeaning: { readonly [Meaning in ReturnType<typeof meaningOf>]?: string } = {
  throttled: 'AWS was asked too often: wait a minute, then go on.',
  closed: 'Look whether the account may use this service in this Region, then go on.',
  expired: SIGN_IN,
  'no-credentials': SIGN_IN,
  timeout: REACH,
  network: REACH,
};

/** What AWS's services call the same refusal, each in a way of its own. */
const refusals: readonly { codes: RegExp; advice: string }[] = [
  {
    codes: /Limit|Quota|^TooMany/,
    advice: 'A quota is full: raise it (Service Quotas), or delete what nobody needs, then go on.',
  },
  {
    codes: /Duplicate|AlreadyExists|AlreadyAssociated|Conflict$/,
    advice: 'Somebody has made it since: a new plan starts from what is there now.',
  },
  {
    codes: /NotFound|Nonexistent|NoSuch|DoesNotExist/,
    advice: 'Somebody has deleted it, or what it names: a new plan starts from what is there now.',
  },
  {
    codes: /InUse|DependencyViolation|AssociatedItem/,
    advice: 'Something uses it still: take that away, then go on.',
  },
  {
    codes: /OptimisticLock|ConcurrentModification|InvalidState|^Invalid.*State/,
    advice: 'Somebody else is at work on it: go on once they are done.',
  },
];
