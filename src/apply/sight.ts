import type { Change, Edit, ObjectState } from '../model/plan.ts';
import { describeMove, sameState } from '../plan/state.ts';
import type { KnownObject } from './account.ts';
import { type Engine, wait } from './engine.ts';
import { asExpected, type Progress } from './progress.ts';

/**
 * What a look after the call found; `elsewhere` is neither as before nor as it should be. Where it is busy, AWS may yet
 * make something else of it, or give it up: it settles nothing.
 */
export type Sight = { readonly busy: boolean } & (
  | {
      readonly kind: 'after';
      readonly created: string | undefined;
      readonly state: ObjectState | null;
    }
  | { readonly kind: 'before' }
  /** AWS began to create it, and will never finish. */
  | { readonly kind: 'given-up'; readonly created: string; readonly detail: string }
  | { readonly kind: 'elsewhere'; readonly detail: string }
);

const AS_BEFORE: Sight = { kind: 'before', busy: false };

/** Looks at the change's object until it is as it should be, or the pauses are used up. */
export async function lookAfter(
  change: Change,
  known: KnownObject | undefined,
  created: string | undefined,
  progress: Progress,
  engine: Engine,
  pauses: readonly number[],
): Promise<Sight> {
  for (const pause of [...pauses, undefined]) {
    const sight = await look(change, known, created, progress, engine);
    if (pause === undefined || sight.kind === 'after' || sight.kind === 'given-up') {
      return await whenIdle(change, sight, engine, () => look(change, known, created, progress, engine));
    }
    await wait(change, pause, `the change to show in ${inWords(change)}`, engine);
  }
  return AS_BEFORE;
}

/** AWS's own guides allow an interface endpoint, or a change of a database, some minutes; ten are more than it takes. */
const BUSY = { pause: 5_000, looks: 120 } as const;

/** Looks on while AWS is still at work on what a change made: it may not show yet, and what depends on it would come too early. In the end it may be busy still. */
export async function whenIdle(
  change: Change,
  sight: Sight,
  engine: Pick<Engine, 'sleep' | 'tell'>,
  again: () => Promise<Sight>,
): Promise<Sight> {
  let seen = sight;
  try {
    for (let looks = 0; seen.busy && looks < BUSY.looks; looks += 1) {
      await wait(change, BUSY.pause, `AWS to finish with ${inWords(change)}`, engine);
      seen = await again();
    }
  } finally {
    // A terminal draws its line until then, also over the error of a look that fails.
    if (sight.busy) engine.tell({ kind: 'waited', change: change.id });
  }
  return seen;
}

/** A change's object, as a person would call it. */
export const inWords = ({ object: { kind, id } }: Change): string =>
  typeof id === 'string' ? `${kind} ${id}` : `the new ${kind}`;

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
  const { state, busy = false, failure } = await account.observe(object);
  if (failure !== undefined && change.edit.kind === 'create')
    return { kind: 'given-up', created: object.id, detail: failure, busy };
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
