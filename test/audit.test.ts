import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Report } from '../src/model/report.ts';
import { buildCompliantAccount } from './emulator/accounts/compliant-account.ts';
import { clientsFor } from './emulator/clients.ts';
import { type Emulator, startEmulator } from './emulator/emulator.ts';
import { program, runCli } from './emulator/run-cli.ts';

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
  await buildCompliantAccount(clientsFor(emulator));
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  emulator.faults.clear();
  emulator.log.clear();
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  return () => rm(folder, { recursive: true });
});

test('an account that meets the baseline passes, by calls that only read, none made twice', async () => {
  const { code, stdout } = await runCli(emulator, ['audit', '--format', 'json']);
  const report = Report.parse(JSON.parse(stdout));
  expect(report.findings.filter(({ status }) => status === 'fail' || status === 'unknown')).toEqual([]);
  expect(code).toBe(0);
  expect(emulator.log.mutating()).toEqual([]);
  expect(emulator.log.repeated()).toEqual([]);
  expect(report.coverage.calls).toEqual({ made: emulator.log.calls.length, throttled: 0 });
});

describe('interrupted', () => {
  test.each([1, 2, 3])('after %i calls, it says nothing, and the old report stays', async afterCalls => {
    const file = join(folder, 'report.json');
    await writeFile(file, 'old');
    const options = { interrupt: { signal: 'SIGINT', afterCalls } } as const;
    const ended = await runCli(emulator, ['audit', '--format', `json=${file}`, '--format', 'table'], options);
    expect(ended).toEqual({ code: 130, signal: null, stdout: '', stderr: '' });
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['report.json']);
  });

  test('although AWS does not answer', async () => {
    emulator.faults.add({ call: 'ec2:*', effect: { kind: 'delay', milliseconds: 600_000 } });
    const options = { interrupt: { signal: 'SIGINT', afterCalls: 1 } } as const;
    const ended = await runCli(emulator, ['audit'], options);
    expect(ended).toEqual({ code: 130, signal: null, stdout: '', stderr: '' });
  });
});

test('a reader that goes away, such as head, is no error', async () => {
  const child = spawn(process.execPath, [program, 'controls', '--format', 'json'], { cwd: folder });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  await once(child, 'close');
  expect({ code: child.exitCode, stderr }).toEqual({ code: 0, stderr: '' });
});

test('without credentials nothing can be said, and the exit code is not that of a finding', async () => {
  const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  const { code, stdout, stderr } = await runCli(emulator, ['audit'], { env: none });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error: AWS does not accept the credentials, or there are none\./);
});

test('a report that cannot be written is an error, and the account is not asked for it', async () => {
  const { code, stderr } = await runCli(emulator, ['audit', '--output', join(folder, 'no', 'report.txt')]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: The file cannot be written/);
  expect(emulator.log.calls).toEqual([]);
});

test('--debug names each call, and holds no key', async () => {
  const { stderr } = await runCli(emulator, ['audit', '--debug']);
  const lines = stderr.split('\n').filter(line => line !== '');
  expect(lines).toHaveLength(emulator.log.calls.length);
  expect(stderr).toMatch(/^sts:GetCallerIdentity eu-west-1 200 \d+ ms$/m);
  expect(stderr).not.toContain(emulator.env.AWS_ACCESS_KEY_ID);
});
