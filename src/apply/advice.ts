import { type CallError, meaningOf } from '../aws/errors.ts';
import type { Change } from '../model/plan.ts';
import { isStillHeld } from './send.ts';

/** What to do, and whether to go on with the run would only meet the same again. */
interface Advice {
  readonly advice: string;
  readonly needsNewPlan?: true;
}

/** What to do about a call that AWS refused: that of a change, or, without one, a look; undefined where AWS's own words are all there is to say. */
export function adviceFor(
  error: CallError,
  change: Pick<Change, 'permissions'> | undefined,
): Advice | undefined {
  if (isStillHeld(error))
    return { advice: 'AWS holds the address for a NAT gateway that is going: go on in a minute.' };
  const meaning = meaningOf(error);
  if (meaning === 'denied') {
    return change === undefined
      ? {
          advice:
            'This identity may not look at it: securecart policy fix --plan FILE prints what the plan needs.',
        }
      : { advice: `Let this identity call ${change.permissions.join(', ')}, then go on.` };
  }
  const advice = byMeaning[meaning];
  return advice === undefined ? refusals.find(({ meets }) => meets(error))?.what : { advice };
}

/** What to do about what AWS began to create and gave up: the same token would bring the same one again. */
export const GIVEN_UP =
  'Nothing was begun after it. To ask again would bring the same answer: mend what AWS names, then a new plan creates another; undo deletes this one.';

/** What to do about what AWS does not get done with. */
export const BUSY_STILL = 'Nothing that depends on it was begun: go on once AWS is done with it.';

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

const byCode =
  (codes: RegExp) =>
  ({ code }: CallError): boolean =>
    codes.test(code);

/** What AWS's services call the same refusal, each in a way of its own. */
const refusals: readonly { meets: (error: CallError) => boolean; what: Advice }[] = [
  {
    // EC2 says so with the code of any parameter that is wrong.
    meets: ({ message }) => message.includes('conflicting DNS domain'),
    what: {
      advice:
        "Something else has the service's names in the VPC: a private hosted zone, which must leave it first, or another endpoint, which a new plan starts from.",
      needsNewPlan: true,
    },
  },
  {
    meets: byCode(/^BucketAlreadyExists$/),
    what: {
      advice:
        'Another account has a bucket of that name, and no two in all of AWS have the same: name another in the baseline (cloudTrail.bucket), and make a new plan.',
      needsNewPlan: true,
    },
  },
  {
    meets: byCode(/^BucketNotEmpty$/),
    what: {
      advice: 'Something was put into it since: the same undo again keeps it, and says how to delete it.',
    },
  },
  {
    meets: byCode(/Limit|Quota|^TooMany/),
    what: { advice: 'A quota is full: raise it (Service Quotas), or delete what nobody needs, then go on.' },
  },
  {
    meets: byCode(/Duplicate|AlreadyExists|AlreadyAssociated|Conflict$/),
    what: {
      advice: 'Somebody has made it since: a new plan starts from what is there now.',
      needsNewPlan: true,
    },
  },
  {
    meets: byCode(/NotFound|Nonexistent|NoSuch|DoesNotExist/),
    what: {
      advice: 'Somebody has deleted it, or what it names: a new plan starts from what is there now.',
      needsNewPlan: true,
    },
  },
  {
    meets: byCode(/InUse|DependencyViolation|AssociatedItem/),
    what: { advice: 'Something uses it still: take that away, then go on.' },
  },
  {
    meets: byCode(/OptimisticLock|ConcurrentModification|InvalidState|^Invalid.*State/),
    what: { advice: 'Somebody else is at work on it: go on once they are done.' },
  },
];
