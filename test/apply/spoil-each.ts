import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { sessionWith, undo } from './live.ts';
import { carrySpoiled, chosenFor, effects, type Spoil, type Spoiling } from './spoiled.ts';

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
  for (const chosen of spoils) {
    const path = join(folder, `${chosen.n}`);
    const { part, spoil } = around(plan, chosen);
    await carrySpoiled(part, path, spoil, account, emulator);
    expect(await undo(path, account), `undone after call ${chosen.n}`).toEqual(whole);
    expect(await state(), `undone after call ${chosen.n}`).toEqual(prior);
  }
}

/**
 * What of a plan a spoiled change rests on, and one change that rests on it; the whole plan with SECURECART_DEEP. The rest
 * tells no more of how the run ends.
 */
function around(plan: Plan, { n, spoiling }: Spoil): { part: Plan; spoil: Spoil } {
  if (process.env.SECURECART_DEEP === '1') return { part: plan, spoil: { n, spoiling } };
  const changes = changesOf(plan);
  const [spoiled] = changes.slice(n - 1);
  const kept = new Set(spoiled && [spoiled]);
  // A set is walked to its end, with what is added on the way.
  for (const { dependsOn } of kept)
    for (const change of changes) if (dependsOn.includes(change.id)) kept.add(change);
  const ids = new Set([...kept].map(({ id }) => id));
  const next = changes.find(
    ({ id, dependsOn }) =>
      !ids.has(id) && dependsOn.includes(spoiled?.id ?? '') && dependsOn.every(other => ids.has(other)),
  );
  if (next !== undefined) kept.add(next);
  const mends = plan.mends
    .map(mend => ({ ...mend, changes: mend.changes.filter(change => kept.has(change)) }))
    .filter(mend => mend.changes.length > 0);
  const part = { ...plan, mends };
  return { part, spoil: { n: changesOf(part).findIndex(({ id }) => id === spoiled?.id) + 1, spoiling } };
}
