import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import type { Plan } from '../../src/model/plan.ts';
import { planningNeeds } from '../../src/plan/make-plan.ts';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { fix, sessionWith, undo } from './live.ts';
import { findingsOf, planFor } from './planned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { effects } from './spoiled.ts';

const POOL = /^cognito\/(clients|mfa|password-policy|threat-protection|deletion-protection)$/;
const controls = catalogue.filter(({ id }) => POOL.test(id));
const facts = [...controls.flatMap(({ needs }) => needs), ...planningNeeds(controls.map(({ id }) => id))];

/** What the baseline does not speak of, and a call that leaves it out resets. */
const others = {
  LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:123456789012:function:welcome' },
  AutoVerifiedAttributes: ['email' as const],
  VerificationMessageTemplate: {
    EmailMessage: 'Your code is {####}.',
    EmailSubject: 'Welcome',
    DefaultEmailOption: 'CONFIRM_WITH_CODE' as const,
  },
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  UserPoolTags: { team: 'checkout' },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' as const }] },
};

let emulator: Emulator;
let aws: Clients;
let account: LiveAccount;
let folder: string;
let UserPoolId: string;
let ClientId: string;
let plan: Plan;
let prior: unknown;

const planNow = async (): Promise<Plan> =>
  planFor(await take({ facts }), {}, ({ control }) => POOL.test(control));

/** All that Cognito says of the pool and of its second factors, but for when it was changed. */
async function state() {
  const { UserPool } = await aws.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  const { UserPoolClient } = await aws.cognito.send(
    new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
  );
  const client = {
    ...UserPoolClient,
    ExplicitAuthFlows: UserPoolClient?.ExplicitAuthFlows?.toSorted(),
    LastModifiedDate: undefined,
  };
  const mfa = await aws.cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
  return {
    pool: { ...UserPool, LastModifiedDate: undefined, MfaConfiguration: undefined },
    mfa: { ...mfa, $metadata: undefined },
    client,
  };
}

beforeAll(async () => {
  emulator = await startEmulator();
  aws = clientsFor(emulator);
  account = awsAccount(sessionWith(emulator));
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  await emulator.reset();
  const { UserPool } = await aws.cognito.send(
    new CreateUserPoolCommand({
      PoolName: 'securecart-customers',
      // All that AWS says of its own accord, which moto leaves out where nobody set it.
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireLowercase: false,
          RequireUppercase: false,
          RequireNumbers: true,
          RequireSymbols: false,
          TemporaryPasswordValidityDays: 30,
          PasswordHistorySize: 5,
        },
      },
      UserPoolAddOns: { AdvancedSecurityMode: 'OFF' },
      DeletionProtection: 'INACTIVE',
      UserPoolTier: 'ESSENTIALS',
      ...others,
    }),
  );
  UserPoolId = UserPool?.Id ?? '';
  await aws.cognito.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration: 'OFF',
      SoftwareTokenMfaConfiguration: { Enabled: false },
    }),
  );
  const { UserPoolClient } = await aws.cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'securecart-web',
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlows: ['code', 'implicit'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['https://shop.example.com/'],
      RefreshTokenValidity: 12,
      PreventUserExistenceErrors: 'LEGACY',
      EnableTokenRevocation: false,
    }),
  );
  ClientId = UserPoolClient?.ClientId ?? '';
  prior = await state();
  plan = await planNow();
});

test('a fix lets the pool be as the baseline asks, keeps all else, has nothing to do again, and is taken back', async () => {
  const path = join(folder, 'whole');
  expect(plan.leftAlone).toEqual([]);
  expect(plan.mends).toMatchObject([
    { risk: 'review', cost: expect.stringContaining('PLUS') },
    { risk: 'review' },
  ]);
  expect(await fix(plan, path, account)).toEqual(whole);
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
  emulator.log.clear();
  expect((await planNow()).mends).toEqual([]);
  expect(emulator.log.mutating()).toEqual([]);
  expect(await undo(path, account)).toEqual(whole);
  expect(await state()).toEqual(prior);
});

describe('when somebody changes, between plan and fix,', () => {
  const moves = [
    {
      name: 'the pool',
      move: () =>
        aws.cognito.send(
          new UpdateUserPoolCommand({
            ...others,
            UserPoolId,
            Policies: { PasswordPolicy: { MinimumLength: 10 } },
          }),
        ),
      says: /user-pool .*password was .*"minimumLength":8.* and is .*"minimumLength":10/,
    },
    {
      name: 'its second factors',
      move: () =>
        aws.cognito.send(
          new SetUserPoolMfaConfigCommand({
            UserPoolId,
            MfaConfiguration: 'OPTIONAL',
            SoftwareTokenMfaConfiguration: { Enabled: true },
          }),
        ),
      says: /user-pool-mfa .*required was "OFF" and is "OPTIONAL"/,
    },
    {
      name: 'its client',
      move: () =>
        aws.cognito.send(
          new UpdateUserPoolClientCommand({ UserPoolId, ClientId, PreventUserExistenceErrors: 'ENABLED' }),
        ),
      says: /user-pool-client .*hidesUserExistence was false and is true/,
    },
  ];
  test.each(moves)('$name, nothing is touched', async ({ name, move, says }) => {
    await move();
    emulator.log.clear();
    await expect(fix(plan, join(folder, name), account)).rejects.toMatchObject({
      code: 'plan-stale',
      detail: expect.stringMatching(says),
    });
    expect(emulator.log.mutating()).toEqual([]);
  });
});

test.each(Object.entries(effects))('a fix that is %s at a call ends truly, and is taken back', (_, effect) =>
  spoilEach(emulator, plan, effect, state),
);
