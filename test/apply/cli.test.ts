import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { type RunOptions, runCli } from '../emulator/run-cli.ts';
import { buildDriftedGroups, canonicalState } from './accounts.ts';

let emulator: Emulator;
let aws: Clients;
let cwd: string;
let prior: string[];
// One account for all, since each test takes back what it did.
beforeAll(async () => {
  emulator = await startEmulator();
  aws = clientsFor(emulator);
  await buildDriftedGroups(aws);
  prior = await canonicalState(aws);
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  emulator.faults.clear();
  emulator.log.clear();
  cwd = await mkdtemp(join(tmpdir(), 'securecart-'));
});

const groups = ['--control', 'security-group/*'];
const run = (args: string[], options: RunOptions = {}) => runCli(emulator, args, { cwd, ...options });

/** The calls that change something; the questions for a permission are none. */
const changed = (): string[] => emulator.log.mutating();

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

let counted: Promise<{ all: number[]; changing: number[] }> | undefined;

/** The calls of a whole fix, counted from 1, and which of them change something. */
const callsOfFix = () => {
  counted ??= countCalls();
  return counted;
};

async function countCalls(): Promise<{ all: number[]; changing: number[] }> {
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

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s lets the call under way finish, and begins no other',
  async signal => {
    const [first = 0] = (await callsOfFix()).changing;
    const interrupt = { signal, afterCalls: first };
    const stopped = await run(['fix', ...groups, '--yes', '--journal', 'j.jsonl'], { interrupt });
    expect(stopped.code).toBe(130);
    const journal = await readFile(join(cwd, 'j.jsonl'), 'utf8');
    const kinds = journal
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line).event.kind);
    expect(kinds.filter(kind => kind === 'done')).toHaveLength(
      kinds.filter(kind => kind === 'intent').length,
    );
    expect(kinds.at(-1)).toBe('end');
    emulator.faults.clear();
    expect(await run(['undo', 'j.jsonl', '--yes'])).toMatchObject({ code: 0 });
    expect(await canonicalState(aws)).toEqual(prior);
  },
);
