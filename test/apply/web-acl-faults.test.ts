import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import { planningNeeds } from '../../src/plan/make-plan.ts';
import { webAcl } from '../../src/plan/provision/web-acl.ts';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import type { Effect } from '../emulator/faults.ts';
import { take } from '../snapshot/taking.ts';
import { countAsked, fix, Killed, killedAt, resume, sessionWith, undo } from './live.ts';
import { planFor } from './planned.ts';
import { buildFronts, planOfWaf, stateOfWaf } from './waf-account.ts';
import { buildWeakWebAcl } from './weak-web-acl.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

const whole = { failures: [], interrupted: false };

const controls = catalogue.filter(({ id }) => id.startsWith('waf/'));
const facts = [
  ...webAcl.needs,
  ...controls.flatMap(({ needs }) => needs),
  ...planningNeeds(controls.map(({ id }) => id)),
];

/** Each kind of plan about AWS WAF, in an account that needs it. */
const works: { name: string; build: (aws: Clients) => Promise<unknown>; plan: () => Promise<Plan> }[] = [
  {
    name: 'a fix of a weak web ACL',
    build: buildWeakWebAcl,
    plan: async () => planFor(await take({ facts }), {}, ({ control }) => control.startsWith('waf/')),
  },
  { name: 'an apply where there is none', build: buildFronts, plan: () => planOfWaf() },
];

const isDeep = process.env.SECURECART_DEEP === '1';

/** Every index with SECURECART_DEEP, else a few that are spread. */
const spread = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => index + 1).filter(index => isDeep || index % 5 === 2);

/** Every call with SECURECART_DEEP, else one in the middle and the last. */
const sampled = (count: number): number[] =>
  isDeep ? Array.from({ length: count }, (_, index) => index + 1) : [Math.ceil(count / 2), count];

const refusal = (code: string): Effect => ({
  kind: 'error',
  error: { code, status: 400, message: 'said the test' },
});

/** What may come of a mutating call, once or each time that it is made, and how a run that meets it ends. */
const effects: Record<string, { effect: Effect; always?: true; ends: 'done' | 'failed' | 'unknown' }> = {
  throttled: { effect: { kind: 'throttle' }, ends: 'failed' },
  denied: { effect: { kind: 'deny' }, ends: 'failed' },
  'overtaken once': { effect: refusal('WAFOptimisticLockException'), ends: 'done' },
  'overtaken each time': { effect: refusal('WAFOptimisticLockException'), always: true, ends: 'failed' },
  'not yet everywhere': { effect: refusal('WAFUnavailableEntityException'), ends: 'done' },
  'nowhere for good': { effect: refusal('WAFUnavailableEntityException'), always: true, ends: 'failed' },
  'about what is gone': { effect: refusal('WAFNonexistentItemException'), always: true, ends: 'failed' },
  'over the quota': { effect: refusal('WAFLimitsExceededException'), ends: 'failed' },
  'a fault of AWS': { effect: { kind: 'server-error' }, ends: 'unknown' },
  'cut after': { effect: { kind: 'cut', when: 'after' }, ends: 'done' },
};

describe.each(works)('$name', ({ build, plan: planNow }) => {
  let account: LiveAccount;
  let plan: Plan;
  let folder: string;
  let asked: number;
  let prior: string;
  let built: string;

  beforeAll(async () => {
    await emulator.reset();
    emulator.faults.clear();
    account = awsAccount(sessionWith(emulator, 1));
    folder = await mkdtemp(join(tmpdir(), 'securecart-'));
    await build(clientsFor(emulator));
    plan = await planNow();
    prior = await stateOfWaf();
    asked = await countAsked(account, counted => fix(plan, join(folder, 'whole'), counted));
    built = await stateOfWaf();
    await undo(join(folder, 'whole'), account);
  });

  test('changes the account, and undo restores it', async () => {
    expect(plan.leftAlone).toEqual([]);
    expect(built).not.toBe(prior);
    expect(await stateOfWaf()).toBe(prior);
  });

  test.each(['before', 'after'] as const)(
    'that is killed %s any call is finished by resume, and taken back by undo',
    async when => {
      for (const n of spread(asked)) {
        const path = join(folder, `${when}-${n}`);
        const mortal = killedAt(n, when, account);
        await expect(fix(plan, path, mortal), `call ${n}`).rejects.toThrow(Killed);
        await mortal.settled();
        // Killed before there was a journal, it has done nothing.
        if (existsSync(path)) {
          if (n % 2 === 0) {
            expect(await resume(path, account), `resumed after call ${n}`).toEqual(whole);
            expect(await stateOfWaf(), `resumed after call ${n}`).toBe(built);
          }
          expect(await undo(path, account), `undone after call ${n}`).toEqual(whole);
        }
        expect(await stateOfWaf(), `undone after call ${n}`).toBe(prior);
      }
    },
    900_000,
  );

  test.each(Object.entries(effects))(
    'of which a call is %s ends truly, and is taken back',
    async (name, { effect, always, ends }) => {
      for (const n of sampled(changesOf(plan).length)) {
        const path = join(folder, `${name} ${n}`);
        let sent = 0;
        const spoiled: LiveAccount = {
          ...account,
          send: (call, region) => {
            sent += 1;
            const nth = always === true ? {} : { nth: 1 };
            if (sent === n)
              emulator.faults.add({ call: `${call.service}:${call.operation}`, ...nth, effect });
            return account.send(call, region);
          },
        };
        // One at a time, so that the n-th call is the only one that can have failed.
        const run = await fix(plan, path, spoiled, { parallel: 1 });
        emulator.faults.clear();
        expect(
          run.failures.map(({ kind }) => kind),
          `call ${n}: ${JSON.stringify(run.failures)}`,
        ).toEqual(ends === 'done' ? [] : [ends]);
        expect(run.failures.filter(({ detail }) => !/(wafv2|logs):\w+: \w+: /.test(detail))).toEqual([]);
        expect(await undo(path, account), `undone after call ${n}`).toEqual(whole);
        expect(await stateOfWaf(), `undone after call ${n}`).toBe(prior);
      }
    },
    600_000,
  );
});
