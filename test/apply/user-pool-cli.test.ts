import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { runCli } from '../emulator/run-cli.ts';
import { buildWeakUserPool, poolState } from './weak-user-pool.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

const cognito = '--control cognito/*';

/** In the order in which they are run, in one account. */
const runs: { args: string; code: number; changes: string[]; says: string[] }[] = [
  {
    args: `fix ${cognito} --plan-only -o plan.json`,
    code: 1,
    changes: [],
    says: [
      'let user pool securecart-customers be as the baseline asks',
      '~ ask every user for a second factor',
      'caution',
      'PLUS',
    ],
  },
  { args: 'fix --plan plan.json', code: 3, changes: [], says: ['There is no terminal to ask you in'] },
  {
    args: 'fix --plan plan.json --yes --journal fix.jsonl',
    code: 0,
    changes: ['SetUserPoolMfaConfig', 'UpdateUserPool', 'UpdateUserPoolClient'],
    says: ['3 of 3 changes made.', 'To take back: securecart undo'],
  },
  { args: `audit ${cognito}`, code: 0, changes: [], says: [] },
  { args: `fix ${cognito} --yes`, code: 0, changes: [], says: ['0 mends, 0 changes'] },
  { args: 'fix --plan plan.json --yes', code: 3, changes: [], says: ['The account has changed since'] },
  {
    args: 'undo fix.jsonl --yes',
    code: 0,
    changes: ['SetUserPoolMfaConfig', 'UpdateUserPool', 'UpdateUserPoolClient'],
    says: ['take back: ask every user for a second factor', '3 of 3 changes taken back.', 'Cost: none'],
  },
];

test('fixes a user pool as a process, says what it does, does nothing twice, and takes it back', async () => {
  const aws = clientsFor(emulator);
  const pool = await buildWeakUserPool(aws);
  const prior = await poolState(aws, pool);
  const cwd = await mkdtemp(join(tmpdir(), 'securecart-'));
  for (const { args, code, changes, says } of runs) {
    emulator.log.clear();
    const ended = await runCli(emulator, args.split(' '), { cwd, env: { LANG: 'en_US.UTF-8' } });
    const text = `${ended.stdout}\n${ended.stderr}`.replaceAll(/\s+/g, ' ');
    expect(ended.code, `${args}: ${text}`).toBe(code);
    for (const said of says) expect(text, args).toContain(said);
    expect(emulator.log.mutating().sort(), args).toEqual(changes.map(call => `cognito-idp:${call}`));
  }
  expect(await poolState(aws, pool)).toEqual(prior);
}, 300_000);
