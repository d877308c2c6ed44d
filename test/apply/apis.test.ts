import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import { planningNeeds } from '../../src/plan/make-plan.ts';
import type { PlanOptions } from '../../src/plan/scene.ts';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { countAsked, fix, Killed, killedAt, resume, sessionWith, undo } from './live.ts';
import { apisState, buildOpenApis, type OpenApis } from './open-apis.ts';
import { findingsOf, planFor } from './planned.ts';

const APIS = /^api-gateway\/(rest|http)-/;
const controls = catalogue.filter(({ id }) => APIS.test(id));
const facts = [...controls.flatMap(({ needs }) => needs), ...planningNeeds(controls.map(({ id }) => id))];
const whole = { failures: [], interrupted: false };

let emulator: Emulator;
let aws: Clients;
let account: LiveAccount;
let folder: string;
let built: OpenApis;
let prior: unknown;

const planNow = async (options: Partial<PlanOptions> = { allowDisruptive: true }): Promise<Plan> =>
  planFor(await take({ facts }), options, ({ control }) => APIS.test(control));

const bad = async (): Promise<string[]> =>
  findingsOf(await take({ facts }))
    .filter(({ control, status }) => APIS.test(control) && (status === 'fail' || status === 'unknown'))
    .map(({ control, message }) => `${control}: ${message}`);

beforeAll(async () => {
  emulator = await startEmulator();
  aws = clientsFor(emulator);
  account = awsAccount(sessionWith(emulator));
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  await emulator.reset();
  built = await buildOpenApis(aws);
  prior = await apisState(aws);
});
afterAll(() => emulator.stop());

test('a fix lets every method and route ask for a token, as deployed, has nothing to do again, and is taken back', async () => {
  const path = join(folder, 'whole');
  const plan = await planNow();
  expect(plan.leftAlone).toEqual([]);
  expect(plan.mends.map(({ title, risk }) => [title, risk]).sort()).toEqual([
    ['deploy bare to its stage prod', 'review'],
    ['deploy securecart-orders to its stage prod', 'review'],
    ['let the methods of bare ask for a token of the user pool', 'review'],
    ['let the methods of securecart-orders ask for a token of the user pool', 'review'],
    ['let the routes of bare ask for a token of the user pool', 'review'],
    ['let the routes of securecart-catalog ask for a token of the user pool', 'review'],
  ]);
  expect(await fix(plan, path, account)).toEqual(whole);
  expect(await bad()).toEqual([]);
  emulator.log.clear();
  expect((await planNow()).mends).toEqual([]);
  expect(emulator.log.mutating()).toEqual([]);
  expect(await undo(path, account)).toEqual(whole);
  expect(await apisState(aws)).toEqual(prior);
});
