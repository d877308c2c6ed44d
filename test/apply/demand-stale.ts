import { expect } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import type { Emulated } from './emulated.ts';
import { fix } from './live.ts';

/** Holds a run to touching nothing where somebody changed what its plan is for. */
export async function demandStale(
  { emulator, account, file }: Emulated,
  plan: Plan,
  says: RegExp,
): Promise<void> {
  emulator.log.clear();
  await expect(fix(plan, file('stale'), account)).rejects.toMatchObject({
    code: 'plan-stale',
    detail: expect.stringMatching(says),
  });
  expect(emulator.log.mutating()).toEqual([]);
}
