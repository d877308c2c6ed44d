import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { Report } from '../../src/model/report.ts';
import { readSnapshot } from '../../src/snapshot/read-snapshot.ts';
import { fakeWorld } from '../builders/world.ts';
import { states } from '../emulator/accounts/states/states.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { canonicalSnapshot } from './canonical.ts';

let emulator: Emulator;
let folder: string;
let prior: unknown;
beforeAll(async () => {
  emulator = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  Object.assign(process.env, emulator.env);
  await states['open-apis'].build(clientsFor(emulator));
  prior = await state('prior');
});
afterAll(() => emulator.stop());

async function run(...args: string[]) {
  const { world, stdout, screen } = fakeWorld({ cwd: folder, env: { XDG_STATE_HOME: folder } });
  const code = await main(args, world);
  return { code, stdout: stdout(), screen: screen() };
}

const apis = ['--control', 'api-gateway/*'];
const fix = (name: string, ...more: string[]) =>
  run('fix', ...apis, '--yes', '--journal', `${name}.jsonl`, ...more);

async function failing(): Promise<string[]> {
  const { stdout } = await run('audit', ...apis, '--format', 'json');
  const { findings } = Report.parse(JSON.parse(stdout));
  return findings
    .filter(({ status }) => status === 'fail')
    .map(({ control, key }) => `${control} ${key}`.trim());
}

async function state(name: string) {
  await run('snapshot', '--output', `${name}.snapshot.json`);
  const file = join(folder, `${name}.snapshot.json`);
  return canonicalSnapshot(readSnapshot(await readFile(file, 'utf8'), file));
}

test('a careful fix of the state open-apis closes what it can, says what waits, and takes nothing back for that', async () => {
  const { code, screen } = await fix('careful');
  expect(code, screen).toBe(1);
  expect(await failing()).toEqual([
    'api-gateway/http-authorization GET /catalog/export',
    'api-gateway/rest-authorization GET /export',
    'api-gateway/rest-authorization POST /refunds',
    'api-gateway/rest-deployment',
  ]);
  emulator.log.clear();
  expect((await fix('careful-again')).code).toBe(1);
  expect(emulator.log.mutating()).toEqual([]);
});

test('a fix that may deploy leaves nothing, and has nothing to do again', async () => {
  const { code, screen } = await fix('whole', '--allow-disruptive');
  expect(code, screen).toBe(0);
  expect(await failing()).toEqual([]);
  emulator.log.clear();
  expect((await fix('again', '--allow-disruptive')).code).toBe(0);
  expect(emulator.log.mutating()).toEqual([]);
});

test('the state comes back by undo, the newest fix first', async () => {
  for (const name of ['whole', 'careful']) {
    const undone = await run('undo', `${name}.jsonl`, '--yes', '--journal', `${name}.undo.jsonl`);
    expect(undone.code, undone.screen).toBe(0);
  }
  expect(await state('undone')).toEqual(prior);
});
