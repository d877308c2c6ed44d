import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { sessionWith, undo } from './live.ts';
import { carrySpoiled, chosenFor, effects, type Spoiling } from './spoiled.ts';

/** How a run ends that ends well. */
export const whole = { failures: [], interrupted: false };

/**
 * Carries a plan out once for each of the calls that are to meet the effect, holds each run to its end, and the account to
 * what `state` said before once the run is taken back.
 */
export async function spoilEach(
  emulator: Emulator,
  plan: Plan,
  spoiling: Spoiling,
  state: () => Promise<unknown>,
  among: Record<string, Spoiling> = effects,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  const prior = await state();
  const account = awsAccount(sessionWith(emulator, 1));
  const spoils = chosenFor(changesOf(plan), spoiling, among);
  expect(spoils).not.toEqual([]);
  for (const spoil of spoils) {
    const path = join(folder, `${spoil.n}`);
    await carrySpoiled(upTo(plan, spoil.n + 3), path, spoil, account, emulator);
    expect(await undo(path, account), `undone after call ${spoil.n}`).toEqual(whole);
    expect(await state(), `undone after call ${spoil.n}`).toEqual(prior);
  }
}

/** What of a plan its first changes are; the whole of it with SECURECART_DEEP. What comes long after a spoiled call tells no more of it. */
function upTo(plan: Plan, count: number): Plan {
  if (process.env.SECURECART_DEEP === '1') return plan;
  const kept = new Set(changesOf(plan).slice(0, count));
  const mends = plan.mends
    .map(mend => ({ ...mend, changes: mend.changes.filter(change => kept.has(change)) }))
    .filter(({ changes }) => changes.length > 0);
  return { ...plan, mends };
}
