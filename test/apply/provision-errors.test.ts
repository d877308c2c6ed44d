import { afterAll, beforeAll, test } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { sessionWith } from './live.ts';
import { look, planToBuild, stateOf } from './provisioned.ts';
import { spoilEach } from './spoil-each.ts';
import { effects } from './spoiled.ts';

let emulator: Emulator;
let plan: Plan;
beforeAll(async () => {
  emulator = await startEmulator();
  sessionWith(emulator);
  plan = planToBuild(await look());
});
afterAll(() => emulator.stop());

test.each(Object.entries(effects))(
  'an apply of which any call is %s ends truly, says so, and undo leaves the account as it was found',
  (_, effect) => spoilEach(emulator, plan, effect, async () => stateOf(await look())),
  7_200_000,
);
