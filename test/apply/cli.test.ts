import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createJournal } from '../../src/apply/journal.ts';
import { parsePlanFile, renderPlanFile } from '../../src/apply/plan-file.ts';
import { AccountId } from '../../src/model/identifiers.ts';
import type { Plan } from '../../src/model/plan.ts';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { account, type Emulator, startEmulator } from '../emulator/emulator.ts';
import { type RunOptions, runCli } from '../emulator/run-cli.ts';
import { buildDriftedGroups, canonicalState } from './accounts.ts';
import { now } from './live.ts';

let emulator: Emulator;
let aws: Clients;
let cwd: string;
let prior: string[];
beforeAll(async () => {
  emulator = await startEmulator();
  aws = clientsFor(emulator);
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  await emulator.reset();
  await buildDriftedGroups(aws);
  cwd = await mkdtemp(join(tmpdir(), 'securecart-'));
  prior = await canonicalState(aws);
  emulator.log.clear();
});

const groups = ['--control', 'security-group/*'];
const run = (args: string[], options: RunOptions = {}) => runCli(emulator, args, { cwd, ...options });

/** The calls that change something; the questions for a permission are none. */
const changed = (): string[] => emulator.log.mutating();

const elsewhere = AccountId.parse('210987654321');

/** Writes a baseline that is not the shipped one. */
async function otherBaseline(): Promise<void> {
  const shipped = await readFile(join(import.meta.dirname, '..', '..', 'securecart-baseline.yaml'), 'utf8');
  await writeFile(join(cwd, 'other.yaml'), `${shipped}\n# edited\n`);
}

test('a plan is kept, carried out as it is, verified, done only once, and taken back', async () => {
  const planned = await run(['fix', ...groups, '--plan-only', '-o', 'plan.json']);
  expect(planned).toMatchObject({ code: 1, stderr: '' });
  expect(planned.stdout).toContain('closes all tcp from 0.0.0.0/0');
  expect(changed()).toEqual([]);

  const policy = await run(['policy', 'fix', '--plan', 'plan.json']);
  expect(JSON.parse(policy.stdout)).toMatchObject({
    Statement: [
      { Sid: 'SecureCartLook' },
      {
        Sid: 'SecureCartFix',
        Action: [
          'ec2:AuthorizeSecurityGroupEgress',
          'ec2:AuthorizeSecurityGroupIngress',
          'ec2:RevokeSecurityGroupEgress',
          'ec2:RevokeSecurityGroupIngress',
        ],
      },
    ],
  });

  const fixed = await run(['fix', '--plan', 'plan.json', '--yes', '--journal', 'j.jsonl']);
  expect(fixed).toMatchObject({ code: 0 });
  expect(fixed.stdout.trimEnd().split('\n').at(-1)).toBe(`Journal: ${join(cwd, 'j.jsonl')}`);
  expect(fixed.stderr.split('\n')[0]).toBe(`Journal: ${join(cwd, 'j.jsonl')}`);
  expect(changed().filter(name => !/:(Authorize|Revoke)SecurityGroup(In|E)gress$/.test(name))).toEqual([]);
  expect((await run(['audit', ...groups])).code).toBe(0);

  emulator.log.clear();
  expect(await run(['fix', ...groups, '--yes'])).toMatchObject({ code: 0 });
  expect(changed()).toEqual([]);

  expect(await run(['undo', 'j.jsonl', '--yes'])).toMatchObject({ code: 0 });
  expect(await canonicalState(aws)).toEqual(prior);
});

describe('a fix is refused, and nothing is touched,', () => {
  const cases: { name: string; args: string[]; says: string; prepare?: () => Promise<unknown> }[] = [
    {
      name: 'when nobody can be asked',
      args: ['--plan', 'plan.json'],
      says: 'There is no terminal to ask you in',
    },
    {
      name: 'when it changes more than the limit',
      args: ['--plan', 'plan.json', '--yes', '--max-changes', '2'],
      says: '--max-changes is 2',
    },
    {
      name: 'when its plan is of another Region',
      args: ['--plan', 'plan.json', '--yes', '--region', 'us-east-1'],
      says: 'It is for eu-west-1',
    },
    {
      name: 'when its plan is of another baseline',
      args: ['--plan', 'plan.json', '--yes', '--baseline', 'other.yaml'],
      says: 'another baseline',
      prepare: otherBaseline,
    },
    {
      name: 'when its plan is of another account',
      args: ['--plan', 'plan.json', '--yes'],
      says: 'It is for account 210987654321, and these credentials are for 123456789012',
      prepare: async () => {
        const file = join(cwd, 'plan.json');
        const plan = await parsePlanFile(await readFile(file, 'utf8'), file);
        await writeFile(file, renderPlanFile({ ...plan, account: elsewhere }));
      },
    },
    {
      name: 'when another run has the account',
      args: ['--plan', 'plan.json', '--yes'],
      says: 'Account 123456789012 is locked by',
      prepare: async () => {
        const folder = join(cwd, '.local', 'state', 'securecart');
        await mkdir(folder, { recursive: true });
        const holder = { host: hostname(), pid: process.pid, since: 'now', journal: 'other.jsonl' };
        await writeFile(join(folder, `${account}.lock`), JSON.stringify(holder));
      },
    },
    {
      name: 'when AWS would deny it',
      args: ['--plan', 'plan.json', '--yes'],
      says: 'ec2:RevokeSecurityGroupIngress',
      prepare: async () => emulator.faults.denyAction('ec2:RevokeSecurityGroupIngress'),
    },
  ];

  test.each(cases)('$name', async ({ args, says, prepare }) => {
    await run(['fix', ...groups, '--plan-only', '-o', 'plan.json']);
    await prepare?.();
    const refused = await run(['fix', ...args, '--journal', 'j.jsonl']);
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain(says);
    expect(refused.code).toBe(3);
    expect(changed()).toEqual([]);
    expect(existsSync(join(cwd, 'j.jsonl'))).toBe(false);
  });
});

describe('a journal is refused, and nothing is touched,', () => {
  /** A run of a plan of which nothing was made, by a journal of this account unless another is named. */
  async function begun(change: Partial<Plan> = {}): Promise<void> {
    await run(['fix', ...groups, '--plan-only', '-o', 'plan.json']);
    const file = join(cwd, 'plan.json');
    const plan = { ...(await parsePlanFile(await readFile(file, 'utf8'), file)), ...change };
    const journal = await createJournal(join(cwd, 'j.jsonl'), now);
    await journal.append({ kind: 'start', schemaVersion: 1, run: randomUUID(), plan });
    await journal.close();
  }

  test.each([
    {
      name: 'by resume, when it is of another account',
      args: ['fix', '--resume', 'j.jsonl', '--yes'],
      change: { account: elsewhere },
      says: 'It is for account 210987654321',
    },
    {
      name: 'by undo, when it is of another account',
      args: ['undo', 'j.jsonl', '--yes'],
      change: { account: elsewhere },
      says: 'It is for account 210987654321',
    },
    {
      name: 'by resume, when it was begun with another baseline',
      args: ['fix', '--resume', 'j.jsonl', '--yes', '--baseline', 'other.yaml'],
      says: 'was begun with another baseline',
    },
  ])('$name', async ({ args, change, says }) => {
    await begun(change);
    await otherBaseline();
    const refused = await run(args);
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain(says);
    expect(refused.code).toBe(3);
    expect(changed()).toEqual([]);
  });
});

/** The calls of a whole fix, counted from 1, and which of them change something. */
async function callsOfFix(): Promise<{ all: number[]; changing: number[] }> {
  await run(['fix', ...groups, '--yes', '--journal', 'whole.jsonl']);
  const { calls } = emulator.log;
  const all = calls.map((_, index) => index + 1);
  const changing = all.filter(n => calls[n - 1]?.mutating === true);
  await run(['undo', 'whole.jsonl', '--yes']);
  emulator.log.clear();
  return { all, changing };
}

/** Every call with SECURECART_DEEP, else the first, the last and one in the middle of those that change something. */
const chosenOf = ({ all, changing }: Awaited<ReturnType<typeof callsOfFix>>): number[] =>
  process.env.SECURECART_DEEP === '1'
    ? all
    : [0, Math.floor(changing.length / 2), changing.length - 1].flatMap(index => changing[index] ?? []);

test('a process that is killed after any call is finished by another', async () => {
  for (const afterCalls of chosenOf(await callsOfFix())) {
    const journal = `${afterCalls}.jsonl`;
    const interrupt = { signal: 'SIGKILL' as const, afterCalls };
    expect(await run(['fix', ...groups, '--yes', '--journal', journal], { interrupt })).toMatchObject({
      signal: 'SIGKILL',
    });
    emulator.faults.clear();
    // Killed before there was a journal, it has done nothing.
    if (existsSync(join(cwd, journal))) {
      const resumed = await run(['fix', '--resume', journal, '--yes']);
      expect(resumed.code, `resumed after call ${afterCalls}: ${resumed.stderr}`).toBe(0);
      expect((await run(['audit', ...groups])).code).toBe(0);
      const undone = await run(['undo', journal, '--yes']);
      expect(undone.code, `undone after call ${afterCalls}: ${undone.stderr}`).toBe(0);
    }
    expect(await canonicalState(aws), `after call ${afterCalls}`).toEqual(prior);
  }
}, 3_600_000);

test('an interruption lets the call under way finish, and begins no other', async () => {
  const [first = 0] = (await callsOfFix()).changing;
  const interrupt = { signal: 'SIGINT' as const, afterCalls: first };
  const stopped = await run(['fix', ...groups, '--yes', '--journal', 'j.jsonl'], { interrupt });
  expect(stopped.code).toBe(130);
  const journal = await readFile(join(cwd, 'j.jsonl'), 'utf8');
  const kinds = journal
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line).event.kind);
  expect(kinds.filter(kind => kind === 'done')).toHaveLength(kinds.filter(kind => kind === 'intent').length);
  expect(kinds.at(-1)).toBe('end');
  emulator.faults.clear();
  expect(await run(['undo', 'j.jsonl', '--yes'])).toMatchObject({ code: 0 });
  expect(await canonicalState(aws)).toEqual(prior);
});
