import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { fix, sessionWith, undo } from './live.ts';
import { look, planToBuild, stateOf } from './provisioned.ts';
import { chosenOf, effects, spoiledAt } from './spoiled.ts';

let emulator: Emulator;
let account: LiveAccount;
let folder: string;
let before: Snapshot;
let plan: Plan;
beforeAll(async () => {
  emulator = await startEmulator();
  account = awsAccount(sessionWith(emulator, 1));
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  before = await look();
  plan = planToBuild(before);
});
afterAll(() => emulator.stop());

const names = Object.keys(effects);
const isDeep = process.env.SECURECART_DEEP === '1';

test.each(Object.entries(effects))(
  'an apply of which any call is %s ends truly, and undo leaves the account as it was found',
  async (name, { effect, ends }) => {
    const changes = changesOf(plan);
    // Each change meets one of the effects, and all of them with SECURECART_DEEP.
    const own = chosenOf(changes).filter((_, index) => isDeep || names[index % names.length] === name);
    expect(own.length).toBeGreaterThan(0);
    for (const n of own) {
      const path = join(folder, `${name} ${n}`);
      const run = await fix(plan, path, spoiledAt(n, effect, account, emulator), { parallel: 1 });
      emulator.faults.clear();
      const [change] = changes.slice(n - 1);
      const said = `${change?.id} ${name}`;
      const ending = change && ends(change);
      expect(
        run.failures.map(({ kind }) => kind),
        said,
      ).toEqual(ending === 'done' ? [] : [ending]);
      expect(
        run.failures.map(({ detail }) => detail.split(':')[1]),
        said,
      ).toEqual(ending === 'done' ? [] : [change?.call.operation]);
      expect(await undo(path, account), said).toEqual({ failures: [], interrupted: false });
      expect(stateOf(await look()), said).toEqual(stateOf(before));
    }
  },
  7_200_000,
);
