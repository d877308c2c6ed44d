import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  GetKeyPolicyCommand,
  ListKeysCommand,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { need } from '../../src/model/fact.ts';
import type { Plan } from '../../src/model/plan.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { account as accountId } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { demandStale } from './demand-stale.ts';
import { emulated } from './emulated.ts';
import { killEach } from './kill-each.ts';
import { fix, undo } from './live.ts';
import { look, operationsOf, partOf, planToBuild, shortcomings } from './provisioned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { effects } from './spoiled.ts';

const on = emulated();

/** Without the trail, which encrypts under the key too. */
const alone: Baseline = {
  ...shippedBaseline,
  cloudTrail: {
    ...shippedBaseline.cloudTrail,
    files: { ...shippedBaseline.cloudTrail.files, customerKey: false },
  },
};

const planNow = async (baseline = alone): Promise<Plan> => partOf(planToBuild(await look(), baseline), 'kms');
const bad = async (): Promise<string[]> => shortcomings(await look()).filter(text => text.startsWith('kms/'));

/** The keys to which aliases of ours lead. One that KMS is to delete is gone once no alias leads to it. */
async function state() {
  const { regions } = await take({ facts: ['kms.customerKeys'] });
  return Object.values(regions).map(facts => facts['kms.customerKeys']);
}

/** Builds a key that does not rotate, with the alias; gives its id. */
async function buildKey(): Promise<string> {
  const { KeyMetadata } = await on.aws.kms.send(new CreateKeyCommand({}));
  const TargetKeyId = KeyMetadata?.KeyId ?? '';
  await on.aws.kms.send(new CreateAliasCommand({ AliasName: 'alias/securecart', TargetKeyId }));
  return TargetKeyId;
}

/** The same, but for the id, which is another one each time. */
const finished = async () => (await state()).map(keys => keys && need(keys).map(key => ({ ...key, id: '' })));

test('an account without a key gets it, audits clean, needs nothing more, and is as it was after undo', async () => {
  const prior = await state();
  const plan = await planNow();
  expect(plan.mends[0]?.cost).toContain('1 USD a month');
  const path = on.file('whole');
  expect(await fix(plan, path, on.account)).toEqual(whole);
  expect(await bad()).toEqual([]);
  expect(operationsOf(await planNow())).toEqual([]);
  const { Keys: [key] = [] } = await on.aws.kms.send(new ListKeysCommand({}));
  const { Policy = '' } = await on.aws.kms.send(
    new GetKeyPolicyCommand({ KeyId: key?.KeyId, PolicyName: 'default' }),
  );
  expect(JSON.parse(Policy).Statement).toEqual([
    {
      Sid: 'LeaveItToTheIamOfTheAccount',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ]);
  expect(await undo(path, on.account)).toEqual(whole);
  expect(await state()).toEqual(prior);
  const { KeyMetadata } = await on.aws.kms.send(new DescribeKeyCommand({ KeyId: key?.KeyId }));
  expect(KeyMetadata?.KeyState).toBe('PendingDeletion');
});

test('a baseline without a key costs nothing', async () => {
  const encryption = { ...shippedBaseline.encryption };
  delete encryption.key;
  expect(operationsOf(await planNow({ ...alone, encryption }))).toEqual([]);
});

test('a key that is there is adopted by its alias, and rotated', async () => {
  await buildKey();
  const prior = await state();
  const plan = await planNow();
  expect(operationsOf(plan)).toEqual(['EnableKeyRotation']);
  const path = on.file('rotated');
  expect(await fix(plan, path, on.account)).toEqual(whole);
  expect(await bad()).toEqual([]);
  expect(await undo(path, on.account)).toEqual(whole);
  expect(await state()).toEqual(prior);
});

describe('when somebody changes, between plan and apply,', () => {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }],
  });
  const moves: { name: string; build: () => Promise<unknown>; move: () => Promise<unknown>; says: RegExp }[] =
    [
      {
        name: 'the alias, which now leads to a key',
        build: async () => {},
        move: buildKey,
        says: /kms-alias alias\/securecart: it should not exist, and does/,
      },
      {
        name: "the key's policy",
        build: async () => {
          KeyId = await buildKey();
        },
        move: () => on.aws.kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy })),
        says: /kms-key .*: policy lost .* gained /,
      },
      {
        name: 'whether the key is on',
        build: async () => {
          KeyId = await buildKey();
        },
        move: () => on.aws.kms.send(new DisableKeyCommand({ KeyId })),
        says: /kms-key .*: state was "Enabled" and is "Disabled"/,
      },
    ];
  let KeyId: string;
  test.each(moves)('$name: nothing is touched', async ({ build, move, says }) => {
    await build();
    const plan = await planNow();
    await move();
    await demandStale(on, plan, says);
  });
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
