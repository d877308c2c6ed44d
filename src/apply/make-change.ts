import { CallError, isThrottle } from '../aws/errors.ts';
import type { Call, Change, Edit, ObjectState } from '../model/plan.ts';
import { describeMove, sameState } from '../plan/state.ts';
import type { Answer, Observation } from '../services/writer.ts';
import type { KnownObject } from './account.ts';
import type { Engine } from './engine.ts';
import { resolveAll, Unresolved } from './placeholders.ts';
import { asExpected, type Progress } from './progress.ts';

/**
 * How one change ended. No call was made where its object was not what it must be (`moved`), and where the account is
 * another run's by now (`unlocked`).
 */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'moved' | 'unlocked' | 'failed' | 'unknown'; readonly detail: string };

/** What a look after the call found; `elsewhere` is neither as before nor as it should be. Where it is busy, it may yet change. */
type Sight = { readonly busy: boolean } & (
  | {
      readonly kind: 'after';
      readonly created: string | undefined;
      readonly state: ObjectState | null;
    }
  | { readonly kind: 'before' }
  | { readonly kind: 'elsewhere'; readonly detail: string }
);

const AS_BEFORE: Sight = { kind: 'before', busy: false };

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
  const object = progress.known(change.object);
  const now = object === undefined ? ABSENT : await observed(object, engine);
  if (now instanceof CallError) return { kind: 'failed', detail: describeCall(now) };
  if (!asExpected(progress, change.object, now.state)) {
    return { kind: 'moved', detail: describeMove(progress.expected(change.object), now.state) };
  }
  const call = callOf(change, progress, now);
  if (call === undefined) return { kind: 'moved', detail: 'a part of it that the change names is gone' };
  const lost = await engine.lockLost();
  if (lost !== undefined) return { kind: 'unlocked', detail: lost };
  await engine.journal.append({
    kind: 'intent',
    change: change.id,
    object: object ?? change.object,
    call,
    before: now.state,
  });
  const answer = await send(call, change, engine);
  if (answer instanceof CallError) {
    const outcome = await lookAfterError(change, object, answer, progress, engine);
    // Somebody wrote what plans do not compare: a new look brings the new token, and finds out whether that is all.
    const isOvertaken = answer.code === 'WAFOptimisticLockException' && outcome.kind === 'failed';
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

/** The object as it is, or why AWS does not tell. */
async function observed(object: KnownObject, { account }: Engine): Promise<Observation | CallError> {
  try {
    return await account.observe(object);
  } catch (error) {
    if (error instanceof CallError) return error;
    throw error;
  }
}

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

/**
 * What was created a moment ago may not be known everywhere yet, and what was deleted may still be: a call that does not
 * find the one, or finds the other in its way, is made again.
 */
async function send(
  call: Call,
  change: Change,
  { account, patience, sleep }: Engine,
): Promise<Answer | CallError> {
  const young = JSON.stringify(change.call).includes('"$created"');
  for (const pause of [...patience, undefined]) {
    try {
      return await account.send(call, change.object.region);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      const isYoung = young && /NotFound(Exception|Fault)?$|^WAFNonexistentItem/.test(error.code);
      const isPassing = isYoung || isSpreading(error) || PASSING.has(error.code);
      if (pause === undefined || !isPassing) return error;
      await sleep(pause);
    }
  }
  throw new Error('the last try has no pause after it');
}

function callOf(change: Change, { meanings }: Progress, { handles }: Observation) {
  try {
    return { ...change.call, input: resolveAll(change.call.input, { ...meanings, handles }) };
  } catch (error) {
    if (error instanceof Unresolved) return undefined;
    throw error;
  }
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

/** Looks at the change's object until it is as it should be, or the pauses are used up. */
async function lookAfter(
  change: Change,
  known: KnownObject | undefined,
  created: string | undefined,
  progress: Progress,
  engine: Engine,
  pauses: readonly number[],
): Promise<Sight> {
  for (const pause of [...pauses, undefined]) {
    const sight = await look(change, known, created, progress, engine);
    if (pause === undefined || sight.kind === 'after') {
      return await whenIdle(sight, engine, () => look(change, known, created, progress, engine));
    }
    await engine.sleep(pause);
  }
  return AS_BEFORE;
}

/** AWS's own guides allow an interface endpoint, or a change of a database, some minutes; ten are more than it takes. */
const BUSY = { pause: 5_000, looks: 120 } as const;

/** Looks on while AWS is still at work on what a change made: it may not show yet, and what depends on it would come too early. */
export async function whenIdle(
  sight: Sight,
  { sleep }: Pick<Engine, 'sleep'>,
  again: () => Promise<Sight>,
): Promise<Sight> {
  let seen = sight;
  for (let looks = 0; seen.busy && looks < BUSY.looks; looks += 1) {
    await sleep(BUSY.pause);
    seen = await again();
  }
  return seen;
}

/** Looks once at what a change is about, whether its object existed before or not. */
export async function look(
  change: Change,
  known: KnownObject | undefined,
  created: string | undefined,
  progress: Progress,
  { account }: Pick<Engine, 'account'>,
): Promise<Sight> {
  const { kind, region } = change.object;
  let object = known;
  if (object === undefined && change.edit.kind === 'create') {
    const ids =
      created === undefined
        ? await account.find(kind, region, marks(change.edit), progress.after(change) ?? {})
        : [created];
    const [id, ...others] = ids;
    if (id === undefined) return AS_BEFORE;
    if (others.length > 0)
      return { kind: 'elsewhere', detail: `there are ${ids.length} of it: ${ids.join(', ')}`, busy: false };
    object = { kind, region, id };
  }
  if (object === undefined) return AS_BEFORE;
  const { state, busy = false } = await account.observe(object);
  const after = progress.after(change);
  if (sameState(state, after)) {
    return { kind: 'after', created: known === undefined ? object.id : undefined, state, busy };
  }
  if (asExpected(progress, change.object, state)) return { kind: 'before', busy };
  return { kind: 'elsewhere', detail: describeMove(after, state), busy };
}

/** The tags that no other object has: those that name the plan and the change. */
function marks(edit: Extract<Edit, { kind: 'create' }>): Record<string, string> {
  const { tags } = edit.state;
  const entries =
    typeof tags === 'object' && tags !== null && !Array.isArray(tags) ? Object.entries(tags) : [];
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (MARKS.has(key) && typeof value === 'string' ? [[key, value]] : [])),
  );
}

const MARKS: ReadonlySet<string> = new Set(['securecart:plan', 'securecart:change']);

async function conclude(
  change: Change,
  progress: Progress,
  engine: Engine,
  sight: Sight,
  error: CallError | undefined,
): Promise<Outcome> {
  if (sight.kind === 'after') {
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
  if (sight.kind === 'before' && error !== undefined && isRefusal(error)) {
    const detail = describeCall(error);
    await engine.journal.append({ kind: 'failed', change: change.id, error: detail });
    return { kind: 'failed', detail };
  }
  const seen = sight.kind === 'before' ? 'the object does not show it' : sight.detail;
  return await recordUnknown(
    change,
    engine,
    error === undefined ? `AWS accepted the call, but ${seen}` : `${describeCall(error)}; ${seen}`,
  );
}

async function recordUnknown(change: Change, engine: Engine, detail: string): Promise<Outcome> {
  await engine.journal.append({ kind: 'unknown', change: change.id, error: detail });
  return { kind: 'unknown', detail };
}

/** Whether AWS answered that it did not do what it was asked; after a retry of the SDK's, that may speak of the retry alone. */
const isRefusal = (error: CallError): boolean =>
  isThrottle(error) || (error.status !== undefined && error.status >= 400 && error.status < 500);

/** Whether the refusal holds for every try: nothing that was done before makes AWS throttle or deny. */
const isSure = (error: CallError): boolean => isThrottle(error) || error.status === 403;

const describeCall = (error: CallError): string => `${error.call}: ${error.code}: ${error.message}`;
