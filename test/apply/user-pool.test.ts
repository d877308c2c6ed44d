import { readFile } from 'node:fs/promises';
import {
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeEach, describe, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import type { Plan } from '../../src/model/plan.ts';
import { planningNeeds } from '../../src/plan/make-plan.ts';
import { take } from '../snapshot/taking.ts';
import { demandStale } from './demand-stale.ts';
import { emulated } from './emulated.ts';
import { killEach } from './kill-each.ts';
import { fix, undo } from './live.ts';
import { findingsOf, planFor } from './planned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { effects } from './spoiled.ts';
import { buildWeakUserPool, others, poolState, type WeakUserPool } from './weak-user-pool.ts';

const POOL = /^cognito\/(clients|mfa|password-policy|threat-protection|deletion-protection)$/;
const controls = catalogue.filter(({ id }) => POOL.test(id));
const facts = [...controls.flatMap(({ needs }) => needs), ...planningNeeds(controls.map(({ id }) => id))];

const on = emulated();
let pool: WeakUserPool;
let plan: Plan;
let prior: unknown;

const planNow = async (): Promise<Plan> =>
  planFor(await take({ facts }), {}, ({ control }) => POOL.test(control));

const state = () => poolState(on.aws, pool);

beforeEach(async () => {
  pool = await buildWeakUserPool(on.aws);
  prior = await state();
  plan = await planNow();
});

test('a fix lets the pool be as the baseline asks, keeps all else, has nothing to do again, and is taken back', async () => {
  const path = on.file('whole');
  expect(plan.leftAlone).toEqual([]);
  expect(plan.mends).toMatchObject([
    { risk: 'review', cost: expect.stringContaining('PLUS') },
    { risk: 'review' },
  ]);
  expect(await fix(plan, path, on.account)).toEqual(whole);
  const bad = findingsOf(await take({ facts })).filter(
    ({ control, status }) => POOL.test(control) && (status === 'fail' || status === 'unknown'),
  );
  expect(bad.map(({ control, message }) => `${control}: ${message}`)).toEqual([]);
  expect((await state()).pool).toMatchObject(others);
  const { client } = await state();
  expect(client).toMatchObject({
    RefreshTokenValidity: 12,
    CallbackURLs: ['https://shop.example.com/'],
    AllowedOAuthFlows: ['code'],
  });
  const kept = `${JSON.stringify(plan)}${await readFile(path, 'utf8')}`;
  expect(client.ClientSecret).toBeTruthy();
  expect(kept).not.toContain(client.ClientSecret);
  on.emulator.log.clear();
  expect((await planNow()).mends).toEqual([]);
  expect(on.emulator.log.mutating()).toEqual([]);
  expect(await undo(path, on.account)).toEqual(whole);
  expect(await state()).toEqual(prior);
});

describe('when somebody changes, between plan and fix,', () => {
  const moves = [
    {
      name: 'the pool',
      move: () =>
        on.aws.cognito.send(
          new UpdateUserPoolCommand({
            ...others,
            UserPoolId: pool.UserPoolId,
            Policies: { PasswordPolicy: { MinimumLength: 10 } },
          }),
        ),
      says: /user-pool .*password was .*"minimumLength":8.* and is .*"minimumLength":10/,
    },
    {
      name: 'its second factors',
      move: () =>
        on.aws.cognito.send(
          new SetUserPoolMfaConfigCommand({
            UserPoolId: pool.UserPoolId,
            MfaConfiguration: 'OPTIONAL',
            SoftwareTokenMfaConfiguration: { Enabled: true },
          }),
        ),
      says: /user-pool-mfa .*required was "OFF" and is "OPTIONAL"/,
    },
    {
      name: 'its client',
      move: () =>
        on.aws.cognito.send(
          new UpdateUserPoolClientCommand({ ...pool, PreventUserExistenceErrors: 'ENABLED' }),
        ),
      says: /user-pool-client .*hidesUserExistence was false and is true/,
    },
  ];
  test.each(moves)('$name, nothing is touched', async ({ move, says }) => {
    await move();
    await demandStale(on, plan, says);
  });
});

test.each(['before', 'after'] as const)(
  'a fix that is killed %s any call is finished by resume, and taken back by undo',
  when => killEach(on, plan, when, { state, finished: state }),
  600_000,
);

test.each(Object.entries(effects))('a fix that is %s at a call ends truly, and is taken back', (_, effect) =>
  spoilEach(on.emulator, plan, effect, state),
);
