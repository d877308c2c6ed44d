import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { Report } from '../../src/model/report.ts';
import { fakeWorld } from '../builders/world.ts';
import { states } from '../emulator/accounts/states/states.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  for (const [name, value] of Object.entries(emulator.env)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await emulator.stop();
});

/** Builds a state, has `init` write its baseline into an empty folder, and gives a way to run commands there. */
async function initiated(name: keyof typeof states) {
  await emulator.reset();
  await states[name].build(clientsFor(emulator));
  const cwd = await mkdtemp(join(tmpdir(), 'securecart-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const run = async (line: string) => {
    const { world, stdout, screen } = fakeWorld({ cwd });
    return { code: await main(line.split(' '), world), stdout: stdout(), screen: screen() };
  };
  const init = await run('init');
  expect(init.code, init.screen).toBe(0);
  return { cwd, run };
}

test('of a shop that grew, it writes a file that holds together and that an audit goes by', async () => {
  const { cwd, run } = await initiated('legacy-shop');
  expect((await run('baseline check')).code).toBe(0);
  const { code, stdout } = await run('audit --format json --control security-group/*');
  const { baseline, findings } = Report.parse(JSON.parse(stdout));
  const file = await readFile(join(cwd, 'securecart-baseline.yaml'));
  expect(baseline.digest).toBe(createHash('sha256').update(file).digest('hex'));
  // The groups are bound, so that what is open is found where it is.
  expect(code).toBe(1);
  expect(new Set(findings.filter(({ status }) => status === 'fail').map(({ control }) => control))).toContain(
    'security-group/rds-ingress',
  );
});

test('of an account that is as the shipped baseline wants it, nothing fails by the file either', async () => {
  const { run } = await initiated('compliant');
  const { code, screen } = await run('audit');
  expect(code, screen).toBe(0);
});
