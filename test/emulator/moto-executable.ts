import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const here = import.meta.dirname;
const root = join(here, '..', '..');
const venv = join(root, '.venv');

/**
 * The path of moto's server: `SECURECART_MOTO`, else that of the repository's .venv (made now if there is none for
 * today's requirements.txt), else `moto_server` on PATH. With none it throws what to install.
 */
export async function findMoto(): Promise<string> {
  const named = process.env.SECURECART_MOTO;
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new Error(
      `SECURECART_MOTO is ${named}, which does not exist. Name moto's server there, or unset it.`,
    );
  }
  const problem = isFresh() ? undefined : await makeVenv();
  if (problem === undefined) return join(venv, 'bin', 'moto_server');
  const onPath = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, 'moto_server'));
  const found = onPath.find(path => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    `The tests need moto, and it could not be installed into ${venv}:\n${problem}\n` +
      `Install Python 3.10 or newer with its venv module and pip (Debian: apt-get install python3-venv) and run again, ` +
      `or run "pip install -r test/emulator/requirements.txt" and set SECURECART_MOTO to the moto_server it installs.`,
  );
}

function isFresh(): boolean {
  const stamp = join(venv, 'requirements.txt');
  return (
    existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(join(here, 'requirements.txt'), 'utf8')
  );
}

/** Gives what went wrong, or undefined. */
async function makeVenv(): Promise<string | undefined> {
  const child = spawn('python3', [join(here, 'make_venv.py'), root], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  try {
    await once(child, 'close');
  } catch (error) {
    return String(error);
  }
  return child.exitCode === 0 ? undefined : said.trim();
}
