import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { main } from '../../src/cli/main.ts';
import { fakeWorld } from '../builders/world.ts';
import { states } from '../emulator/accounts/states/states.ts';
import { deleteDefaultVpc } from '../emulator/accounts/vpc.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { type Audited, audit, withStatus } from './auditing.ts';

const elsewhere = 'eu-west-3';

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
  await states['two-of-everything'].build(clientsFor(emulator));
  await deleteDefaultVpc(clientsFor(emulator, elsewhere));
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  for (const [name, value] of Object.entries(emulator.env)) vi.stubEnv(name, value);
  emulator.log.clear();
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  return async () => {
    emulator.faults.clear();
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  };
});

test.each([
  { which: 'one Region', options: [] },
  { which: 'two Regions', options: ['--region', 'eu-west-1', '--region', elsewhere] },
  { which: 'a Region that is named twice', options: ['--region', elsewhere, '--region', elsewhere] },
])('$which: nothing is changed, and no call is made twice', async ({ options }) => {
  const { report } = await audit(...options);
  expect(emulator.log.mutating()).toEqual([]);
  expect(emulator.log.repeated()).toEqual([]);
  expect(report.coverage.calls).toEqual({ made: emulator.log.calls.length, throttled: 0 });
});

test.each([
  { which: 'one Region', options: [] },
  { which: 'two Regions', options: ['--region', 'eu-west-1', '--region', elsewhere] },
])('$which: a snapshot is audited to the same bytes as the account', async ({ options }) => {
  const file = join(folder, 'account.json');
  expect(await main(['snapshot', '--output', file, ...options], fakeWorld().world)).toBe(0);
  const live = await audit(...options);
  expect(await audit('--snapshot', file)).toEqual(live);
});

test('what cannot be read is told in the same bytes from a snapshot', async () => {
  const file = join(folder, 'account.json');
  for (const action of ['ec2:GetManagedPrefixListEntries', 'rds:DescribeDBInstances']) {
    emulator.faults.denyAction(action);
  }
  await main(['snapshot', '--output', file], fakeWorld().world);
  const live = await audit();
  expect((await audit('--snapshot', file)).text).toBe(live.text);
  expect(live.report.summary.status.unknown).toBeGreaterThan(0);
});

test('where the Regions cannot be listed, what they hold is unknown', async () => {
  emulator.faults.denyAction('ec2:DescribeRegions');
  const { report, code } = await audit('--region', 'all');
  const reasons = report.findings.flatMap(({ reason }) => reason ?? []);
  expect(reasons).toContainEqual(expect.objectContaining({ kind: 'denied', action: 'ec2:DescribeRegions' }));
  expect(report.regions).toEqual(['eu-west-1']);
  expect(code).toSatisfy((code: number) => code === 1 || code === 3);
});

describe('all Regions', () => {
  let all: Audited;
  let calls: Emulator['log']['calls'];

  // Once: they are many.
  beforeAll(async () => {
    for (const [name, value] of Object.entries(emulator.env)) vi.stubEnv(name, value);
    emulator.log.clear();
    all = await audit('--region', 'all');
    calls = [...emulator.log.calls];
    expect(emulator.log.mutating()).toEqual([]);
    expect(emulator.log.repeated()).toEqual([]);
  });

  test('a Region that the account has not enabled is named, and leaves nothing unknown', () => {
    const { report } = all;
    expect(report.coverage.skippedRegions.map(({ region }) => region)).toContain('ap-east-1');
    expect(report.findings.filter(({ status }) => status === 'unknown')).toEqual([]);
  });

  test('an audit needs no permission that policy audit does not print', async () => {
    const used = new Set(calls.map(({ action }) => action));
    const { world, stdout } = fakeWorld();
    expect(await main(['policy', 'audit'], world)).toBe(0);
    const { Statement } = z
      .object({ Statement: z.array(z.object({ Action: z.array(z.string()) })) })
      .parse(JSON.parse(stdout()));
    const allowed = Statement.flatMap(({ Action }) => Action);
    // AWS allows GetCallerIdentity to everybody.
    expect([...used].filter(action => !allowed.includes(action))).toEqual(['sts:GetCallerIdentity']);
    // Each of these goes with another, or is for what this account has not.
    expect(allowed.filter(action => !used.has(action))).toEqual([
      'elasticloadbalancing:DescribeWebACLAssociation',
      'elasticloadbalancing:GetLoadBalancerWebACL',
      'iam:GetAccessKeyLastUsed',
      'iam:ListAccessKeys',
      'wafv2:GetRuleGroup',
      'wafv2:ListResourcesForWebACL',
    ]);
  });
});

test('where two VPCs could be meant, the one that is named is judged', async () => {
  const open = await audit('--control', 'vpc/present', '--control', 'vpc/tiers');
  const meant = open.report.findings.flatMap(({ control, resource }) =>
    control === 'vpc/present' && resource.name === 'securecart' ? resource.id : [],
  );
  expect(withStatus(open.report, 'pass')).toEqual(new Set());
  const named = await audit('--vpc', meant.join(), '--control', 'vpc/present', '--control', 'vpc/tiers');
  expect(named.code).toBe(0);
  expect(withStatus(named.report, 'pass').size).toBeGreaterThan(1);
});

test('a Region without the VPC is no failure while another has it', async () => {
  const report = async (...regions: string[]) => {
    const options = regions.flatMap(region => ['--region', region]);
    return (await audit('--control', 'vpc/present', ...options)).report;
  };
  expect(withStatus(await report(elsewhere), 'fail').size).toBe(1);
  expect(withStatus(await report(elsewhere, 'eu-west-1'), 'fail')).toEqual(
    withStatus(await report('eu-west-1'), 'fail'),
  );
});
