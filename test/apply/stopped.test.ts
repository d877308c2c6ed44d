import { mkdtemp, readFile, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { carryOut } from '../../src/apply/carry-out.ts';
import { beginProgress } from '../../src/apply/progress.ts';
import { main } from '../../src/cli/main.ts';
import { SecureCartError } from '../../src/model/error.ts';
import { fakeWorld } from '../builders/world.ts';
import { isDryRun } from '../emulator/call.ts';
import { clientsFor } from '../emulator/clients.ts';
import { account, type Emulator, startEmulator } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { buildDriftedGroups, canonicalState } from './accounts.ts';
import { engineOf, sessionWith } from './live.ts';
import { planFor } from './planned.ts';

let emulator: Emulator;
let folder: string;
let prior: string[];
beforeAll(async () => {
  emulator = await startEmulator();
  sessionWith(emulator);
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  await emulator.reset();
  await buildDriftedGroups(clientsFor(emulator));
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  prior = await canonicalState(clientsFor(emulator));
  emulator.log.clear();
});

const state = () => canonicalState(clientsFor(emulator));
const lockFile = () => join(folder, 'securecart', `${account}.lock`);
const holder = JSON.stringify({ host: 'elsewhere', pid: 7, since: 'now', journal: 'other.jsonl' });

async function run(...args: string[]) {
  const { world, stdout, screen } = fakeWorld({ cwd: folder, env: { XDG_STATE_HOME: folder } });
  return { code: await main(args, world), stdout: stdout().replaceAll(/\s+/g, ' '), screen: screen() };
}

const fix = () => run('fix', '--control', 'security-group/*', '--yes', '--journal', 'j.jsonl');

/** Lets something happen once, at the first call that changes a group; `isRehearsed` at the first question whether it would be allowed. */
function once(isRehearsed: boolean, happen: () => Promise<unknown>): void {
  let isOver = false;
  const effect = {
    kind: 'run',
    when: 'after',
    run: async (call: Parameters<typeof isDryRun>[0]) => {
      if (isOver || isDryRun(call) !== isRehearsed) return;
      isOver = true;
      await happen();
    },
  } as const;
  emulator.faults.add({ call: 'ec2:*SecurityGroup*gress', effect });
}

test.each([
  { name: 'is gone', happen: () => unlink(lockFile()), says: '.lock is gone' },
  {
    name: 'is another run’s',
    happen: () => writeFile(lockFile(), holder),
    says: '.lock is that of process 7 on elsewhere, since now, with the journal other.jsonl',
  },
])('a run whose lock $name begins no other change, and can be taken back', async ({ happen, says }) => {
  once(false, happen);
  const stopped = await fix();
  expect(stopped.code, stopped.screen).toBe(4);
  expect(stopped.stdout).toContain('since this run has lost its lock of the account');
  expect(stopped.stdout).toContain(says);
  const events = (await readFile(join(folder, 'j.jsonl'), 'utf8')).trimEnd().split('\n');
  const kinds = events.map((line): unknown => JSON.parse(line).event.kind);
  expect(kinds.filter(kind => kind === 'intent')).toHaveLength(kinds.filter(kind => kind === 'done').length);
  await unlink(lockFile()).catch(() => undefined);
  emulator.faults.clear();
  const undone = await run('undo', 'j.jsonl', '--yes');
  expect(undone.code, undone.screen).toBe(0);
  expect(await state()).toEqual(prior);
});

test('a run whose lock is taken over before its first call makes none, and leaves the other’s lock', async () => {
  once(true, () => writeFile(lockFile(), holder));
  const stopped = await fix();
  expect(stopped.code, stopped.screen).toBe(3);
  expect(await state()).toEqual(prior);
  expect(await readFile(lockFile(), 'utf8')).toBe(holder);
});

test('a run whose journal takes no more lines makes no call that it could not write down', async () => {
  const plan = planFor(await take(), {}, ({ control }) => control.startsWith('security-group/'));
  const lines: string[] = [];
  const journal = {
    path: 'j.jsonl',
    append: ({ kind }: { kind: string }) => {
      if (lines.length === 3)
        return Promise.reject(new SecureCartError('journal-unwritable', 'the disk is full'));
      lines.push(kind);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  emulator.log.clear();
  const engine = engineOf(awsAccount(sessionWith(emulator)), journal, { parallel: 1 });
  const progress = beginProgress(plan, '00000000-0000-4000-8000-000000000000');
  const ended = await carryOut(progress, engine);
  expect(ended.failures).toMatchObject([{ kind: 'unknown', detail: 'the disk is full' }]);
  expect(lines).toEqual(['intent', 'done', 'intent']);
  expect(emulator.log.mutating()).toHaveLength(2);
});
