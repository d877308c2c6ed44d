import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import type { Effect } from '../emulator/faults.ts';
import { take } from '../snapshot/taking.ts';
import { buildDriftedAcls, buildDriftedGroups, canonicalState } from './accounts.ts';
import { fix, sessionWith, undo } from './live.ts';
import { planFor } from './planned.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

const refusal = (code: string, status = 400): Effect => ({
  kind: 'error',
  error: { code, status, message: 'said the test' },
});

/** What may come of a mutating call, and how a run that meets it ends. */
const effects: Record<string, { effect: Effect; ends: 'done' | 'failed' | 'unknown' }> = {
  throttled: { effect: { kind: 'throttle' }, ends: 'failed' },
  denied: { effect: { kind: 'deny' }, ends: 'failed' },
  duplicate: { effect: refusal('InvalidPermission.Duplicate'), ends: 'failed' },
  'over the quota': { effect: refusal('RulesPerSecurityGroupLimitExceeded'), ends: 'failed' },
  'gone for good': { effect: refusal('InvalidGroup.InUse'), ends: 'failed' },
  'a fault of AWS': { effect: { kind: 'server-error' }, ends: 'unknown' },
  'cut before': { effect: { kind: 'cut', when: 'before' }, ends: 'unknown' },
  'cut after': { effect: { kind: 'cut', when: 'after' }, ends: 'done' },
};

/** Every call with SECURECART_DEEP, else the first, the last and one between. */
const sampled = (count: number): number[] => {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  if (process.env.SECURECART_DEEP === '1') return all;
  return [...new Set([1, Math.ceil(count / 2), count])];
};

/** The account, with an effect at the n-th call that changes something. */
function spoiled(account: LiveAccount, n: number, effect: Effect): LiveAccount {
  let sent = 0;
  return {
    ...account,
    send: (call, region) => {
      sent += 1;
      if (sent === n) emulator.faults.add({ call: `ec2:${call.operation}`, nth: 1, effect });
      return account.send(call, region);
    },
  };
}

describe.each([
  { name: 'security groups', build: buildDriftedGroups },
  { name: 'network ACLs', build: buildDriftedAcls },
])('a fix of $name', ({ build }) => {
  let account: LiveAccount;
  let plan: Plan;
  let folder: string;
  let prior: string[];

  beforeAll(async () => {
    await emulator.reset();
    await build(clientsFor(emulator));
    account = awsAccount(sessionWith(emulator, 1));
    folder = await mkdtemp(join(tmpdir(), 'securecart-'));
    plan = planFor(await take(), {}, ({ control }) => /^(security-group|network-acl)\//.test(control));
    prior = await canonicalState(clientsFor(emulator));
  });

  test.each(Object.entries(effects))(
    'that is %s at any call ends truly, and can be taken back',
    async (name, { effect, ends }) => {
      for (const n of sampled(changesOf(plan).length)) {
        const path = join(folder, `${name} ${n}`);
        // One at a time, so that the n-th call is the only one that can have failed.
        const run = await fix(plan, path, spoiled(account, n, effect), { parallel: 1 });
        emulator.faults.clear();
        expect(
          run.failures.map(({ kind }) => kind),
          `call ${n}`,
        ).toEqual(ends === 'done' ? [] : [ends]);
        expect(run.failures.filter(({ detail }) => !detail.includes('ec2:'))).toEqual([]);
        expect(await undo(path, account)).toEqual({ failures: [], interrupted: false });
        expect(await canonicalState(clientsFor(emulator)), `undone after call ${n}`).toEqual(prior);
      }
    },
    600_000,
  );
});
