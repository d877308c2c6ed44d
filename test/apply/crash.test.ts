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
import { countAsked, fix, Killed, killedAt, resume, sessionWith, undo } from './live.ts';
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

/** Every index with SECURECART_DEEP, else a few that are spread. */
const sampled = (count: number): number[] => {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return process.env.SECURECART_DEEP === '1' ? all : all.filter(index => index % 7 === 3);
};

describe.each([
  { name: 'security groups', build: buildDriftedGroups },
  { name: 'network ACLs and subnets', build: buildDriftedAcls },
])('a fix of $name', ({ build }) => {
  let account: LiveAccount;
  let plan: Plan;
  let folder: string;
  let asked: number;
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
    asked = await countAsked(account, counted => fix(plan, join(folder, 'whole'), counted));
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
      for (const n of sampled(asked)) {
        const path = join(folder, `${when}-${n}`);
        const mortal = killedAt(n, when, account);
        await expect(fix(plan, path, mortal), `call ${n}`).rejects.toThrow(Killed);
        await mortal.settled();
        // Killed before there was a journal, it has done nothing.
        if (existsSync(path)) {
          if (n % 2 === 0) {
            expect(await resume(path, account), `resumed after call ${n}`).toEqual(whole);
            expect(await state(), `resumed after call ${n}`).toEqual(mended);
          }
          expect(await undo(path, account), `undone after call ${n}`).toEqual(whole);
        }
        expect(await state(), `undone after call ${n}`).toEqual(prior);
      }
    },
    600_000,
  );
});
