import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import type { Plan } from '../../src/model/plan.ts';
import { planningNeeds } from '../../src/plan/make-plan.ts';
import { webAcl } from '../../src/plan/provision/web-acl.ts';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { countAsked, fix, Killed, killedAt, resume, sessionWith, undo } from './live.ts';
import { planFor } from './planned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { effects, refusal, type Spoiling } from './spoiled.ts';
import { buildFronts, planOfWaf, stateOfWaf } from './waf-account.ts';
import { buildWeakWebAcl } from './weak-web-acl.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

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

const failed = () => 'failed' as const;

/** What may come of a mutating call of AWS WAF, beside what may come of any. */
const spoilings: Record<string, Spoiling> = {
  ...effects,
  'overtaken once': { effect: refusal('WAFOptimisticLockException'), ends: () => 'done' },
  'overtaken each time': {
    effect: refusal('WAFOptimisticLockException'),
    always: true,
    ends: failed,
    says: 'Somebody else is at work on it: go on once they are done.',
  },
  'not yet everywhere': { effect: refusal('WAFUnavailableEntityException'), ends: () => 'done' },
  'nowhere for good': {
    effect: refusal('WAFUnavailableEntityException'),
    always: true,
    ends: failed,
    says: 'WAFUnavailableEntityException: said the test',
  },
  'about what is gone': {
    effect: refusal('WAFNonexistentItemException'),
    always: true,
    ends: failed,
    says: 'Somebody has deleted it, or what it names',
  },
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

  test.each(Object.entries(spoilings))(
    'of which a call is %s ends truly, says so, and is taken back',
    (_, spoiling) => spoilEach(emulator, plan, spoiling, stateOfWaf, spoilings),
    600_000,
  );
});
