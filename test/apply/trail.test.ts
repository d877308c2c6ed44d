import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { changesOf } from '../../src/model/plan.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { fix, sessionWith, undo } from './live.ts';
import { look, planToBuild, shortcomings, stateOf } from './provisioned.ts';

let emulator: Emulator;
let account: LiveAccount;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  account = awsAccount(sessionWith(emulator));
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
});
afterAll(() => emulator.stop());

const whole = { failures: [], interrupted: false };

test('try', async () => {
  clientsFor(emulator);
  const before = await look();
  const plan = planToBuild(before, shippedBaseline);
  expect(await fix(plan, join(folder, 'a'), account)).toEqual(whole);
  const after = await look();
  expect(shortcomings(after)).toEqual([]);
  expect(changesOf(planToBuild(after)).map(({ title }) => title)).toEqual([]);
  expect(await undo(join(folder, 'a'), account)).toEqual(whole);
  expect(stateOf(await look())).toEqual(stateOf(before));
}, 300_000);
