import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutRolePermissionsBoundaryCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { policyOf, trustIn } from '../builders/identity.ts';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { account, type Emulator, startEmulator } from '../emulator/emulator.ts';
import { leadTo } from '../emulator/lead-to.ts';
import { take } from './taking.ts';

let emulator: Emulator;

const READ = policyOf({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::a b/*' });
const trust = trustIn('lambda.amazonaws.com');
const FACTS = ['iam.authorization', 'iam.accessKeys', 'iam.rootUser'] as const;
const read = async () => (await take({ facts: FACTS })).global;

beforeAll(async () => {
  emulator = await startEmulator();
  await build(clientsFor(emulator));
});
afterAll(() => emulator.stop());
beforeEach(() => leadTo(emulator));

/** A user with two keys, one of them off, a group with a managed policy, and a role within a boundary. */
async function build({ iam }: Clients): Promise<void> {
  await iam.send(new CreateUserCommand({ UserName: 'dev', Tags: [{ Key: 'team', Value: 'shop' }] }));
  const own = { UserName: 'dev', PolicyName: 'read', PolicyDocument: JSON.stringify(READ) };
  await iam.send(new PutUserPolicyCommand(own));
  await iam.send(new CreateAccessKeyCommand({ UserName: 'dev' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'dev' }));
  const off = { UserName: 'dev', AccessKeyId: AccessKey?.AccessKeyId, Status: 'Inactive' } as const;
  await iam.send(new UpdateAccessKeyCommand(off));
  await iam.send(new CreateGroupCommand({ GroupName: 'devs' }));
  await iam.send(new AddUserToGroupCommand({ GroupName: 'devs', UserName: 'dev' }));
  const old = JSON.stringify(policyOf({ Action: '*', Resource: '*' }));
  for (const PolicyName of ['shared', 'limit', 'idle'])
    await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: old }));
  const PolicyDocument = JSON.stringify(READ);
  const version = { PolicyArn: policyArn('shared'), PolicyDocument, SetAsDefault: true };
  await iam.send(new CreatePolicyVersionCommand(version));
  await iam.send(new AttachGroupPolicyCommand({ GroupName: 'devs', PolicyArn: policyArn('shared') }));
  const AssumeRolePolicyDocument = JSON.stringify(trust);
  await iam.send(new CreateRoleCommand({ RoleName: 'app', Path: '/shop/', AssumeRolePolicyDocument }));
  await iam.send(
    new PutRolePermissionsBoundaryCommand({ RoleName: 'app', PermissionsBoundary: policyArn('limit') }),
  );
}

const policyArn = (name: string) => `arn:aws:iam::${account}:policy/${name}`;

test('says who holds what, by the default version of what is held, and which keys are active', async () => {
  const facts = await read();
  expect(facts['iam.authorization']).toMatchObject({
    kind: 'known',
    value: {
      users: [{ name: 'dev', tags: { team: 'shop' }, inline: { read: READ }, attached: [] }],
      groups: [{ name: 'devs', inline: {}, attached: [policyArn('shared')] }],
      roles: [{ name: 'app', path: '/shop/', trust, boundary: policyArn('limit') }],
    },
  });
  const { policies = [] } =
    facts['iam.authorization']?.kind === 'known' ? facts['iam.authorization'].value : {};
  expect(policies.find(({ arn }) => arn === policyArn('shared'))?.document).toEqual(READ);
  expect(policies.map(({ arn }) => arn)).not.toContain(policyArn('idle'));
  expect(facts['iam.accessKeys']).toMatchObject({
    kind: 'known',
    value: [{ user: 'dev', keys: { kind: 'known', value: [{ lastUsed: null }] } }],
  });
  expect(facts['iam.rootUser']).toEqual({
    kind: 'known',
    value: { accessKey: false, mfa: true, password: true },
  });
});

test.each([
  ['iam:GetAccountAuthorizationDetails', ['iam.authorization', 'iam.accessKeys']],
  ['iam:GetAccountSummary', ['iam.rootUser']],
] as const)('without %s these are unknown: %s', async (action, unknown) => {
  emulator.faults.denyAction(action);
  const facts = await read();
  emulator.faults.clear();
  expect(FACTS.filter(name => facts[name]?.kind === 'unknown').sort()).toEqual([...unknown].sort());
});

test.each(['iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'])(
  "without %s a user's keys are unknown, and are not none",
  async action => {
    emulator.faults.denyAction(action);
    const facts = await read();
    emulator.faults.clear();
    expect(facts['iam.accessKeys']).toMatchObject({
      value: [{ keys: { kind: 'unknown', reason: { kind: 'denied', action } } }],
    });
  },
);
