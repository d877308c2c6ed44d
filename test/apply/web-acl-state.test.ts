import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { planningNeeds } from '../../src/plan/make-plan.ts';
import { states } from '../emulator/accounts/states/states.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { fix, sessionWith, undo } from './live.ts';
import { findingsOf, planFor } from './planned.ts';
import { stateOfWaf } from './waf-account.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

const controls = catalogue.filter(({ id }) => id.startsWith('waf/'));
const facts = [...controls.flatMap(({ needs }) => needs), ...planningNeeds(controls.map(({ id }) => id))];
const lookAt = () => take({ facts }, { pacing: (_turn, run) => run() });

/** What stays behind the rule that lets partners in, before which no priority is free. */
const LEFT = ['waf/cross-site-scripting', 'waf/rate-limit', 'waf/sql-injection'];

test('the state counting-waf is mended but for what is left alone with a reason, needs no second fix, and comes back by undo', async () => {
  const account = awsAccount(sessionWith(emulator));
  await states['counting-waf'].build(clientsFor(emulator));
  const path = join(await mkdtemp(join(tmpdir(), 'securecart-')), 'journal');
  const prior = await stateOfWaf();
  const planNow = async () => planFor(await lookAt(), {}, ({ control }) => control.startsWith('waf/'));
  const whole = { failures: [], interrupted: false };
  expect(await fix(await planNow(), path, account)).toEqual(whole);
  const failing = findingsOf(await lookAt()).filter(
    ({ control, status }) => control.startsWith('waf/') && (status === 'fail' || status === 'unknown'),
  );
  expect([...new Set(failing.map(({ control }) => control))].sort()).toEqual(LEFT);
  const again = await planNow();
  expect(again.mends).toEqual([]);
  const told = again.leftAlone.flatMap(({ detail, for: causes }) =>
    causes.map(({ control }) => ({
      control,
      hole: detail.includes('4 AllowPartners allows requests first'),
    })),
  );
  expect([...new Set(told.map(({ control }) => control))].sort()).toEqual(LEFT);
  expect(told.filter(({ hole }) => !hole)).toEqual([]);
  expect(await undo(path, account)).toEqual(whole);
  expect(await stateOfWaf()).toBe(prior);
});
