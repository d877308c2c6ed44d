import { SecureCartError } from '../model/error.ts';
import type { JournalEvent } from '../model/journal.ts';
import { type Change, changesOf, type Plan } from '../model/plan.ts';
import type { Engine } from './engine.ts';
import { continueJournal, type Journal, type ReadJournal } from './journal.ts';
import { beginProgress, type Progress } from './progress.ts';
import { inWords, look, type Sight, whenIdle } from './sight.ts';

/** What only a look told: that a change was made, and what it made of its object. */
export type Found = Extract<JournalEvent, { kind: 'done' }>;

/** What AWS began to create for a change, and gave up. */
export type GivenUp = Extract<JournalEvent, { kind: 'given-up' }>;

/** What is known of a run that has ended, one way or another. */
export interface Resumed {
  readonly progress: Progress;
  readonly found: readonly Found[];
  readonly givenUp: readonly GivenUp[];
}

/**
 * How far a journal's plan was carried out: by what it says, and where it says nothing, by looking at the account once AWS
 * is done with it. Throws a SecureCartError where AWS does not get done with it.
 */
export async function resumeProgress(
  events: readonly JournalEvent[],
  engine: Pick<Engine, 'account' | 'sleep' | 'tell'>,
): Promise<Resumed> {
  const { plan, run } = startOf(events);
  const progress = beginProgress(plan, run);
  const { open, givenUp } = replay(events, progress);
  const found: Found[] = [];
  for (const change of open) {
    const sight = await lookAgain(change, givenUp.get(change)?.created, progress, engine);
    if (sight.kind === 'given-up') {
      const { created, detail: error } = sight;
      givenUp.set(change, { kind: 'given-up', change: change.id, created, error });
      // It is in the way of what it stands in until it is deleted: an undo takes it back like what was made.
      progress.record(change, created);
    }
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
  return { progress, found, givenUp: [...givenUp.values()] };
}

/** Records what a journal says was done. The changes whose calls may have taken effect are left open, and among them those that AWS gave up. */
function replay(events: readonly JournalEvent[], progress: Progress) {
  const changes = new Map(changesOf(progress.plan).map(change => [change.id, change]));
  const open = new Set<Change>();
  const givenUp = new Map<Change, GivenUp>();
  for (const event of events) {
    const change = 'change' in event ? changes.get(event.change) : undefined;
    if (change === undefined) continue;
    if (event.kind === 'intent') open.add(change);
    if (event.kind === 'failed' || event.kind === 'done') open.delete(change);
    if (event.kind === 'given-up') givenUp.set(change, event);
    if (event.kind === 'done') progress.record(change, event.created);
  }
  return { open, givenUp };
}

async function lookAgain(
  change: Change,
  created: string | undefined,
  progress: Progress,
  engine: Pick<Engine, 'account' | 'sleep' | 'tell'>,
): Promise<Sight> {
  const again = () => look(change, progress.known(change.object), created, progress, engine);
  const sight = await whenIdle(change, await again(), engine, again);
  if (!sight.busy) return sight;
  throw new SecureCartError('plan-refused', `AWS is still at work on ${inWords(change)} (${change.id}).`, {
    suggestion: 'Run the same command again once AWS is done with it.',
  });
}

/** Throws a SecureCartError where AWS gave up what a run was to create: the run's token would bring that again, and no other. */
export function demandNoneGivenUp({ progress: { plan }, givenUp }: Resumed, journal: string): void {
  if (givenUp.length === 0) return;
  const list = givenUp.map(({ created, error }) => `AWS gave up ${created}: ${error}`);
  throw new SecureCartError('plan-refused', list.join('\n'), {
    suggestion: `Mend what AWS names, and make a new plan: securecart ${plan.kind}. Or take back what is done: securecart undo ${journal}`,
  });
}

/** Goes on with a journal: it says so, and writes down what was found by looking, which the rest of it builds on. */
export async function resumeJournal(
  path: string,
  read: ReadJournal,
  { progress, found }: Pick<Resumed, 'progress' | 'found'>,
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
