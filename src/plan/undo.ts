import type { Change, ChangeId, Effect, Fingerprint, Mend, Plan } from '../model/plan.ts';
import { inverted } from './state.ts';

/** What is to be taken back: the changes that stand, by mend, in the order they were made, with every id in place. */
export interface Standing {
  readonly mend: Mend;
  readonly changes: readonly Change[];
}

/** The plan that takes changes back, the newest first; `of` is the plan that made them. */
export function undoPlan(
  of: Plan,
  standing: readonly Standing[],
  fingerprints: readonly Fingerprint[],
  meta: Pick<Plan, 'id' | 'createdAt' | 'tool'>,
): Plan {
  const all = standing.flatMap(({ changes }) => changes);
  const mends = standing.toReversed().flatMap(({ mend, changes }): Mend[] => {
    const back = changes.toReversed().flatMap(change => inverse(change, all));
    if (back.length === 0) return [];
    return [{ ...mend, id: `undo:${mend.id}`, title: `take back: ${mend.title}`, changes: back }];
  });
  return { ...of, ...meta, kind: 'undo', fingerprints: [...fingerprints], mends, leftAlone: [] };
}

function inverse(change: Change, all: readonly Change[]): Change[] {
  if (change.undo.kind !== 'call') return [];
  const { call, permissions } = change.undo;
  return [
    {
      id: undoId(change.id),
      title: `take back: ${change.title}`,
      object: change.object,
      edit: inverted(change.edit),
      call,
      permissions,
      effect: reversed(change.effect),
      dependsOn: [...new Set(dependents(change.id, all).flatMap(other => takenBackBy(other, all)))].filter(
        id => id !== undoId(change.id),
      ),
      undo: { kind: 'none' },
    },
  ];
}

/** The undo with which a change goes: its own, or that of the change which created its object. */
function takenBackBy({ id, undo }: Change, all: readonly Change[]): ChangeId[] {
  if (undo.kind === 'call') return [undoId(id)];
  return undo.kind === 'with' && all.some(other => other.id === undo.change) ? [undoId(undo.change)] : [];
}

const undoId = (id: ChangeId): ChangeId => `undo:${id}`;

/** The changes that stand on a change, directly or through others: they are taken back before it. */
function dependents(id: ChangeId, all: readonly Change[]): Change[] {
  const found = new Set<Change>();
  const ids = new Set([id]);
  // A change comes after those it depends on, so one pass meets every dependent.
  for (const change of all) {
    if (!change.dependsOn.some(other => ids.has(other))) continue;
    ids.add(change.id);
    found.add(change);
  }
  return [...found];
}

const opposite = {
  widens: 'narrows',
  narrows: 'widens',
  both: 'both',
  none: 'none',
} as const satisfies Record<Effect['kind'], Effect['kind']>;

const reversed = ({ kind, opens, closes }: Effect): Effect => ({
  kind: opposite[kind],
  opens: closes,
  closes: opens,
});
