import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { CallError } from '../../src/aws/errors.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { buildDriftedAcls, buildDriftedGroups, canonicalState } from './accounts.ts';
import { askedBy, fix, sessionWith, undo } from './live.ts';
import { planFor } from './planned.ts';
import { blindedAt, chosenOf, effects, spoiledAt } from './spoiled.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

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
      const changes = changesOf(plan);
      for (const n of chosenOf(changes)) {
        const path = join(folder, `${name} ${n}`);
        // One at a time, so that the n-th call is the only one that can have failed.
        const run = await fix(plan, path, spoiledAt(n, effect, account, emulator), { parallel: 1 });
        emulator.faults.clear();
        const ended = changes.slice(n - 1, n).map(ends);
        expect(
          run.failures.map(({ kind }) => kind),
          `call ${n}`,
        ).toEqual(ended.filter(ending => ending !== 'done'));
        expect(run.failures.filter(({ detail }) => !detail.includes('ec2:'))).toEqual([]);
        expect(await undo(path, account)).toEqual({ failures: [], interrupted: false });
        expect(await canonicalState(clientsFor(emulator)), `undone after call ${n}`).toEqual(prior);
      }
    },
    600_000,
  );

  test('of which a look is denied changes nothing before the first call, and can be taken back after it', async () => {
    const one = { parallel: 1 };
    const path = join(folder, 'looks');
    const asked = await askedBy(account, counted => fix(plan, path, counted, one));
    await undo(path, account);
    const looks = asked.filter(question => question.startsWith('look at ')).length;
    const first = asked.findIndex(question => question.startsWith('ec2:'));
    const step = process.env.SECURECART_DEEP === '1' ? 1 : Math.ceil(looks / 7);
    for (let n = 1; n <= looks; n += step) {
      emulator.log.clear();
      const ended = await fix(plan, `${path} ${n}`, blindedAt(n, account), one).catch(
        (error: unknown) => error,
      );
      if (n < first) {
        expect(ended, `look ${n}`).toBeInstanceOf(CallError);
        expect(emulator.log.mutating()).toEqual([]);
        continue;
      }
      expect(ended, `look ${n}`).toMatchObject({
        failures: [{ detail: expect.stringContaining('ec2:DescribeIt: UnauthorizedOperation') }],
      });
      expect(await undo(`${path} ${n}`, account)).toEqual({ failures: [], interrupted: false });
      expect(await canonicalState(clientsFor(emulator)), `undone after look ${n}`).toEqual(prior);
    }
  }, 600_000);
});
