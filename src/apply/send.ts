import { CallError } from '../aws/errors.ts';
import type { Call, Change } from '../model/plan.ts';
import type { Answer } from '../services/writer.ts';
import { type Engine, wait } from './engine.ts';

/** What AWS answers while it still spreads or ends what another call did. */
const PASSING: ReadonlySet<string> = new Set([
  'ConcurrentModificationException',
  'DependencyViolation',
  'WAFAssociatedItemException',
  'WAFUnavailableEntityException',
]);

/** What EC2 answers as long as IAM has not spread a role that was created a moment ago; the code says too little. */
const isSpreading = ({ code, message }: CallError): boolean =>
  code === 'InvalidParameter' && message.startsWith('Unable to assume given IAM role');

/** What CloudTrail answers as long as a bucket's policy, a key's or a role that were written a moment ago have not spread (API_CreateTrail). */
const UNSPREAD: ReadonlySet<string> = new Set([
  'InsufficientEncryptionPolicyException',
  'InsufficientS3BucketPolicyException',
  'InvalidCloudWatchLogsLogGroupArnException',
  'InvalidCloudWatchLogsRoleArnException',
]);

/** What API Gateway answers while it makes another change of the same API; the code is that of a name that is taken as well. */
const isOverlap = ({ code, message }: CallError): boolean =>
  code === 'ConflictException' && message.includes('concurrent modification');

/** What EC2 answers for some seconds after a NAT gateway is gone, as if its address were another's, or still on its interface. */
export const isStillHeld = ({ call, code }: CallError): boolean =>
  call === 'ec2:ReleaseAddress' &&
  ['AuthFailure', 'InvalidIPAddress.InUse', 'InvalidNetworkInterfaceID.NotFound'].includes(code);

/** What the refusal waits for that another try may outlive; undefined for one that would meet every try. */
function passing(error: CallError, change: Change): string | undefined {
  if (UNSPREAD.has(error.code)) return `AWS to spread what lets CloudTrail in (${error.code})`;
  if (isSpreading(error)) return 'IAM to spread a role that was created just now';
  if (PASSING.has(error.code) || isOverlap(error) || isStillHeld(error))
    return `AWS to finish what it was asked before (${error.code})`;
  const isYoung = JSON.stringify(change.call).includes('"$created"');
  return isYoung && /NotFound(Exception|Fault)?$|^NoSuchBucket$|^WAFNonexistentItem/.test(error.code)
    ? `AWS to know everywhere what was created just now (${error.code})`
    : undefined;
}

/**
 * What was created a moment ago may not be known everywhere yet, and what was deleted may still be: a call that does not
 * find the one, or finds the other in its way, is made again, as long as the account is still this run's. The retries of the
 * SDK are not asked for that, on purpose: they repeat one call whose object was looked at just before, nothing is sent twice
 * by them that AWS would make twice (once.ts), and a lock is lost only where somebody removes its file.
 */
export async function send(call: Call, change: Change, engine: Engine): Promise<Answer | CallError> {
  for (const pause of [...engine.patience, undefined]) {
    try {
      return await engine.account.send(call, change.object.region);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      const awaited = passing(error, change);
      if (pause === undefined || awaited === undefined) return error;
      await wait(change, pause, awaited, engine);
      if ((await engine.lockLost()) !== undefined) return error;
    }
  }
  throw new Error('the last try has no pause after it');
}
