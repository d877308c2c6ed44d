import { readFile } from 'node:fs/promises';
import {
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import {
  DescribeDocumentPermissionCommand,
  GetParameterCommand,
  ModifyDocumentPermissionCommand,
} from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import { evaluate } from '../../src/findings/evaluate.ts';
import { AccountId } from '../../src/model/identifiers.ts';
import type { Plan } from '../../src/model/plan.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { buildLeakingSecrets, buildSecret, VALUE } from '../emulator/accounts/secrets.ts';
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

const planNow = async (baseline = shippedBaseline): Promise<Plan> =>
  partOf(planToBuild(await look(), baseline), 'secretsmanager', 'ssm');

const bad = async (): Promise<string[]> =>
  shortcomings(await look()).filter(text => /^(secrets|parameters)\//.test(text));

/** What is there of secrets and of what Systems Manager keeps, but for the six characters that are others each time. */
async function state() {
  const { regions } = await take({
    facts: [
      'secretsmanager.secrets',
      'secretsmanager.policies',
      'ssm.parameters',
      'ssm.documents',
      'ssm.publicSharing',
    ],
  });
  return JSON.parse(JSON.stringify(regions).replaceAll(/(:secret:[\w/-]+)-\w{6}"/g, '$1"'));
}

describe('an account without secrets', () => {
  test('gets them without values, audits clean, needs nothing more, and is as it was after undo', async () => {
    const prior = await state();
    const plan = await planNow();
    expect(plan.mends.find(({ id }) => id === 'secret-database/eu-west-1')?.cost).toContain('0.40 USD');
    const path = on.file('whole');
    expect(await fix(plan, path, on.account)).toEqual(whole);
    expect(await bad()).toEqual([]);
    expect(operationsOf(await planNow())).toEqual([]);
    const SecretId = 'securecart/database';
    const secret = await on.aws.secretsManager.send(new DescribeSecretCommand({ SecretId }));
    expect(secret.VersionIdsToStages ?? {}).toEqual({});
    const { ResourcePolicy = '' } = await on.aws.secretsManager.send(
      new GetResourcePolicyCommand({ SecretId }),
    );
    const role = `arn:aws:iam::${accountId}:role`;
    expect(JSON.parse(ResourcePolicy).Statement).toEqual([
      {
        Sid: 'SecureCartReadersOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
        Condition: {
          ArnNotLike: {
            'aws:PrincipalArn': [
              `${role}/securecart-backend-execution`,
              `${role}/*/securecart-backend-execution`,
            ],
          },
        },
      },
    ]);
    const { Parameter } = await on.aws.ssm.send(new GetParameterCommand({ Name: '/securecart/log-level' }));
    expect(Parameter?.Value).toBe('info');
    expect(await undo(path, on.account)).toEqual(whole);
    expect(await state()).toEqual(prior);
  });

  test('keeps a value that somebody put in since: an undo refuses, and one that is forced leaves seven days', async () => {
    const path = on.file('valued');
    const plan = partOf(await planNow(), 'secretsmanager');
    await fix(plan, path, on.account);
    const SecretId = 'securecart/database';
    await on.aws.secretsManager.send(new PutSecretValueCommand({ SecretId, SecretString: VALUE }));
    await expect(undo(path, on.account)).rejects.toThrow(/hasValue was false and is true/);
    expect(await undo(path, on.account, true)).toEqual(whole);
    const { DeletedDate } = await on.aws.secretsManager.send(new DescribeSecretCommand({ SecretId }));
    expect(DeletedDate).toBeDefined();
    expect(await readFile(path, 'utf8')).not.toContain(VALUE);
  });

  test('creates what is missing and adopts the rest with the values that it has', async () => {
    await buildSecret(on.aws, 'securecart/payment', { days: 90 });
    const plan = await planNow();
    expect(plan.adopted).toContainEqual({
      what: 'secret',
      region: 'eu-west-1',
      id: 'securecart/payment',
    });
    expect(operationsOf(plan).filter(name => name === 'CreateSecret')).toHaveLength(2);
    expect(operationsOf(plan).filter(name => name === 'PutResourcePolicy')).toHaveLength(3);
  });

  test.each(Object.entries(effects))('ends truly when a call is %s, and is taken back', async (_, effect) => {
    await spoilEach(on.emulator, await planNow(), effect, state);
  });

  test.each(['before', 'after'] as const)('is whole again when killed %s a call', async when => {
    await killEach(on, await planNow(), when, { state, finished: state });
  });
});

test('a name that is to be deleted is restored, since AWS lets nobody take it', async () => {
  const SecretId = await buildSecret(on.aws, 'securecart/oauth', { days: 90 });
  await on.aws.secretsManager.send(new DeleteSecretCommand({ SecretId }));
  const prior = await state();
  const plan = await planNow();
  expect(plan.mends.find(({ id }) => id === 'secret-oauth/eu-west-1/restore')?.risk).toBe('review');
  const path = on.file('restored');
  expect(await fix(plan, path, on.account)).toEqual(whole);
  const { DeletedDate } = await on.aws.secretsManager.send(new DescribeSecretCommand({ SecretId }));
  expect(DeletedDate).toBeUndefined();
  expect(await undo(path, on.account)).toEqual(whole);
  expect(await state()).toEqual(prior);
});

test('a key of the account is named by its alias, once that is there', async () => {
  const secrets = shippedBaseline.secrets.secrets.map(one => ({ ...one, customerKey: true }));
  const baseline = { ...shippedBaseline, secrets: { ...shippedBaseline.secrets, secrets } };
  const plan = planToBuild(await look(), baseline);
  const creation = plan.mends
    .flatMap(({ changes }) => changes)
    .find(({ id }) => id === 'secret-database/eu-west-1/create');
  expect(creation?.call.input.KmsKeyId).toBe('alias/securecart');
  expect(creation?.dependsOn).toEqual(['new-customer-key-alias/create']);
  const { key: _, ...encryption } = baseline.encryption;
  const keyless = await planNow({ ...baseline, encryption });
  expect(operationsOf(keyless)).not.toContain('CreateSecret');
  expect(keyless.leftAlone.map(({ obstacle }) => obstacle)).toContain('ambiguous');
});

describe('an account whose secrets leak', () => {
  const controls = catalogue.filter(({ id }) => /^(secrets|parameters)\//.test(id)).map(({ id }) => id);

  /** The plan of a fix for all that these controls find. */
  async function planToFix(): Promise<Plan> {
    const needs = catalogue.flatMap(control => (controls.includes(control.id) ? control.needs : []));
    const snapshot = await take({ facts: [...new Set(needs)] });
    const { findings } = evaluate(catalogue, snapshot, shippedBaseline, { controls, digest: text => text });
    return makePlan({
      baseline: shippedBaseline,
      snapshot,
      findings,
      wanted: () => true,
      options: { includeManaged: false, allowDisruptive: false },
      meta: {
        id: 'fix-20260101t000000z',
        createdAt: '2026-01-01T00:00:00Z',
        tool: { name: 'securecart', version: '0.1.0' },
        account: AccountId.parse(accountId),
        partition: 'aws',
        baseline: { name: shippedBaseline.name, digest: 'd', literal: false },
      },
      remediation: control => `see ${control}`,
    });
  }

  test('is closed, and what cannot be mended is said', async () => {
    await buildLeakingSecrets(on.aws);
    const prior = await state();
    const plan = await planToFix();
    expect(plan.mends.map(({ id, risk }) => `${risk} ${id}`)).toEqual([
      'review secret-oauth/eu-west-1/restore',
      'review secret-database/eu-west-1/readers',
      'review ssm/eu-west-1/install-backend/unpublish',
      'safe ssm/eu-west-1/public-sharing',
    ]);
    const left = plan.leftAlone.flatMap(({ obstacle, for: causes }) =>
      causes.map(({ control, row }) => `${obstacle} ${control} ${row?.id}`),
    );
    expect(left.sort()).toEqual([
      'in-place secrets/rotation secret-database',
      'no-mend parameters/plain-secrets parameters',
      'no-mend parameters/present parameter-log-level',
      'no-mend secrets/present secret-payment',
    ]);
    const path = on.file('closed');
    expect(await fix(plan, path, on.account)).toEqual(whole);
    const { AccountIds } = await on.aws.ssm.send(
      new DescribeDocumentPermissionCommand({ Name: 'install-backend', PermissionType: 'Share' }),
    );
    expect(AccountIds ?? []).toEqual([]);
    const text = JSON.stringify(await planToFix());
    expect(text).not.toContain('secrets/public-policy');
    expect(text).not.toContain(VALUE);
    expect(await undo(path, on.account)).toEqual(whole);
    expect(await state()).toEqual(prior);
  });

  test.each(['before', 'after'] as const)('is whole again when killed %s a call', async when => {
    await buildLeakingSecrets(on.aws);
    await killEach(on, await planToFix(), when, { state, finished: state });
  });

  test.each(Object.entries(effects))('ends truly when a call is %s, and is taken back', async (_, effect) => {
    await buildLeakingSecrets(on.aws);
    await spoilEach(on.emulator, await planToFix(), effect, state);
  });

  const moves: { name: string; move: () => Promise<unknown>; says: RegExp }[] = [
    {
      name: 'the policy',
      move: () =>
        on.aws.secretsManager.send(new DeleteResourcePolicyCommand({ SecretId: 'securecart/database' })),
      says: /secret-policy securecart\/database: it no longer exists/,
    },
    {
      name: 'the deletion, which is taken back',
      move: () => on.aws.secretsManager.send(new RestoreSecretCommand({ SecretId: 'securecart/oauth' })),
      says: /secret securecart\/oauth: it should not exist, and does/,
    },
    {
      name: 'with whom the document is shared',
      move: () =>
        on.aws.ssm.send(
          new ModifyDocumentPermissionCommand({
            Name: 'install-backend',
            PermissionType: 'Share',
            AccountIdsToRemove: ['all'],
          }),
        ),
      says: /ssm-document install-backend: sharedWith lost all/,
    },
  ];
  test.each(moves)('$name, when somebody changes it since: nothing is touched', async ({ move, says }) => {
    await buildLeakingSecrets(on.aws);
    const plan = await planToFix();
    await move();
    await demandStale(on, plan, says);
  });
});
