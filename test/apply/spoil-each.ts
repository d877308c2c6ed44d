import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { fix, sessionWith, undo } from './live.ts';
import { chosenOf, type effects, spoiledAt } from './spoiled.ts';

/** How a run ends that ends well. */
export const whole = { failures: [], interrupted: false };

/**
 * Carries a plan out once for each of its chosen calls, which meets the effect and is tried once, and holds each run to
 * its end, and the account to what `state` said before once the run is taken back.
 */
export async function spoilEach(
  emulator: Emulator,
  plan: Plan,
  { effect, ends }: (typeof effects)[string],
  state: () => Promise<unknown>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  const prior = await state();
  const account = awsAccount(sessionWith(emulator));
  const once = awsAccount(sessionWith(emulator, 1));
  const changes = changesOf(plan);
  for (const n of chosenOf(changes)) {
    const [change] = changes.slice(n - 1);
    const ending = change && ends(change);
    const path = join(folder, `${n}`);
    const run = await fix(plan, path, spoiledAt(n, effect, once, emulator), { parallel: 1 });
    emulator.faults.clear();
    expect(
      run.failures.map(({ kind }) => kind),
      `call ${n}`,
    ).toEqual(ending === 'done' ? [] : [ending]);
    expect(await undo(path, account), `undone after call ${n}`).toEqual(whole);
    expect(await state(), `undone after call ${n}`).toEqual(prior);
  }
}
