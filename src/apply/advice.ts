import { type CallError, meaningOf } from '../aws/errors.ts';
import type { Change } from '../model/plan.ts';
import { isStillHeld } from './send.ts';

/** What to do about a call that AWS refused: that of a change, or, without one, a look; undefined where AWS's own words are all there is to say. */
export function adviceFor(
  error: CallError,
  change: Pick<Change, 'permissions'> | undefined,
): string | undefined {
  if (isStillHeld(error)) return 'AWS holds the address for a NAT gateway that is going: go on in a minute.';
  const meaning = meaningOf(error);
  if (meaning === 'denied') {
    return change === undefined
      ? 'This identity may not look at it: securecart policy fix --plan FILE prints what the plan needs.'
      : `Let this identity call ${change.permissions.join(', ')}, then go on.`;
  }
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
    codes: /^BucketAlreadyExists$/,
    advice:
      'Another account has a bucket of that name, and no two in all of AWS have the same: name another in the baseline (cloudTrail.bucket), and make a new plan.',
  },
  {
    codes: /^BucketNotEmpty$/,
    advice: 'Something was put into it since: the same undo again keeps it, and says how to delete it.',
  },
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
