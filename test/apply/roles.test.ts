import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRolePolicyCommand,
  ListAccessKeysCommand,
  PutRolePolicyCommand,
  UpdateAccessKeyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { policyOf } from '../builders/identity.ts';
import { buildCompliantIdentity } from '../emulator/accounts/compliant-identity.ts';
import { take } from '../snapshot/taking.ts';
import { demandStale } from './demand-stale.ts';
import { emulated } from './emulated.ts';
import { killEach } from './kill-each.ts';
import { fix, undo } from './live.ts';
import { findingsOf, planFor } from './planned.ts';
import { look, operationsOf, partOf, planToBuild, shortcomings } from './provisioned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { effects } from './spoiled.ts';

const on = emulated();

const FACTS = ['iam.authorization', 'iam.accessKeys', 'iam.rootUser'] as const;
const read = () => take({ facts: FACTS });
const state = async () => (await read()).global;
const isOfRoles = (text: string) => text.startsWith('iam/role-');

describe('an account without roles', () => {
  const planNow = async (): Promise<Plan> => partOf(planToBuild(await look()), 'iam');
  const ofRoles = (plan: Plan): Plan => ({
    ...plan,
    mends: plan.mends.filter(({ id }) => id.startsWith('iam/role-')),
  });

  test('gets them, audits clean, needs nothing more, and is as it was after undo', async () => {
    const prior = await state();
    const plan = ofRoles(await planNow());
    const once = ['CreateRole', 'PutRolePolicy'];
    expect(operationsOf(plan)).toEqual([...once, ...once, ...once]);
    const path = on.file('whole');
    expect(await fix(plan, path, on.account)).toEqual(whole);
    expect((await look()).global['iam.authorization']).toMatchObject({
      value: { roles: [{ path: '/securecart/' }, {}, {}] },
    });
    expect(shortcomings(await look()).filter(isOfRoles)).toEqual([]);
    expect(operationsOf(ofRoles(await planNow()))).toEqual([]);
    expect(await undo(path, on.account)).toEqual(whole);
    expect(await state()).toEqual(prior);
  });

  test('that somebody else makes between plan and apply stay as they are', async () => {
    const plan = ofRoles(await planNow());
    await on.aws.iam.send(
      new CreateRoleCommand({ RoleName: 'securecart-backend-task', AssumeRolePolicyDocument: '{}' }),
    );
    await demandStale(on, plan, /iam-role securecart-backend-task: it should not exist, and does/);
  });
});

describe('roles that have drifted, and a key that nobody uses', () => {
  const ROLE = 'securecart-backend-task';

  /** The task role trusts everyone, and may do more by two policies, and less; a user has a key. */
  async function build(): Promise<void> {
    const { iam } = on.aws;
    await iam.send(
      new CreateRoleCommand({ RoleName: 'securecart-orders-function', AssumeRolePolicyDocument: '{}' }),
    );
    await buildCompliantIdentity(on.aws);
    const PolicyDocument = JSON.stringify(policyOf({ Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }));
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: ROLE, PolicyDocument }));
    await iam.send(new DeleteRolePolicyCommand({ RoleName: ROLE, PolicyName: 'work' }));
    const all = JSON.stringify(policyOf({ Action: 'dynamodb:*', Resource: '*' }));
    await iam.send(new PutRolePolicyCommand({ RoleName: ROLE, PolicyName: 'all', PolicyDocument: all }));
    const objects = JSON.stringify(policyOf({ Action: 's3:*', Resource: '*' }));
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'objects', PolicyDocument: objects }),
    );
    await iam.send(new AttachRolePolicyCommand({ RoleName: ROLE, PolicyArn: Policy?.Arn }));
    await iam.send(new CreateUserCommand({ UserName: 'deploy' }));
    await iam.send(new CreateAccessKeyCommand({ UserName: 'deploy' }));
  }

  async function keyOfDeploy(): Promise<string | undefined> {
    const command = new ListAccessKeysCommand({ UserName: 'deploy' });
    return (await on.aws.iam.send(command)).AccessKeyMetadata?.[0]?.AccessKeyId;
  }

  const takenNow = async () => take({ facts: FACTS, takenAt: new Date('2026-01-01T00:00:00Z') });
  const planNow = async (options: Parameters<typeof planFor>[1] = {}): Promise<Plan> =>
    planFor(await takenNow(), options, ({ control }) => /^(iam|access-key)\//.test(control));
  const failing = async () =>
    findingsOf(await takenNow())
      .filter(({ status, control }) => status === 'fail' && /^(iam|access-key)\//.test(control))
      .map(({ control }) => control);

  test('are mended, and are as they were after undo', async () => {
    await build();
    const prior = await state();
    const plan = await planNow();
    expect(operationsOf(plan).sort()).toEqual([
      'DeleteRolePolicy',
      'DetachRolePolicy',
      'PutRolePolicy',
      'UpdateAccessKey',
      'UpdateAssumeRolePolicy',
    ]);
    expect(plan.mends.map(({ risk }) => risk)).toEqual(['review', 'review', 'review']);
    const path = on.file('whole');
    expect(await fix(plan, path, on.account)).toEqual(whole);
    expect(await failing()).toEqual([]);
    expect(operationsOf(await planNow())).toEqual([]);
    expect(await undo(path, on.account)).toEqual(whole);
    expect(await state()).toEqual(prior);
  });

  test('a key that this run signs with is left on', async () => {
    await build();
    const plan = await planNow({ callerKey: await keyOfDeploy() });
    expect(operationsOf(plan)).not.toContain('UpdateAccessKey');
    expect(plan.leftAlone.map(({ obstacle }) => obstacle)).toEqual(['would-lock-out']);
  });

  test('of which somebody has turned off the key since stop the run', async () => {
    await build();
    const plan = await planNow();
    const AccessKeyId = await keyOfDeploy();
    await on.aws.iam.send(
      new UpdateAccessKeyCommand({ UserName: 'deploy', AccessKeyId, Status: 'Inactive' }),
    );
    await demandStale(on, plan, /access-key deploy\/\w+: status was "Active" and is "Inactive"/);
  });

  test.each(['before', 'after'] as const)(
    'that a run mends which is killed %s any call are finished by resume, and taken back by undo',
    async when => {
      await build();
      await killEach(on, await planNow(), when, { state, finished: state });
    },
    300_000,
  );

  test.each(Object.entries(effects))(
    'that a run mends which is %s at a call are taken back',
    async (_, effect) => {
      await build();
      await spoilEach(on.emulator, await planNow(), effect, state);
    },
  );
});
