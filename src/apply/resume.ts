import { SecureCartError } from '../model/error.ts';
import type { JournalEvent } from '../model/journal.ts';
import { type Change, changesOf, type Plan } from '../model/plan.ts';
import type { LiveAccount } from './account.ts';
import { look } from './make-change.ts';
import { beginProgress, type Progress } from './progress.ts';

/** A change of which only a look told that it was made. */
export interface Found {
  readonly change: Change;
  readonly created: string | undefined;
}

/** How far a journal's plan was carried out: by what it says, and where it says nothing, by looking at the account. */
export async function resumeProgress(
  events: readonly JournalEvent[],
  account: LiveAccount,
): Promise<{ progress: Progress; found: readonly Found[] }> {
  const progress = beginProgress(planOf(events));
  const changes = new Map(changesOf(progress.plan).map(change => [change.id, change]));
  const open = new Set<Change>();
  for (const event of events) {
    const change = 'change' in event ? changes.get(event.change) : undefined;
    if (change === undefined) continue;
    if (event.kind === 'intent') open.add(change);
    if (event.kind === 'failed' || event.kind === 'done') open.delete(change);
    if (event.kind === 'done') progress.record(change, event.created);
  }
  const found: Found[] = [];
  for (const change of open) {
    const sight = await look(change, progress.known(change.object), undefined, progress, { account });
    if (sight.kind !== 'after') continue;
    progress.record(change, sight.created);
    found.push({ change, created: sight.created });
  }
  return { progress, found };
}

/** The plan that a journal begins with. */
export function planOf([start]: readonly JournalEvent[]): Plan {
  if (start?.kind === 'start') return start.plan;
  throw new SecureCartError('journal-invalid', 'It does not begin with a plan.');
}
