import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Plan } from '../../src/model/plan.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { buildDriftedAcls, buildDriftedGroups, canonicalState } from './accounts.ts';
import { askedBy, fix, Killed, killedAt, moments, resume, sessionWith, undo } from './live.ts';
import { findingsOf, planFor } from './planned.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

/** What the account has drifted in, whatever else may be said of it. */
const MENDED = /^(security-group|network-acl)\/|public-ip/;

/** How a run ends that ends well. */
const whole = { failures: [], interrupted: false };

describe.each([
  { name: 'security groups', build: buildDriftedGroups },
  { name: 'network ACLs and subnets', build: buildDriftedAcls },
])('a fix of $name', ({ build }) => {
  let account: LiveAccount;
  let plan: Plan;
  let folder: string;
  let asked: string[];
  let prior: string[];
  let mended: string[];
  let remaining: Finding[];
  const state = () => canonicalState(clientsFor(emulator));

  beforeAll(async () => {
    await emulator.reset();
    await build(clientsFor(emulator));
    account = awsAccount(sessionWith(emulator));
    folder = await mkdtemp(join(tmpdir(), 'securecart-'));
    plan = planFor(await take(), {}, finding => MENDED.test(finding.control));
    prior = await state();
    asked = await askedBy(account, counted => fix(plan, join(folder, 'whole'), counted));
    mended = await state();
    remaining = findingsOf(await take())
      .filter(({ status }) => status === 'fail' || status === 'unknown')
      .filter(({ control }) => MENDED.test(control));
    await undo(join(folder, 'whole'), account);
  });

  test('mends everything, and undo restores what was there', async () => {
    expect(plan.leftAlone).toEqual([]);
    expect(remaining).toEqual([]);
    expect(mended).not.toEqual(prior);
    expect(await state()).toEqual(prior);
  });

  test.each(['before', 'after'] as const)(
    'that is killed %s any call is finished by resume, and taken back by undo',
    async when => {
      for (const [index, moment] of moments(asked).entries()) {
        const path = join(folder, `${when}-${index}`);
        const mortal = killedAt(moment, when, account);
        await expect(fix(plan, path, mortal), `at ${moment}`).rejects.toThrow(Killed);
        await mortal.settled();
        // Killed before there was a journal, it has done nothing.
        if (existsSync(path)) {
          if (index % 2 === (when === 'before' ? 0 : 1)) {
            expect(await resume(path, account), `resumed after ${moment}`).toEqual(whole);
            expect(await state(), `resumed after ${moment}`).toEqual(mended);
          }
          expect(await undo(path, account), `undone after ${moment}`).toEqual(whole);
        }
        expect(await state(), `undone after ${moment}`).toEqual(prior);
      }
    },
    600_000,
  );
});
