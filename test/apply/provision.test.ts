import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { changesOf } from '../../src/model/plan.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { fix, Killed, killedAt, resume, sessionWith, undo } from './live.ts';
import { planToBuild, shortcomings, stateOf } from './provisioned.ts';

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

describe('an account that has nothing of the baseline', () => {
  beforeEach(() => emulator.reset());

  test('gets all of its network, audits clean, needs nothing more, and is left as it was by undo', async () => {
    const before = await take();
    const plan = planToBuild(before);
    expect(plan.adopted).toEqual([]);
    expect(await fix(plan, join(folder, 'empty'), account)).toEqual(whole);
    const after = await take();
    expect(shortcomings(after)).toEqual(
      shortcomings(before).filter(text => text.startsWith('vpc/flow-logs')),
    );
    expect(changesOf(planToBuild(after))).toEqual([]);
    expect(await undo(join(folder, 'empty'), account)).toEqual(whole);
    expect(stateOf(await take())).toEqual(stateOf(before));
  });
});
