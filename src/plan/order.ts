import type { ChangeId, Mend } from '../model/plan.ts';

/**
 * What keeps the changes of some mends from being made: two are called the same, or one depends on what never comes, be
 * it in a circle or nowhere. Undefined where nothing does. A change may depend on one of a later mend, as an undo does.
 */
export function disorder(mends: readonly Mend[]): string | undefined {
  const known = new Set<ChangeId>();
  for (const { id } of mends) {
    if (known.has(id)) return `Two mends are called ${id}.`;
    known.add(id);
  }
  const ids = new Set<ChangeId>();
  let waiting = mends.flatMap(({ changes }) => changes);
  for (const { id } of waiting) {
    if (ids.has(id)) return `Two changes are called ${id}.`;
    ids.add(id);
  }
  const placed = new Set<ChangeId>();
  for (;;) {
    const [first] = waiting;
    if (first === undefined) return undefined;
    for (const { id, dependsOn } of waiting) if (dependsOn.every(other => placed.has(other))) placed.add(id);
    const rest = waiting.filter(({ id }) => !placed.has(id));
    if (rest.length === waiting.length)
      return `${first.id} depends on ${first.dependsOn.find(id => !placed.has(id))}, which never comes before it.`;
    waiting = rest;
  }
}

/** Throws where the mends of a plan that is being made have no order: a defect of this program, and none of the account. */
export function demandOrder(mends: readonly Mend[]): void {
  const fault = disorder(mends);
  if (fault !== undefined) throw new Error(fault);
}
