import {
  type Change,
  type ChangeId,
  type Effect,
  type Fingerprint,
  type Mend,
  objectKey,
  type Plan,
} from '../model/plan.ts';
import { demandOrder } from './order.ts';
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
    // To take away what costs, costs nothing and needs no quota; and what a mend may disturb, its undo does not.
    const { cost: _, quota: __, disruption: ___, ...rest } = mend;
    return [{ ...rest, id: `undo:${mend.id}`, title: `take back: ${mend.title}`, changes: back }];
  });
  demandOrder(mends);
  const { adopted: _, ...rest } = of;
  return { ...rest, ...meta, kind: 'undo', fingerprints: [...fingerprints], mends, leftAlone: [] };
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
      dependsOn: earlier(change, all),
      undo: { kind: 'none' },
    },
  ];
}

const undoId = (id: ChangeId): ChangeId => `undo:${id}`;

/**
 * The undos that come before that of a change: of whatever stands on it, be it by a call of its own or along with another
 * object, directly or through what goes along with the change's own object.
 */
function earlier(change: Change, all: readonly Change[]): ChangeId[] {
  const through = new Set([change.id]);
  const found = new Set<ChangeId>();
  const standing = new Set(all.map(({ id }) => id));
  // A change comes after those it depends on, so one pass meets every dependent.
  for (const other of all) {
    const { undo } = other;
    if (!other.dependsOn.some(id => through.has(id))) continue;
    if (undo.kind === 'call') found.add(undoId(other.id));
    else if (undo.kind === 'none' || goesAlong(other, change)) through.add(other.id);
    else if (standing.has(undo.change)) found.add(undoId(undo.change));
  }
  return [...found];
}

/** Whether one change is taken back with another, or is another of the same object. */
const goesAlong = ({ object, undo }: Change, other: Change): boolean =>
  (undo.kind === 'with' && undo.change === other.id) || objectKey(object) === objectKey(other.object);

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
