import {
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { emulated } from './emulated.ts';
import { killEach } from './kill-each.ts';
import { fix, undo } from './live.ts';
import { look, operationsOf, partOf, planToBuild, shortcomings } from './provisioned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { effects } from './spoiled.ts';

const on = emulated();

const planNow = async (baseline?: Baseline): Promise<Plan> =>
  partOf(planToBuild(await look(), baseline), 'cognito-idp');

const bad = async (): Promise<string[]> =>
  shortcomings(await look()).filter(text => text.startsWith('cognito/'));

/** All that Cognito says of every pool, of its second factors and of its clients. */
async function state() {
  const { UserPools = [] } = await on.aws.cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  return Promise.all(
    UserPools.map(async ({ Id: UserPoolId }) => {
      const [{ UserPool }, { SoftwareTokenMfaConfiguration, MfaConfiguration }, { UserPoolClients = [] }] =
        await Promise.all([
          on.aws.cognito.send(new DescribeUserPoolCommand({ UserPoolId })),
          on.aws.cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId })),
          on.aws.cognito.send(new ListUserPoolClientsCommand({ UserPoolId })),
        ]);
      const clients = await Promise.all(
        UserPoolClients.map(async ({ ClientId }) => {
          const command = new DescribeUserPoolClientCommand({ UserPoolId, ClientId });
          return (await on.aws.cognito.send(command)).UserPoolClient;
        }),
      );
      return { pool: UserPool, mfa: { SoftwareTokenMfaConfiguration, MfaConfiguration }, clients };
    }),
  );
}

/** What of it is the same whenever it is built. */
const finished = async () =>
  (await state()).map(({ pool, mfa, clients }) => ({
    protected: pool?.DeletionProtection,
    mfa,
    clients: clients.map(client => client?.ClientName),
  }));

test('an account without a user pool gets it, audits clean, needs nothing more, and is as it was after undo', async () => {
  const plan = await planNow();
  expect(plan.mends.map(({ cost }) => cost !== undefined)).toEqual([true, false]);
  // moto forgets what can never be changed once the pool is updated.
  expect(changesOf(plan)[0]?.call.input).toMatchObject({
    UsernameAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
  });
  const path = on.file('whole');
  expect(await fix(plan, path, on.account)).toEqual(whole);
  expect(await bad()).toEqual([]);
  expect(operationsOf(await planNow())).toEqual([]);
  const [built] = await state();
  expect(built).toMatchObject({
    pool: {
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] },
      UserPoolTier: 'PLUS',
      DeletionProtection: 'ACTIVE',
      UserPoolTags: { 'securecart:managed': 'true', 'securecart:component': 'user-pool-customers' },
    },
    mfa: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
    clients: [{ ClientName: 'securecart-web', PreventUserExistenceErrors: 'ENABLED' }],
  });
  expect(built?.clients.map(client => [client?.ClientSecret, client?.AllowedOAuthFlows])).toEqual([
    [undefined, undefined],
  ]);
  expect(await undo(path, on.account)).toEqual(whole);
  expect(await state()).toEqual([]);
});

test('a baseline without threat protection costs nothing', async () => {
  const { authentication } = shippedBaseline;
  const plan = await planNow({
    ...shippedBaseline,
    authentication: {
      ...authentication,
      userPools: authentication.userPools.map(pool => ({
        ...pool,
        threatProtection: { ...pool.threatProtection, mode: 'OFF' },
      })),
    },
  });
  expect(plan.mends.flatMap(({ cost }) => cost ?? [])).toEqual([]);
  expect(changesOf(plan)[0]?.call.input).toMatchObject({
    UserPoolTier: 'ESSENTIALS',
    AdvancedSecurityMode: 'OFF',
  });
});

test('a pool that is there is adopted by its name, and completed', async () => {
  const PoolName = 'securecart-customers';
  await on.aws.cognito.send(new CreateUserPoolCommand({ PoolName, UserPoolTier: 'ESSENTIALS' }));
  const pools = async () => Object.values((await look()).regions).map(facts => facts['cognito.userPools']);
  const prior = await pools();
  const plan = await planNow();
  expect(operationsOf(plan)).toEqual(['CreateUserPoolClient', 'SetUserPoolMfaConfig', 'UpdateUserPool']);
  const path = on.file('completed');
  expect(await fix(plan, path, on.account)).toEqual(whole);
  expect(await bad()).toEqual([]);
  expect(await undo(path, on.account)).toEqual(whole);
  expect(await pools()).toEqual(prior);
});

test('of two pools of the name neither is touched', async () => {
  for (let n = 0; n < 2; n += 1)
    await on.aws.cognito.send(new CreateUserPoolCommand({ PoolName: 'securecart-customers' }));
  const plan = planToBuild(await look());
  expect(operationsOf(partOf(plan, 'cognito-idp'))).toEqual([]);
  expect(plan.leftAlone.filter(({ resource }) => resource.type === 'AWS::Cognito::UserPool')).toMatchObject([
    { obstacle: 'ambiguous' },
    { obstacle: 'ambiguous' },
  ]);
});

test.each(['before', 'after'] as const)(
  'a run that is killed %s any call is finished by resume, and taken back by undo',
  async when => killEach(on, await planNow(), when, { state, finished }),
  600_000,
);

test.each(Object.entries(effects))(
  'a run that is %s at a call ends truly, and is taken back',
  async (_, effect) => spoilEach(on.emulator, await planNow(), effect, state),
);
