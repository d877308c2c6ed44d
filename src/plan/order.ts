import type { ChangeId, Mend } from '../model/plan.ts';

/**
 * What keeps the changes of some mends from being made in their order: two are called the same, or one depends on what
 * does not come before it, be it later, in a circle or nowhere. Undefined where nothing does.
 */
export function disorder(mends: readonly Mend[]): string | undefined {
  const known = new Set<ChangeId>();
  for (const { id } of mends) {
    if (known.has(id)) return `Two mends are called ${id}.`;
    known.add(id);
  }
  const placed = new Set<ChangeId>();
  for (const { id, dependsOn } of mends.flatMap(({ changes }) => changes)) {
    if (placed.has(id)) return `Two changes are called ${id}.`;
    const missing = dependsOn.find(other => !placed.has(other));
    if (missing !== undefined) return `${id} depends on ${missing}, which does not come before it.`;
    placed.add(id);
  }
  return undefined;
}

/** Throws where the mends of a plan that is being made have no order: a defect of this program, and none of the account. */
export function demandOrder(mends: readonly Mend[]): void {
  const fault = disorder(mends);
  if (fault !== undefined) throw new Error(fault);
}
