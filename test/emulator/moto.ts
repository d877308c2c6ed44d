import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findPython } from './moto-python.ts';

/** One running moto server; `stop` returns when the process is gone. */
export type Moto = { port: number; pid: number; stop: () => Promise<void> };

// moto lives as long as the shell's standard input is open: it dies with whoever started it, even by SIGKILL.
const guard = `exec 3<&0; "$@" & moto=$!; { cat <&3 >/dev/null; kill "$moto"; } & wait "$moto"`;

/** Starts moto on a free port of 127.0.0.1 and waits until it listens. */
export async function startMoto(): Promise<Moto> {
  const command = [await findPython(), join(import.meta.dirname, 'serve_moto.py')];
  const child = spawn('sh', ['-c', guard, 'sh', ...command], {
    stdio: 'pipe',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, MOTO_EC2_LOAD_DEFAULT_AMIS: 'false' },
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.stdin.end();
    await exited;
  };
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(Number(text)));
    child.once('exit', () => reject(new Error(`moto did not start (${command.join(' ')}):\n${said}`)));
  });
  return { port, pid: child.pid ?? 0, stop };
}
