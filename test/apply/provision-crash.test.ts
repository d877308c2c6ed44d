import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { askedBy, fix, Killed, killedAt, moments, resume, sessionWith, undo } from './live.ts';
import { look, planToBuild, shortcomings, stateOf } from './provisioned.ts';

/** How a run ends that ends well. */
const whole = { failures: [], interrupted: false };

const isDeep = process.env.SECURECART_DEEP === '1';

/** With a call of each kind, and no more of the costly ones: each interface endpoint is killed like the others. */
const { network } = shippedBaseline;
const { gateway, interface: interfaces } = network.endpoints;
const baseline: Baseline = {
  ...shippedBaseline,
  network: {
    ...network,
    egress: 'nat',
    endpoints: { gateway, interface: isDeep ? interfaces : interfaces.slice(0, 1) },
  },
};

let emulator: Emulator;
let account: LiveAccount;
let folder: string;
let before: Snapshot;
let plan: Plan;
/** What a run that nobody kills asks the account, and what is left to people after it. */
let asked: string[];
let built: string[];
beforeAll(async () => {
  emulator = await startEmulator();
  account = awsAccount(sessionWith(emulator));
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  before = await look();
  plan = planToBuild(before, baseline);
  const path = join(folder, 'whole');
  asked = await askedBy(account, async counted => {
    expect(await fix(plan, path, counted)).toEqual(whole);
    built = shortcomings(await look(), baseline);
  });
  expect(await undo(path, account)).toEqual(whole);
});
afterAll(() => emulator.stop());

test.each([
  { when: 'before' as const, turn: 0 },
  { when: 'after' as const, turn: 2 },
])(
  'an apply that is killed $when any call is finished by resume or by a new plan, and taken back by undo',
  async ({ when, turn }) => {
    const all = moments(asked);
    // Every other kind of call is met by one of the two tests, and each by both with SECURECART_DEEP.
    const chosen = isDeep ? all : all.filter((_, index) => index % 4 === turn);
    for (const [index, moment] of chosen.entries()) {
      const path = join(folder, `${when} ${index}`);
      const mortal = killedAt(moment, when, account);
      await expect(fix(plan, path, mortal), `at ${moment}`).rejects.toThrow(Killed);
      await mortal.settled();
      if (!existsSync(path)) continue;
      if (index % 3 === 0) {
        expect(await resume(path, account), `resumed after ${moment}`).toEqual(whole);
        expect(shortcomings(await look(), baseline), `resumed after ${moment}`).toEqual(built);
      }
      if (index % 3 === 1) {
        const rest = planToBuild(await look(), baseline);
        expect(await fix(rest, `${path}.rest`, account), `completed after ${moment}`).toEqual(whole);
        expect(shortcomings(await look(), baseline), `completed after ${moment}`).toEqual(built);
        expect(await undo(`${path}.rest`, account), `rest undone after ${moment}`).toEqual(whole);
      }
      expect(await undo(path, account), `undone after ${moment}`).toEqual(whole);
      expect(stateOf(await look()), `undone after ${moment}`).toEqual(stateOf(before));
    }
  },
  7_200_000,
);
