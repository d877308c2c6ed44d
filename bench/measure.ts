import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How long a process ran, in ms, and the most memory it held, in MB. */
export interface Measured {
  readonly ms: number;
  readonly mb: number;
}

// Not resourceUsage().maxRSS: Linux hands the parent's down to a child.
const reportMemory = `data:text/javascript,import{readFileSync,writeSync}from'node:fs';process.on('exit',()=>writeSync(3,/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status','utf8'))[1]))`;

/** Runs node with its output thrown away. Throws where it ends with a code that is not one of `expected`. */
export async function measure(
  args: readonly string[],
  { env = {}, expected = [0] }: { env?: Record<string, string>; expected?: readonly number[] } = {},
): Promise<Measured> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', reportMemory, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let memory = '';
  let complaints = '';
  child.stdio[3]?.on('data', chunk => {
    memory += chunk;
  });
  child.stderr?.on('data', chunk => {
    complaints += chunk;
  });
  await once(child, 'close');
  if (!expected.includes(child.exitCode ?? -1)) {
    throw new Error(`node ${args.join(' ')} ended with ${child.exitCode}: ${complaints}`);
  }
  return { ms: performance.now() - started, mb: Number(memory) / 1024 };
}

/** The run in the middle by time, of several: machines are noisy. */
export async function median(runs: number, run: () => Promise<Measured>): Promise<Measured> {
  const all: Measured[] = [];
  for (let index = 0; index < runs; index += 1) all.push(await run());
  const middle = all.sort((a, b) => a.ms - b.ms)[Math.floor(runs / 2)];
  if (middle === undefined) throw new Error('nothing was run');
  return middle;
}
