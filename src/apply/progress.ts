import type { Change, ChangeId, LiveObject, ObjectState, Plan } from '../model/plan.ts';
import { changesOf, objectKey } from '../model/plan.ts';
import { edited, sameState } from '../plan/state.ts';
import type { KnownObject } from './account.ts';
import { createdId, type Meanings, resolveEdit } from './placeholders.ts';

/** How far a plan is carried out, and what its objects must be if nobody else has touched them. */
export interface Progress {
  readonly plan: Plan;
  readonly isDone: (change: ChangeId) => boolean;
  readonly done: () => readonly ChangeId[];
  /** What placeholders stand for by now. */
  readonly meanings: Meanings;
  /** The object with its id; undefined where it is still to be created. */
  readonly known: (object: LiveObject) => KnownObject | undefined;
  readonly expected: (object: LiveObject) => ObjectState | null;
  /** The state of the change's object after it. */
  readonly after: (change: Change) => ObjectState | null;
  readonly record: (change: Change, created: string | undefined) => void;
}

/** The progress of a plan of which nothing is done; `run` is a UUID, another one for each run. */
export function beginProgress(plan: Plan, run: string): Progress {
  const done = new Set<ChangeId>();
  const created = new Map<ChangeId, string>();
  const meanings = { created, run };
  const states = new Map<string, ObjectState | null>();
  for (const { object, state } of plan.fingerprints) states.set(objectKey(object), state);
  const expected = (object: LiveObject) => states.get(objectKey(object)) ?? null;
  const after = (change: Change) => edited(expected(change.object), resolveEdit(change.edit, meanings));
  return {
    plan,
    isDone: change => done.has(change),
    done: () => [...done],
    meanings,
    known: object => knownObject(object, created),
    expected,
    after,
    record: (change, id) => {
      if (id !== undefined) created.set(change.id, id);
      states.set(objectKey(change.object), after(change));
      done.add(change.id);
    },
  };
}

function knownObject(
  { kind, region, id }: LiveObject,
  created: ReadonlyMap<string, string>,
): KnownObject | undefined {
  if (typeof id === 'string') return { kind, region, id };
  return created.has(id.$created) ? { kind, region, id: createdId(id.$created, { created }) } : undefined;
}

/** The objects of a plan with what each must be now. */
export function expectations(progress: Progress): { object: KnownObject; state: ObjectState | null }[] {
  const objects = [
    ...progress.plan.fingerprints.map(({ object }) => object),
    ...changesOf(progress.plan).map(({ object }) => object),
  ];
  const distinct = new Map(objects.map(object => [objectKey(object), object]));
  return [...distinct.values()].flatMap(object => {
    const known = progress.known(object);
    return known === undefined ? [] : [{ object: known, state: progress.expected(object) }];
  });
}

/** Whether the object, as it was seen, is what it must be. */
export const asExpected = (progress: Progress, object: LiveObject, seen: ObjectState | null): boolean =>
  sameState(progress.expected(object), seen);
