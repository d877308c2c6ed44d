import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from './emulator.ts';

/** The built program. */
export const program = join(import.meta.dirname, '..', '..', 'dist', 'securecart.js');

export type RunOptions = {
  /** The folder to run in; absent: an empty one that is gone afterwards. */
  cwd?: string;
  /** Beside the emulator's own. */
  env?: Record<string, string>;
  /** What standard input holds, which is no terminal. */
  input?: string;
  /** A signal once the run's n-th call is carried out; SIGKILL comes before the call's answer does. */
  interrupt?: { signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'; afterCalls: number };
};

/** How a process ended: an exit code, or the signal that ended it. */
export type Ended = { code: number | null; signal: string | null; stdout: string; stderr: string };

/** Runs the built program as a process of its own against the emulator, with nothing of this machine's configuration. */
export const runCli = (emulator: Emulator, args: string[], options: RunOptions = {}): Promise<Ended> =>
  runNode(emulator, [program, ...args], options);

/** Runs node so. */
export async function runNode(emulator: Emulator, args: string[], options: RunOptions = {}): Promise<Ended> {
  const own = options.cwd === undefined ? await mkdtemp(join(tmpdir(), 'securecart-')) : undefined;
  const cwd = options.cwd ?? own;
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, ...emulator.env, ...options.env },
    timeout: 120_000,
    killSignal: 'SIGKILL',
  });
  const ended = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ended.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ended.stderr += text;
  });
  const closed = once(child, 'close');
  const { interrupt } = options;
  if (interrupt !== undefined) {
    const run = async () => {
      child.kill(interrupt.signal);
      if (interrupt.signal === 'SIGKILL') await closed;
    };
    emulator.faults.add({ nth: interrupt.afterCalls, effect: { kind: 'run', when: 'after', run } });
  }
  // A process may end before it has read its input.
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  await closed;
  if (own !== undefined) await rm(own, { recursive: true });
  return { code: child.exitCode, signal: child.signalCode, ...ended };
}
