import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { SecureCartError } from '../model/error.ts';
import type { AccountId } from '../model/identifiers.ts';
import { systemReason } from '../model/system-reason.ts';

/** Who holds a lock. */
const Holder = z.strictObject({ host: z.string(), pid: z.int(), since: z.string(), journal: z.string() });
type Holder = z.infer<typeof Holder>;

/** The lock of an account, held by this run. */
export interface Lock {
  /** Why it is this run's no longer: its file is gone, or another run's; undefined as long as it is. */
  readonly lost: () => Promise<string | undefined>;
  /** Gives it back, where it is still this run's to give. */
  readonly release: () => Promise<void>;
}

/**
 * Takes the lock of an account. It is a file in the user's own state folder: it keeps
 * apart the runs of one user on one machine, and those on machines that share the folder. It does not reach another
 * user or machine; against those, each change compares its object with the plan just before its call. Throws a
 * SecureCartError where another run holds it, or where the folder cannot be written.
 */
export async function lockAccount(
  account: AccountId,
  options: { folder: string; journal: string; now: () => Date },
): Promise<Lock> {
  const path = join(options.folder, `${account}.lock`);
  const mine = `${path}.${process.pid}`;
  const { journal } = options;
  const holder: Holder = { host: hostname(), pid: process.pid, since: options.now().toISOString(), journal };
  try {
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    await writeFile(mine, JSON.stringify(holder), { mode: 0o600 });
  } catch (error) {
    throw new SecureCartError('file-unwritable', `${mine}: ${systemReason(error)}.`, {
      suggestion: 'The lock of an account is kept there; XDG_STATE_HOME names another folder for it.',
      cause: error,
    });
  }
  try {
    await take(mine, path, account);
  } finally {
    await unlink(mine);
  }
  const lost = async () => {
    const held = await readHolder(path);
    if (held !== undefined && isSame(held, holder)) return undefined;
    return `${path} is ${held === undefined ? 'gone' : `that of ${inWords(held)}`}`;
  };
  return {
    lost,
    release: async () => {
      // Where its file cannot be taken away, the next run finds that its process is gone.
      if ((await lost()) === undefined) await unlink(path).catch(() => undefined);
    },
  };
}

const isSame = (a: Holder, b: Holder): boolean => a.pid === b.pid && a.host === b.host && a.since === b.since;

const inWords = ({ pid, host, since, journal }: Holder): string =>
  `process ${pid} on ${host}, since ${since}, with the journal ${journal}`;

/** A link is made whole or not at all, so of two who try only one has it. */
async function take(mine: string, path: string, account: AccountId): Promise<void> {
  if (await tryLink(mine, path)) return;
  const held = await readHolder(path);
  if (held !== undefined && isGone(held)) {
    await remove(path, held);
    if (await tryLink(mine, path)) return;
  }
  const by = held === undefined ? 'someone' : inWords(held);
  throw new SecureCartError('locked', `Account ${account} is locked by ${by}.`, {
    suggestion: `Wait for it. If that run is surely over: rm ${path}`,
  });
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseHolder(text);
}

function parseHolder(text: string): Holder | undefined {
  try {
    return Holder.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A process that was killed gave nothing back. Of another machine's processes nothing is known. */
function isGone({ host, pid }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Moves a lock aside and looks whether it was the one that was meant: another run may have taken it over just now. */
async function remove(path: string, held: Holder): Promise<void> {
  const aside = `${path}.stale.${process.pid}`;
  await rename(path, aside).catch(() => undefined);
  const moved = await readHolder(aside);
  if (moved !== undefined && !isSame(moved, held)) await tryLink(aside, path);
  await unlink(aside).catch(() => undefined);
}
