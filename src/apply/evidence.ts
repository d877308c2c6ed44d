import type { ChangeId, LeftAlone, Mend } from '../model/plan.ts';
import type { Observation } from '../services/writer.ts';

/** What an object holds that nobody can make again. */
export type Evidence = NonNullable<Observation['evidence']>;

/**
 * The mends that an undo leaves as they are, with the reason: those that created what holds `evidence` by now, given by the
 * change that created it, and those that they rest on, such as that of the key under which it is encrypted.
 */
export function keptMends(
  mends: readonly Mend[],
  evidence: ReadonlyMap<ChangeId, Evidence>,
): Map<Mend, LeftAlone> {
  const kept = new Map<Mend, LeftAlone>();
  const keep = (mend: Mend, { detail, runbook }: { detail: string; runbook?: readonly string[] }) => {
    if (kept.has(mend)) return;
    const { region, resource } = mend;
    kept.set(mend, {
      region,
      resource,
      for: [],
      obstacle: 'evidence',
      detail,
      ...(runbook !== undefined && { runbook: [...runbook] }),
    });
    const needed = new Set(mend.changes.flatMap(({ dependsOn }) => dependsOn));
    for (const other of mends)
      if (other.changes.some(({ id }) => needed.has(id)))
        keep(other, { detail: `${mend.title}: that stays, and rests on it.` });
  };
  for (const mend of mends)
    for (const { id } of mend.changes) {
      const held = evidence.get(id);
      if (held !== undefined) keep(mend, held);
    }
  return kept;
}
