import { expect } from 'vitest';
import { carryOut } from '../../src/apply/carry-out.ts';
import { createJournal } from '../../src/apply/journal.ts';
import { beginProgress } from '../../src/apply/progress.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Emulated } from './emulated.ts';
import { engineOf, fix, now } from './live.ts';

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
    suggestion: `Make a new plan: securecart ${plan.kind}`,
  });
  expect(emulator.log.mutating()).toEqual([]);
}

/** Holds to the same what somebody changes only once the run has looked: its one call is not made. */
export async function demandMoved(on: Emulated, plan: Plan, says: RegExp): Promise<void> {
  await demandStale(on, plan, says);
  const journal = await createJournal(on.file('moved'), now);
  const progress = beginProgress(plan, '00000000-0000-4000-8000-000000000000');
  const { failures } = await carryOut(progress, engineOf(on.account, journal));
  await journal.close();
  expect(failures).toMatchObject([{ kind: 'moved', detail: expect.stringMatching(says) }]);
  expect(on.emulator.log.mutating()).toEqual([]);
}
