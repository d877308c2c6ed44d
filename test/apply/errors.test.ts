import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { CallError } from '../../src/aws/errors.ts';
import type { Plan } from '../../src/model/plan.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { buildDriftedAcls, buildDriftedGroups, canonicalState } from './accounts.ts';
import { askedBy, fix, sessionWith, undo } from './live.ts';
import { planFor } from './planned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { blindedAt, effects } from './spoiled.ts';

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
  const state = () => canonicalState(clientsFor(emulator));

  beforeAll(async () => {
    await emulator.reset();
    await build(clientsFor(emulator));
    account = awsAccount(sessionWith(emulator, 1));
    plan = planFor(await take(), {}, ({ control }) => /^(security-group|network-acl)\//.test(control));
  });

  test.each(Object.entries(effects))(
    'that is %s at any call ends truly, says so, and can be taken back',
    (_, effect) => spoilEach(emulator, plan, effect, state),
    600_000,
  );

  test('of which a look is denied changes nothing before the first call, and can be taken back after it', async () => {
    const one = { parallel: 1 };
    const prior = await state();
    const path = join(await mkdtemp(join(tmpdir(), 'securecart-')), 'looks');
    const asked = await askedBy(account, counted => fix(plan, path, counted, one));
    await undo(path, account);
    const looks = asked.filter(question => question.startsWith('look at ')).length;
    const preflight = plan.fingerprints.length;
    const step = process.env.SECURECART_DEEP === '1' ? 1 : Math.ceil(looks / 4);
    for (let n = 1; n <= looks; n += step) {
      emulator.log.clear();
      const ended = await fix(plan, `${path} ${n}`, blindedAt(n, account), one).catch(
        (error: unknown) => error,
      );
      if (n <= preflight) {
        expect(ended, `look ${n}`).toBeInstanceOf(CallError);
        expect(emulator.log.mutating()).toEqual([]);
        continue;
      }
      expect(ended, `look ${n}`).toMatchObject({
        failures: [{ detail: expect.stringContaining('ec2:DescribeIt: UnauthorizedOperation') }],
      });
      expect(await undo(`${path} ${n}`, account)).toEqual(whole);
      expect(await state(), `undone after look ${n}`).toEqual(prior);
    }
  }, 600_000);
});
