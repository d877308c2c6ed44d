import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import '../emulator/loopback-only.mjs';
import { main } from '../../src/cli/main.ts';
import { fakeWorld } from '../builders/world.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { sessionWith } from './live.ts';

let emulator: Emulator;
let cwd: string;
beforeAll(async () => {
  emulator = await startEmulator();
  sessionWith(emulator);
  cwd = await mkdtemp(join(tmpdir(), 'securecart-'));
});
afterAll(() => emulator.stop());

async function run(...argv: string[]): Promise<string> {
  const { world, stdout, stderr } = fakeWorld({ cwd, env: { XDG_STATE_HOME: cwd } });
  const code = await main(argv, world);
  if (code > 1) throw new Error(`${argv.join(' ')} ended with ${code}: ${stderr()}`);
  return stdout();
}

const Policy = z.object({
  Statement: z.array(z.looseObject({ Sid: z.string(), Action: z.array(z.string()) })),
});

const policyOf = async (...argv: string[]) =>
  Policy.parse(JSON.parse(await run('policy', 'apply', ...argv))).Statement;

test('the policy for building from nothing is that of the plan for an account that has nothing', async () => {
  await run('apply', '--plan-only', '-o', 'plan.json');
  expect(await policyOf('--region', 'eu-west-1')).toEqual(await policyOf('--plan', 'plan.json'));
  const [look, apply] = await policyOf();
  expect(apply).not.toHaveProperty('Condition');
  expect(look?.Action.filter(action => !/:(Describe|Get|List)/.test(action))).toEqual([]);
});

test('the policy allows each call by which the network is built and taken back', async () => {
  const allowed = new Set((await policyOf()).flatMap(({ Action }) => Action));
  emulator.log.clear();
  await run('apply', '--plan', 'plan.json', '--yes', '--journal', 'apply.jsonl');
  await run('undo', 'apply.jsonl', '--yes');
  const calls = new Set(emulator.log.calls.map(({ name }) => name).filter(name => name.startsWith('ec2:')));
  expect([...calls].filter(call => !allowed.has(call))).toEqual([]);
  expect(calls).toContain('ec2:DeleteVpc');
}, 120_000);
