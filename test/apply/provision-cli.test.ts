import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { runCli } from '../emulator/run-cli.ts';

let emulator: Emulator;
let cwd: string;
beforeAll(async () => {
  emulator = await startEmulator();
  cwd = await mkdtemp(join(tmpdir(), 'securecart-'));
});
afterAll(() => emulator.stop());

/** In the order in which they are run, in one account. */
const runs: { args: string; code: number; changes: boolean; says: string[] }[] = [
  {
    args: '--plan-only',
    code: 1,
    changes: false,
    says: [
      '+ create the VPC 10.0.0.0/16',
      '7 interface endpoints in 2 zones',
      '+ create the flow log of all traffic',
    ],
  },
  { args: '--yes --region all', code: 2, changes: false, says: ['one Region at a time'] },
  { args: '', code: 3, changes: false, says: ['There is no terminal to ask you in'] },
  { args: '--yes --max-changes 10', code: 3, changes: false, says: ['--max-changes is 10'] },
  {
    args: '--yes --literal',
    code: 3,
    changes: false,
    says: ['backend-to-rds is blocked', '--literal --accept-broken-flows'],
  },
  {
    args: '--yes --journal apply.jsonl',
    code: 0,
    changes: true,
    says: ['Account: 123456789012', 'securecart undo'],
  },
  { args: '--yes', code: 0, changes: false, says: ['0 mends', 'Adopted as it is', 'VPC: vpc-'] },
];

test('builds a network as a process, says what it does, and does nothing twice', async () => {
  for (const { args, code, changes, says } of runs) {
    emulator.log.clear();
    const ended = await runCli(emulator, ['apply', ...args.split(' ').filter(word => word !== '')], {
      cwd,
      env: { LANG: 'en_US.UTF-8' },
    });
    const text = `${ended.stdout}\n${ended.stderr}`.replaceAll(/\s+/g, ' ');
    for (const said of says) expect(text, `apply ${args}`).toContain(said);
    expect(ended.code, `apply ${args}: ${text}`).toBe(code);
    expect(emulator.log.mutating().length > 0, `apply ${args}`).toBe(changes);
  }
  const undone = await runCli(emulator, ['undo', 'apply.jsonl', '--yes'], { cwd });
  expect(undone.code, undone.stderr).toBe(0);
  expect(undone.stdout).toMatch(/^Cost: +none$/m);
  expect(undone.stdout).not.toMatch(/^ +cost /m);
}, 300_000);
