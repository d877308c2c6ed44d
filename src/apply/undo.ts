import { SecureCartError } from '../model/error.ts';
import {
  type Change,
  type ChangeId,
  type Fingerprint,
  type ObjectState,
  objectKey,
  type Plan,
} from '../model/plan.ts';
import { describeMove, edited, sameState, stands } from '../plan/state.ts';
import { undoPlan } from '../plan/undo.ts';
import type { KnownObject, LiveAccount } from './account.ts';
import { type Evidence, keptMends } from './evidence.ts';
import { resolveAll, resolveEdit } from './placeholders.ts';
import { beginProgress, type Progress } from './progress.ts';

/** What to take back, and how. */
export interface UndoOptions {
  readonly meta: Pick<Plan, 'id' | 'createdAt' | 'tool'>;
  /** Takes back what can still be seen of the changes, though somebody has changed the object since. */
  readonly force: boolean;
  /** The mends to take back; all of them where it is absent. */
  readonly only?: ReadonlySet<string>;
}

/**
 * The plan that takes back what of a plan's progress can be seen in the account. Throws a SecureCartError where an
 * object is none of what the plan made it in turn: somebody changed it since, and an undo would overwrite that.
 */
export async function planUndo(
  progress: Progress,
  account: LiveAccount,
  options: UndoOptions,
): Promise<Plan> {
  const mends = progress.plan.mends.filter(({ id }) => options.only?.has(id) ?? true);
  const done = mends.flatMap(({ changes }) => changes).filter(({ id }) => progress.isDone(id));
  const sights = await Promise.all(
    byObject(done).map(changes => seeObject(changes, progress, account, options.force)),
  );
  const conflicts = sights.flatMap(({ conflict }) => conflict ?? []);
  if (conflicts.length > 0) {
    throw new SecureCartError('undo-conflict', conflicts.join('\n'), {
      suggestion:
        '--force takes back what can still be seen of the changes, and leaves the rest as it is now.',
    });
  }
  const standing = new Set(sights.flatMap(({ changes }) => changes));
  const kept = keptMends(
    mends,
    new Map(sights.flatMap(({ evidence }) => (evidence === undefined ? [] : [evidence]))),
  );
  const plan = undoPlan(
    progress.plan,
    mends
      .filter(mend => !kept.has(mend))
      .map(mend => ({
        mend,
        changes: mend.changes.filter(change => standing.has(change)).map(change => settled(change, progress)),
      })),
    sights.flatMap(({ fingerprint }) => fingerprint ?? []),
    options.meta,
  );
  return { ...plan, leftAlone: [...kept.values()] };
}

function byObject(changes: readonly Change[]): Change[][] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = objectKey(change.object);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
}

interface ObjectSight {
  readonly changes: readonly Change[];
  readonly fingerprint?: Fingerprint;
  readonly conflict?: string;
  /** What it holds that nobody can make again, by the change that created it. */
  readonly evidence?: readonly [ChangeId, Evidence];
}

/** Which of an object's changes stand: as many of the first ones as make it what it is now. */
async function seeObject(
  changes: readonly Change[],
  progress: Progress,
  account: LiveAccount,
  force: boolean,
): Promise<ObjectSight> {
  const [first] = changes;
  const object = first && progress.known(first.object);
  if (object === undefined) return { changes: [] };
  const { state, failure, evidence } = await account.observe(object);
  const found = {
    ...(state !== null && { fingerprint: { object, state } }),
    ...(evidence !== undefined && first?.edit.kind === 'create' && { evidence: pair(first.id, evidence) }),
  };
  // AWS may show less of what it gave up than was asked for: whatever it shows is to be deleted.
  if (failure !== undefined && first?.edit.kind === 'create') return { changes: [first], ...found };
  const chain = statesOf(changes, progress);
  const reached = chain.findLastIndex(link => sameState(link, state));
  if (reached >= 0) return { changes: changes.slice(0, reached), ...found };
  if (force)
    return {
      changes: changes.filter(change => stands(state, resolveEdit(change.edit, progress.meanings))),
      ...found,
    };
  return { changes: [], conflict: `${nameOf(object)}: ${describeMove(chain.at(-1) ?? null, state)}` };
}

const pair = (id: ChangeId, evidence: Evidence): readonly [ChangeId, Evidence] => [id, evidence];

/** What the changes made of an object in turn, from what it was before the first. */
function statesOf(changes: readonly Change[], { plan, meanings }: Progress): (ObjectState | null)[] {
  const before = beginProgress(plan, meanings.run);
  const states = [changes[0] === undefined ? null : before.expected(changes[0].object)];
  for (const { edit } of changes) states.push(edited(states.at(-1) ?? null, resolveEdit(edit, meanings)));
  return states;
}

/** The change with the ids of what was created in place. */
function settled(change: Change, { meanings, known }: Progress): Change {
  const { undo } = change;
  const input = (call: Change['call']) => ({ ...call, input: resolveAll(call.input, meanings) });
  return {
    ...change,
    object: known(change.object) ?? change.object,
    edit: resolveEdit(change.edit, meanings),
    undo: undo.kind === 'call' ? { ...undo, call: input(undo.call) } : undo,
  };
}

const nameOf = ({ kind, id, region }: KnownObject): string => `${kind} ${id} in ${region}`;
