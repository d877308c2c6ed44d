import { SecureCartError } from '../model/error.ts';
import type { JournalEvent } from '../model/journal.ts';
import { type Change, changesOf, type Plan } from '../model/plan.ts';
import type { Engine } from './engine.ts';
import { continueJournal, type Journal, type ReadJournal } from './journal.ts';
import { beginProgress, type Progress } from './progress.ts';
import { look, whenIdle } from './sight.ts';

/** What only a look told: that a change was made, and what it made of its object. */
export type Found = Extract<JournalEvent, { kind: 'done' }>;

/** How far a journal's plan was carried out: by what it says, and where it says nothing, by looking at the account once AWS is done with it. */
export async function resumeProgress(
  events: readonly JournalEvent[],
  engine: Pick<Engine, 'account' | 'sleep' | 'tell'>,
): Promise<{ progress: Progress; found: readonly Found[] }> {
  const { plan, run } = startOf(events);
  const progress = beginProgress(plan, run);
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
    const again = () => look(change, progress.known(change.object), undefined, progress, engine);
    const sight = await whenIdle(change, await again(), engine, again);
    if (sight.kind !== 'after') continue;
    progress.record(change, sight.created);
    found.push({
      kind: 'done',
      change: change.id,
      ...(sight.created !== undefined && { created: sight.created }),
      after: sight.state,
      found: 'its outcome was not written down',
    });
  }
  return { progress, found };
}

/** Goes on with a journal: it says so, and writes down what was found by looking, which the rest of it builds on. */
export async function resumeJournal(
  path: string,
  read: ReadJournal,
  { progress, found }: { progress: Progress; found: readonly Found[] },
  now: () => Date,
): Promise<Journal> {
  const journal = await continueJournal(path, read, now);
  await journal.append({ kind: 'resume', account: progress.plan.account });
  for (const event of found) await journal.append(event);
  return journal;
}

/** What a journal begins with: the plan, and the id of the run. */
export function startOf([start]: readonly JournalEvent[]): { plan: Plan; run: string } {
  if (start?.kind === 'start') return start;
  throw new SecureCartError('journal-invalid', 'It does not begin with a plan.');
}
