import { CallError } from '../aws/errors.ts';
import { SecureCartError } from '../model/error.ts';
import type { Finding } from '../model/finding.ts';
import type { ChangeId, LeftAlone, Mend, Plan } from '../model/plan.ts';
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
  /** What the plan left alone, and no mend of something else has mended along. */
  readonly gaps: readonly LeftAlone[];
  /** How the undo of those ended, or why there could be none; absent where none was wanted. */
  readonly takenBack?: (Run & { readonly journal: string }) | { readonly refused: string };
  /** Why nobody can tell whether the changes mended anything; absent where that was told. */
  readonly unverified?: string;
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
  readonly undoEngine: (back: Progress) => Promise<Engine>;
}

/** Carries a plan out, proves by another audit that it mended what it was for, and takes back the mends that did not. */
export async function apply(progress: Progress, engine: Engine, options: ApplyOptions): Promise<Applied> {
  const { plan } = progress;
  const run = await carryOut(progress, engine);
  const ended = { ...run, done: progress.done(), notFixed: [], gaps: plan.leftAlone };
  if (run.failures.length > 0 || run.interrupted) return ended;
  const findings = await told(options.verify);
  if ('refused' in findings) return { ...ended, unverified: findings.refused };
  const notFixed = stillFailing(plan, findings.value);
  const verified = { ...ended, notFixed, gaps: stillThere(plan, findings.value) };
  if (notFixed.length === 0 || options.keep) return verified;
  const takenBack = await told(() => takeBack(progress, engine, notFixed, options));
  return { ...verified, takenBack: 'value' in takenBack ? takenBack.value : takenBack };
}

async function takeBack(
  progress: Progress,
  { account }: Engine,
  notFixed: readonly Mend[],
  { undo: meta, run, undoEngine }: ApplyOptions,
): Promise<Run & { journal: string }> {
  const only = new Set(notFixed.map(({ id }) => id));
  const back = beginProgress(await planUndo(progress, account, { meta, force: false, only }), run);
  const engine = await undoEngine(back);
  try {
    return { ...(await carryOut(back, engine)), journal: engine.journal.path };
  } finally {
    await engine.journal.close();
  }
}

/** What follows a change must not hide that the change was made: a refusal is an outcome then, and no error. */
async function told<T>(ask: () => Promise<T>): Promise<{ value: T } | { refused: string }> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (error instanceof SecureCartError)
      return { refused: `${error.summary} ${error.detail.replaceAll('\n', '; ')}` };
    if (error instanceof CallError) return { refused: `${error.call}: ${error.code}: ${error.message}` };
    throw error;
  }
}

/** The mends of which a finding fails still, or cannot be told any more, or whose controls find what they did not find before. */
function stillFailing(plan: Plan, findings: readonly Finding[]): Mend[] {
  const before = new Set(plan.failing);
  const bad = findings.filter(
    ({ status, suppressed }) => suppressed === undefined && (status === 'fail' || status === 'unknown'),
  );
  const finished = plan.mends.filter(({ unfinished }) => unfinished === undefined);
  return finished.filter(mend =>
    mend.for.some(({ finding, control }) =>
      bad.some(
        ({ id, control: of, status, region }) =>
          id === finding ||
          (status === 'fail' && of === control && region === mend.region && !before.has(id)),
      ),
    ),
  );
}

/** What was left alone, but for the findings that fail no more: who reaches whom is mended by the rules that decide on it. */
function stillThere({ leftAlone }: Plan, findings: readonly Finding[]): LeftAlone[] {
  const bad = new Set(
    findings.filter(({ status }) => status === 'fail' || status === 'unknown').map(({ id }) => id),
  );
  return leftAlone.filter(
    ({ for: causes }) => causes.length === 0 || causes.some(({ finding }) => bad.has(finding)),
  );
}
