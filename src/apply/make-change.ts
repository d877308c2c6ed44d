import { CallError, isThrottle, meaningOf } from '../aws/errors.ts';
import type { Call, Change, ObjectState } from '../model/plan.ts';
import { describeMove } from '../plan/state.ts';
import type { Observation } from '../services/writer.ts';
import type { KnownObject, LiveAccount } from './account.ts';
import { adviceFor, BUSY_STILL, GIVEN_UP } from './advice.ts';
import type { Engine } from './engine.ts';
import { resolvedNow } from './placeholders.ts';
import { asExpected, type Progress } from './progress.ts';
import { send } from './send.ts';
import { lookAfter, type Sight } from './sight.ts';

/**
 * How one change ended. No call was made where its object was not what it must be (`moved`), and where the account is
 * another run's by now (`unlocked`). What AWS accepted to create, and then failed to, is `given-up`.
 */
export type Outcome =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'moved' | 'unlocked' | 'failed' | 'given-up' | 'unknown';
      readonly detail: string;
      /** What to do about it, where AWS does not say. */
      readonly advice?: string | undefined;
      /** Where to go on with the run would only meet the same again. */
      readonly needsNewPlan?: true;
    };

const ABSENT: Observation = { state: null, handles: {} };

/**
 * Makes one change: reads its object and compares, writes the intent down, calls, and believes nothing but another look
 * at the object. So a call whose answer was lost, or that was made twice, ends as what it truly is.
 */
export async function makeChange(
  change: Change,
  progress: Progress,
  engine: Engine,
  tries = 3,
): Promise<Outcome> {
  const ready = await prepare(change, progress, engine);
  if ('kind' in ready) return ready;
  const { object, call, before } = ready;
  await engine.journal.append({
    kind: 'intent',
    change: change.id,
    object: object ?? change.object,
    call,
    before,
  });
  const answer = await send(call, change, engine);
  if (answer instanceof CallError) {
    const outcome = await lookAfterError(change, object, answer, progress, engine);
    if (outcome.kind !== 'failed') return outcome;
    const lost = await engine.lockLost();
    if (lost !== undefined) return { kind: 'unlocked', detail: `${lost}; ${outcome.detail}` };
    // Somebody wrote what plans do not compare: a new look brings the new token, and finds out whether that is all.
    const isOvertaken = answer.code === 'WAFOptimisticLockException';
    return isOvertaken && tries > 1 ? makeChange(change, progress, engine, tries - 1) : outcome;
  }
  try {
    const sight = await lookAfter(change, object, answer.created, progress, engine, engine.patience);
    return await conclude(change, progress, engine, sight, undefined);
  } catch (blind) {
    if (!(blind instanceof CallError)) throw blind;
    return await recordUnknown(change, engine, describeCall(blind));
  }
}

/** What a change is made of, once nothing speaks against it; otherwise how it ended before its call. */
async function prepare(
  change: Change,
  progress: Progress,
  engine: Engine,
): Promise<Outcome | { object: KnownObject | undefined; call: Call; before: ObjectState | null }> {
  const object = progress.known(change.object);
  try {
    const now = object === undefined ? ABSENT : await engine.account.observe(object);
    if (!asExpected(progress, change.object, now.state))
      return { kind: 'moved', detail: describeMove(progress.expected(change.object), now.state) };
    const call = callOf(change, progress, now);
    if (call === undefined) return { kind: 'moved', detail: 'a part of it that the change names is gone' };
    const taken = object === undefined ? await nameTaken(change, call, engine.account) : undefined;
    if (taken !== undefined) return { kind: 'moved', detail: taken };
    const lost = await engine.lockLost();
    return lost === undefined ? { object, call, before: now.state } : { kind: 'unlocked', detail: lost };
  } catch (error) {
    if (error instanceof CallError) return refusedBy(error);
    throw error;
  }
}

/** Who has the name already by which a change would create something; undefined where nobody has. Throws CallError. */
export async function nameTaken(
  { object: { kind, region } }: Pick<Change, 'object'>,
  call: Call,
  account: Pick<LiveAccount, 'namesakes'>,
): Promise<string | undefined> {
  const others = await account.namesakes(kind, region, call);
  return others.length === 0 ? undefined : `somebody has made one of that name: ${others.join(', ')}`;
}

function callOf(change: Change, { meanings }: Progress, { handles }: Observation) {
  const input = resolvedNow(change.call.input, { ...meanings, handles });
  return input && { ...change.call, input };
}

/** The call failed, or only its answer did: the object tells which. */
async function lookAfterError(
  change: Change,
  object: KnownObject | undefined,
  error: CallError,
  progress: Progress,
  engine: Engine,
): Promise<Outcome> {
  const pauses = isSure(error) ? [] : engine.patience.slice(0, isRefusal(error) ? 3 : 6);
  try {
    const sight = await lookAfter(change, object, undefined, progress, engine, pauses);
    return await conclude(change, progress, engine, sight, error);
  } catch (blind) {
    if (!(blind instanceof CallError)) throw blind;
    return await recordUnknown(change, engine, `${describeCall(error)}; then ${describeCall(blind)}`);
  }
}

async function conclude(
  change: Change,
  progress: Progress,
  engine: Engine,
  sight: Sight,
  error: CallError | undefined,
): Promise<Outcome> {
  if (sight.kind === 'after' && !sight.busy) {
    progress.record(change, sight.created);
    await engine.journal.append({
      kind: 'done',
      change: change.id,
      ...(sight.created !== undefined && { created: sight.created }),
      after: sight.state,
      ...(error !== undefined && { found: describeCall(error) }),
    });
    return { kind: 'done' };
  }
  if (sight.kind === 'given-up') {
    const { created, detail } = sight;
    await engine.journal.append({ kind: 'given-up', change: change.id, created, error: detail });
    return { kind: 'given-up', detail, advice: GIVEN_UP, needsNewPlan: true };
  }
  if (sight.kind === 'before' && error !== undefined && isRefusal(error)) {
    await engine.journal.append({ kind: 'failed', change: change.id, error: describeCall(error) });
    return refusedBy(error, change);
  }
  const seen = seenInWords(sight);
  return await recordUnknown(
    change,
    engine,
    error === undefined ? `AWS accepted the call, but ${seen}` : `${describeCall(error)}; ${seen}`,
    sight.busy ? BUSY_STILL : undefined,
  );
}

/** What a look tells that does not settle how a change ended. */
function seenInWords(sight: Sight): string {
  if (sight.busy) return 'it is still at work on it';
  return sight.kind === 'elsewhere' ? sight.detail : 'the object does not show it';
}

async function recordUnknown(
  change: Change,
  engine: Engine,
  detail: string,
  advice?: string,
): Promise<Outcome> {
  await engine.journal.append({ kind: 'unknown', change: change.id, error: detail });
  return { kind: 'unknown', detail, advice };
}

/** Whether AWS answered that it did not do what it was asked; after a retry of the SDK's, that may speak of the retry alone. */
const isRefusal = (error: CallError): boolean =>
  isThrottle(error) || (error.status !== undefined && error.status >= 400 && error.status < 500);

/** Whether the refusal holds for every try: nothing that was done before makes AWS throttle or deny. */
const isSure = (error: CallError): boolean => ['throttled', 'denied'].includes(meaningOf(error));

/** The call that was refused is the change's own, or without one a look. */
const refusedBy = (error: CallError, change?: Change): Outcome => ({
  kind: 'failed',
  detail: describeCall(error),
  ...adviceFor(error, change),
});

const describeCall = (error: CallError): string => `${error.call}: ${error.code}: ${error.message}`;
