import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import type { Emulated } from './emulated.ts';
import { askedBy, fix, Killed, killedAt, moments, resume, undo } from './live.ts';
import { whole } from './spoil-each.ts';

/** What a run is held to, whenever it was killed. */
export interface Held {
  /** What the account must say again once a run is taken back. */
  readonly state: () => Promise<unknown>;
  /** What it must say of a run that was resumed as of one that nobody killed. */
  readonly finished: () => Promise<unknown>;
}

/**
 * Carries a plan out once for each moment that is tried, and kills the run then, `before` AWS has the call or `after` it
 * has carried it out. Every other run is resumed, and each is taken back.
 */
export async function killEach(
  { account, file }: Emulated,
  plan: Plan,
  when: 'before' | 'after',
  { state, finished }: Held,
): Promise<void> {
  const prior = await state();
  const asked = await askedBy(account, async counted => {
    expect(await fix(plan, file('whole'), counted)).toEqual(whole);
  });
  const mended = await finished();
  await undo(file('whole'), account);
  for (const [index, moment] of moments(asked).entries()) {
    const path = file(`${index}`);
    const mortal = killedAt(moment, when, account);
    await expect(fix(plan, path, mortal), `at ${moment}`).rejects.toThrow(Killed);
    await mortal.settled();
    if (!existsSync(path)) continue;
    if (index % 2 === 0) {
      expect(await resume(path, account), `resumed after ${moment}`).toEqual(whole);
      expect(await finished(), `resumed after ${moment}`).toEqual(mended);
    }
    expect(await undo(path, account), `undone after ${moment}`).toEqual(whole);
    expect(await state(), `undone after ${moment}`).toEqual(prior);
  }
}
