import { randomUUID } from 'node:crypto';
import type { LiveAccount } from '../../src/apply/account.ts';
import { carryOut, type Run } from '../../src/apply/carry-out.ts';
import type { Engine } from '../../src/apply/engine.ts';
import { createJournal, readJournal } from '../../src/apply/journal.ts';
import { demandUnmoved } from '../../src/apply/preflight.ts';
import { beginProgress } from '../../src/apply/progress.ts';
import { demandNoneGivenUp, resumeJournal, resumeProgress } from '../../src/apply/resume.ts';
import { planUndo } from '../../src/apply/undo.ts';
import { openSession, type Session } from '../../src/aws/session.ts';
import { Region } from '../../src/model/identifiers.ts';
import type { Call, ChangeId, Plan } from '../../src/model/plan.ts';
import type { Emulator } from '../emulator/emulator.ts';

/** The moment as every journal of these tests has it. */
export const now = (): Date => new Date('2026-01-01T00:00:00Z');

/**
 * A session with the emulator. Where each call is tried once, a fault at one call is a fault of it; and the SDK is not to
 * slow down for whole seconds once a call was throttled, as its adaptive mode does, since nobody asks again.
 */
export function sessionWith(emulator: Emulator, attempts = 3): Session {
  const retries = {
    AWS_MAX_ATTEMPTS: String(attempts),
    AWS_RETRY_MODE: attempts === 1 ? 'standard' : 'adaptive',
  };
  Object.assign(process.env, emulator.env, retries);
  delete process.env.NODE_OPTIONS;
  return openSession({
    region: Region.parse('eu-west-1'),
    signal: new AbortController().signal,
    // moto has no quotas.
    pacing: (_turn, run) => run(),
  });
}

const sleep = () => Promise.resolve();
const tell = () => {};

/** An engine that waits for nothing: the emulator shows at once what was done. */
export const engineOf = (
  account: LiveAccount,
  journal: Engine['journal'],
  more: Partial<Engine> = {},
): Engine => ({
  account,
  journal,
  lockLost: () => Promise.resolve(undefined),
  stopping: () => false,
  sleep,
  patience: [0, 0],
  parallel: 3,
  tell,
  ...more,
});

/** Carries a plan out with a journal of its own, as `fix` does. */
export async function fix(...of: Parameters<typeof carryPlan>): Promise<Run> {
  const { failures, interrupted } = await carryPlan(...of);
  return { failures, interrupted };
}

/** The same, with the changes that are made. */
export async function carryPlan(
  plan: Plan,
  path: string,
  account: LiveAccount,
  more: Partial<Engine> = {},
): Promise<Run & { readonly done: readonly ChangeId[] }> {
  const run = randomUUID();
  const progress = beginProgress(plan, run);
  await demandUnmoved(progress, account);
  const journal = await createJournal(path, now);
  await journal.append({ kind: 'start', schemaVersion: 1, run, plan });
  try {
    return { ...(await carryOut(progress, engineOf(account, journal, more))), done: progress.done() };
  } finally {
    await journal.close();
  }
}

/** Goes on with a journal, as `fix --resume` does. */
export async function resume(path: string, account: LiveAccount): Promise<Run> {
  const read = await readJournal(path);
  const resumed = await resumeProgress(read.events, { account, sleep, tell });
  demandNoneGivenUp(resumed, path);
  const { progress } = resumed;
  await demandUnmoved(progress, account);
  const journal = await resumeJournal(path, read, resumed, now);
  try {
    return await carryOut(progress, engineOf(account, journal));
  } finally {
    await journal.close();
  }
}

/** Takes a journal back, as `undo` does. */
export async function undo(path: string, account: LiveAccount, force = false): Promise<Run> {
  const { events } = await readJournal(path);
  const { progress } = await resumeProgress(events, { account, sleep, tell });
  const meta = {
    id: 'undo-20260101t000000z',
    createdAt: '2026-01-01T00:00:00Z',
    tool: { name: 'securecart', version: '0.1.0' },
  } as const;
  const plan = await planUndo(progress, account, { meta, force });
  return fix(plan, `${path}.undo`, account);
}

/** The process is gone: nothing of the engine's may run after it. */
export class Killed extends Error {}

/** An account whose caller is killed; `settled` waits for the calls that were under way, which AWS carries out. */
export type Mortal = LiveAccount & { readonly settled: () => Promise<unknown> };

/** A moment of a run: the n-th question to the account, or the first of this name. */
export type Moment = number | string;

/**
 * The account, up to a moment; then the process is gone: `before` AWS has the call, or `after` it has done what it was
 * asked. No answer reaches the dead.
 */
export function killedAt(moment: Moment, when: 'before' | 'after', account: LiveAccount): Mortal {
  const under: Promise<unknown>[] = [];
  let asked = 0;
  let isDead = false;
  const guard: Guard = async (ask, name) => {
    asked += 1;
    const isLast = moment === name || moment === asked;
    if (isDead || (isLast && when === 'before')) {
      isDead = true;
      throw new Killed();
    }
    const answer = ask();
    under.push(answer);
    isDead ||= isLast;
    const value = await answer;
    if (isDead) throw new Killed();
    return value;
  };
  return { ...around(account, guard), settled: () => Promise.allSettled(under) };
}

/** Makes a question to the account, which has a name. */
type Guard = <T>(ask: () => Promise<T>, name: string) => Promise<T>;

/** The account with every question to it made by `guard`. */
const around = (account: LiveAccount, guard: Guard): LiveAccount => ({
  observe: object => guard(() => account.observe(object), `look at ${object.kind}`),
  find: (kind, ...query) => guard(() => account.find(kind, ...query), `find ${kind}`),
  namesakes: (kind, ...query) => guard(() => account.namesakes(kind, ...query), `namesakes of ${kind}`),
  send: (call, region) => guard(() => account.send(call, region), callName(call)),
  mayCall: (call, region) => guard(() => account.mayCall(call, region), `rehearse ${callName(call)}`),
});

const callName = ({ service, operation }: Call): string => `${service}:${operation}`;

/** What an account is asked while `work` runs, by name. */
export async function askedBy(
  account: LiveAccount,
  work: (account: LiveAccount) => Promise<unknown>,
): Promise<string[]> {
  const asked: string[] = [];
  await work(
    around(account, (ask, name) => {
      asked.push(name);
      return ask();
    }),
  );
  return asked;
}

/** How often an account is asked while `work` runs. */
export const countAsked = async (...of: Parameters<typeof askedBy>): Promise<number> =>
  (await askedBy(...of)).length;

/** When to kill a run that asks this: at every question with SECURECART_DEEP, else at the first and last, and at one call of each kind. */
export const moments = (asked: readonly string[]): Moment[] =>
  process.env.SECURECART_DEEP === '1'
    ? asked.map((_, index) => index + 1)
    : [1, ...new Set(asked.filter(name => name.includes(':') && !name.includes(' '))), asked.length];
