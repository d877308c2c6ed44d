import type { Finding } from '../model/finding.ts';
import type { ChangeId, Mend, Plan } from '../model/plan.ts';
import { carryOut, type Run } from './carry-out.ts';
import type { Engine } from './engine.ts';
import type { Progress } from './progress.ts';
import { beginProgress } from './progress.ts';
import { planUndo, type UndoOptions } from './undo.ts';

/** How the carrying out of a plan ended. */
export interface Applied extends Run {
  readonly done: readonly ChangeId[];
  /** The mends whose changes are made and whose findings are still there. */
  readonly notFixed: readonly Mend[];
  /** How the undo of those ended; absent where there was none. */
  readonly takenBack?: Run;
}

/** What applying takes besides the engine. */
export interface ApplyOptions {
  /** Reads the account again and evaluates the controls. */
  readonly verify: () => Promise<readonly Finding[]>;
  /** Leaves the changes that did not mend their findings. */
  readonly keep: boolean;
  readonly undo: UndoOptions['meta'];
  /** The id of this run. */
  readonly run: string;
  /** The engine for the undo of what did not mend, with a journal of its own. */
  readonly undoEngine: (plan: Plan) => Promise<Engine>;
}

/** Carries a plan out, proves by another audit that it mended what it was for, and takes back the mends that did not. */
export async function apply(progress: Progress, engine: Engine, options: ApplyOptions): Promise<Applied> {
  const run = await carryOut(progress, engine);
  const done = progress.done();
  if (run.failures.length > 0 || run.interrupted) return { ...run, done, notFixed: [] };
  const notFixed = stillFailing(progress.plan, await options.verify());
  if (notFixed.length === 0 || options.keep) return { ...run, done, notFixed };
  const only = new Set(notFixed.map(({ id }) => id));
  const plan = await planUndo(progress, engine.account, { meta: options.undo, force: false, only });
  const undoEngine = await options.undoEngine(plan);
  try {
    return {
      ...run,
      done,
      notFixed,
      takenBack: await carryOut(beginProgress(plan, options.run), undoEngine),
    };
  } finally {
    await undoEngine.journal.close();
  }
}

/** The mends of which a finding fails still, or cannot be told any more, or whose controls find what they did not find before. */
function stillFailing(plan: Plan, findings: readonly Finding[]): Mend[] {
  const before = new Set(plan.failing);
  const bad = findings.filter(({ status }) => status === 'fail' || status === 'unknown');
  return plan.mends.filter(mend =>
    mend.for.some(({ finding, control }) =>
      bad.some(
        ({ id, control: of, status, region }) =>
          id === finding ||
          (status === 'fail' && of === control && region === mend.region && !before.has(id)),
      ),
    ),
  );
}
