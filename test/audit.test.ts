import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Report } from '../src/model/report.ts';
import { buildCompliantEncryption } from './emulator/accounts/compliant-encryption.ts';
import { buildCompliantNetwork } from './emulator/accounts/compliant-network.ts';
import { buildCompliantProtection } from './emulator/accounts/compliant-protection.ts';
import { clientsFor } from './emulator/clients.ts';
import { type Emulator, startEmulator } from './emulator/emulator.ts';
import { program, runCli } from './emulator/run-cli.ts';

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
  const clients = clientsFor(emulator);
  const network = await buildCompliantNetwork(clients);
  await buildCompliantEncryption(clients, network);
  await buildCompliantProtection(clients, network);
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  emulator.faults.clear();
  emulator.log.clear();
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  return () => rm(folder, { recursive: true });
});

/** Audits the emulator's account in a process of its own; what it says on standard output, and its exit code. */
async function audit(...options: string[]): Promise<{ report: Report; code: number | null }> {
  const { code, stdout } = await runCli(emulator, ['audit', '--format', 'json', ...options]);
  return { report: Report.parse(JSON.parse(stdout)), code };
}

/** What passes; not by id, since that changes where the account is not known. */
const passing = ({ findings }: Report) =>
  new Set(
    findings
      .filter(({ status }) => status === 'pass')
      .map(({ control, region, resource, key }) => [control, region, resource.id, key].join(' ')),
  );

test('an account that meets the baseline passes, by calls that only read, none made twice', async () => {
  const { report, code } = await audit();
  expect(report.findings.filter(({ status }) => status === 'fail' || status === 'unknown')).toEqual([]);
  expect(code).toBe(0);
  expect(emulator.log.mutating()).toEqual([]);
  expect(emulator.log.repeated()).toEqual([]);
  expect(report.coverage.calls).toEqual({ made: emulator.log.calls.length, throttled: 0 });
});

test('an audit needs no permission that policy audit does not print', async () => {
  await audit('--region', 'all');
  const used = new Set(emulator.log.calls.map(({ action }) => action));
  const { stdout } = await runCli(emulator, ['policy', 'audit']);
  const { Statement } = z
    .object({ Statement: z.array(z.object({ Action: z.array(z.string()) })) })
    .parse(JSON.parse(stdout));
  const allowed = Statement.flatMap(({ Action }) => Action);
  // AWS allows GetCallerIdentity to everybody.
  expect([...used].filter(action => !allowed.includes(action))).toEqual(['sts:GetCallerIdentity']);
  // Each of these goes with another, or is for what this account has not.
  expect(allowed.filter(action => !used.has(action))).toEqual([
    'elasticloadbalancing:DescribeWebACLAssociation',
    'elasticloadbalancing:GetLoadBalancerWebACL',
    'wafv2:GetRuleGroup',
    'wafv2:ListResourcesForWebACL',
  ]);
});

test('whichever read is denied, a finding names it and its permission; and nothing passes that did not', async () => {
  const whole = await audit();
  // The first call of each action: where it is denied, none comes after it.
  const calls = new Map(emulator.log.calls.toReversed().map(({ name, action }) => [action, name]));
  expect(calls.size).toBeGreaterThan(10);
  for (const [action, call] of calls) {
    emulator.faults.clear();
    emulator.faults.denyAction(action);
    const { report, code } = await audit();
    const reasons = [
      ...report.findings.flatMap(({ reason }) => reason ?? []),
      ...(report.account.kind === 'unknown' ? [report.account.reason] : []),
    ];
    // To IAM, HTTP APIs and REST APIs are one service.
    const named = { call: call.replace('apigatewayv2:', 'apigateway:'), action };
    expect(reasons, call).toContainEqual(expect.objectContaining({ kind: 'denied', ...named }));
    expect([1, 3], call).toContain(code);
    const before = passing(whole.report);
    expect([...passing(report)].filter(finding => !before.has(finding))).toEqual([]);
  }
}, 300_000);

test('where the Regions cannot be listed, what they hold is unknown', async () => {
  emulator.faults.denyAction('ec2:DescribeRegions');
  const { report, code } = await audit('--region', 'all');
  const reasons = report.findings.flatMap(({ reason }) => reason ?? []);
  expect(reasons).toContainEqual(expect.objectContaining({ kind: 'denied', action: 'ec2:DescribeRegions' }));
  expect(report.regions).toEqual(['eu-west-1']);
  expect(code).toSatisfy((code: number) => code === 1 || code === 3);
});

test('a Region that the account has not enabled is named, and leaves nothing unknown', async () => {
  const { report } = await audit('--region', 'all');
  expect(report.coverage.skippedRegions.map(({ region }) => region)).toContain('ap-east-1');
  expect(report.findings.filter(({ status }) => status === 'unknown')).toEqual([]);
});

test('a snapshot is audited as the account is that it was taken of', async () => {
  const live = await audit();
  const file = join(folder, 'account.json');
  const { code } = await runCli(emulator, ['snapshot', '--output', file]);
  expect(code).toBe(0);
  emulator.log.clear();
  const stored = await audit('--snapshot', file);
  expect(stored.report.findings).toEqual(live.report.findings);
  expect(stored.code).toBe(live.code);
  expect(emulator.log.calls).toEqual([]);
  const again = await audit('--snapshot', file);
  expect(again.report).toEqual(stored.report);
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
