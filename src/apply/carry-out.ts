import { SecureCartError } from '../model/error.ts';
import { type Change, type ChangeId, changesOf } from '../model/plan.ts';
import type { Engine } from './engine.ts';
import { makeChange, type Outcome } from './make-change.ts';
import type { Progress } from './progress.ts';

/** Why a run ended before its plan did. */
export type Failure = Exclude<Outcome, { kind: 'done' }> & { readonly change: ChangeId };

/** How a run ended. */
export interface Run {
  readonly failures: readonly Failure[];
  readonly interrupted: boolean;
}

/**
 * Makes the changes of a plan that are not done yet: each after those it depends on, the others side by side. The first
 * that fails, or a wish to stop, lets those under way finish and begins no more. Throws what is no outcome of a change, a
 * bug, once those under way have finished.
 */
export async function carryOut(progress: Progress, engine: Engine): Promise<Run> {
  const waiting = new Set(changesOf(progress.plan).filter(({ id }) => !progress.isDone(id)));
  const running = new Map<ChangeId, Promise<unknown>>();
  const failures: Failure[] = [];
  const bugs: unknown[] = [];
  const make = async (change: Change) => {
    engine.tell({ kind: 'begun', change: change.id });
    const outcome = await outcomeOf(change, progress, engine);
    if (outcome.kind === 'done') {
      engine.tell({ kind: 'made', change: change.id });
    } else {
      failures.push({ ...outcome, change: change.id });
      engine.tell({ kind: 'failed', change: change.id, detail: outcome.detail });
    }
  };
  const isReady = ({ dependsOn }: Change) => dependsOn.every(id => progress.isDone(id));
  for (;;) {
    if (failures.length + bugs.length === 0 && !engine.stopping()) {
      for (const change of waiting) {
        if (running.size >= engine.parallel) break;
        if (!isReady(change)) continue;
        waiting.delete(change);
        running.set(
          change.id,
          make(change)
            .catch((bug: unknown) => {
              bugs.push(bug);
              engine.tell({ kind: 'failed', change: change.id, detail: String(bug) });
            })
            .then(() => running.delete(change.id)),
        );
      }
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (bugs.length > 0) throw bugs[0];
  const interrupted = failures.length === 0 && waiting.size > 0;
  await writeEnd(engine, endOf(failures, interrupted));
  return { failures, interrupted };
}

/** A journal that takes no more lines, on a disk that is full, is how the change ended: nobody could take back the next one. */
async function outcomeOf(change: Change, progress: Progress, engine: Engine): Promise<Outcome> {
  try {
    return await makeChange(change, progress, engine);
  } catch (error) {
    if (error instanceof SecureCartError && error.code === 'journal-unwritable')
      return { kind: 'unknown', detail: error.detail };
    throw error;
  }
}

/** Nothing rests on the last line: where it cannot be written, the run is as it is. */
async function writeEnd({ journal }: Engine, result: ReturnType<typeof endOf>): Promise<void> {
  try {
    await journal.append({ kind: 'end', result });
  } catch (error) {
    if (!(error instanceof SecureCartError)) throw error;
  }
}

function endOf(failures: readonly Failure[], interrupted: boolean): 'done' | 'stopped' | 'interrupted' {
  if (failures.length > 0) return 'stopped';
  return interrupted ? 'interrupted' : 'done';
}
