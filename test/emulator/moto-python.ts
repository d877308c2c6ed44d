import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const root = join(here, '..', '..');
const venv = join(root, '.venv');

/**
 * The path of a Python that has moto: `SECURECART_PYTHON`, else that of the repository's .venv, which is made now if
 * there is none for today's requirements.txt. Where it cannot be made, throws what to install.
 */
export async function findPython(): Promise<string> {
  const named = process.env.SECURECART_PYTHON;
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new Error(
      `SECURECART_PYTHON is ${named}, which does not exist. Name a Python that has moto there, or unset it.`,
    );
  }
  const problem = isFresh() ? undefined : await makeVenv();
  if (problem === undefined) return join(venv, 'bin', 'python');
  throw new Error(
    `The tests need moto, and it could not be installed into ${venv}:\n${problem}\n` +
      `Install Python 3.10 or newer with its venv module and pip (Debian: apt-get install python3-venv) and run again, ` +
      `or run "pip install -r test/emulator/requirements.txt" and set SECURECART_PYTHON to that pip's Python.`,
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
