import { ReplicateSecretToRegionsCommand } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Region } from '../../src/model/identifiers.ts';
import { type FactName, RegionFacts } from '../../src/services/facts.ts';
import { callsFor } from '../../src/services/readers.ts';
import { buildCompliantNetwork } from '../emulator/accounts/compliant-network.ts';
import { buildCompliantSecrets, buildSecret, VALUE } from '../emulator/accounts/secrets.ts';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { type Emulator, region, startEmulator } from '../emulator/emulator.ts';
import { leadTo } from '../emulator/lead-to.ts';
import { take } from './taking.ts';

const home = Region.parse(region);

const facts: readonly FactName[] = RegionFacts.keyof().options.filter(
  name => /^(secretsmanager|ssm|ecs)\./.test(name) || name === 'kms.secretKeys',
);

let emulator: Emulator;
let aws: Clients;
let database: string;

beforeAll(async () => {
  emulator = await startEmulator();
  aws = clientsFor(emulator);
  await buildCompliantNetwork(aws);
  ({ database } = await buildCompliantSecrets(aws));
});
afterAll(() => emulator.stop());
beforeEach(() => leadTo(emulator));

const read = async () => (await take({ facts })).regions[home] ?? {};

describe('an account that meets the baseline', () => {
  test('is read by calls that only read, none made twice', async () => {
    const text = JSON.stringify(await read());
    expect(text).not.toContain('"unknown"');
    expect(emulator.log.mutating()).toEqual([]);
    expect(emulator.log.repeated()).toEqual([]);
    const named = (await callsFor(facts)).map(({ call }) => call);
    const made = new Set(emulator.log.calls.map(({ name }) => name));
    // No secret of it names a key.
    expect(named.filter(call => !made.has(call))).toEqual(['kms:DescribeKey']);
  });

  test('keeps no value of a secret, of a parameter or of a variable', async () => {
    const text = JSON.stringify(await read());
    expect(text).toContain('/securecart/log-level');
    expect(text).not.toContain(VALUE);
    expect(text).not.toContain('"info"');
  });

  test('tells what the backend takes, and when the secret changes', async () => {
    const all = await read();
    expect(all['secretsmanager.secrets']).toMatchObject({
      value: [
        // RDS's own, of the database.
        { owner: 'rds' },
        { name: 'securecart/database', hasValue: true, rotation: { enabled: true, everyDays: 30 } },
        { name: 'securecart/oauth' },
        { name: 'securecart/payment', rotation: { everyDays: 90 } },
      ],
    });
    expect(all['ecs.taskDefinitions']).toMatchObject({
      value: [
        {
          containers: [
            {
              name: 'backend',
              environment: [],
              secrets: [{ name: 'DB_PASSWORD', from: `${database}:password::` }],
            },
          ],
        },
      ],
    });
  });
});

test.each([
  ['secretsmanager:ListSecrets', ['secretsmanager.secrets', 'secretsmanager.policies', 'kms.secretKeys']],
  ['secretsmanager:GetResourcePolicy', ['secretsmanager.policies']],
  ['ssm:DescribeParameters', ['ssm.parameters']],
  ['ssm:ListDocuments', ['ssm.documents']],
  ['ssm:DescribeDocumentPermission', ['ssm.documents']],
  ['ssm:GetServiceSetting', ['ssm.publicSharing']],
  ['ecs:DescribeTaskDefinition', ['ecs.taskDefinitions']],
] as const)('where %s is denied, what it tells is unknown, and nothing else', async (action, unknown) => {
  emulator.faults.denyAction(action);
  const all = Object.entries(await read());
  emulator.faults.clear();
  const text = (fact: unknown) => JSON.stringify(fact);
  expect(
    all
      .filter(([, fact]) => text(fact).includes(`"action":"${action}"`))
      .map(([name]) => name)
      .sort(),
  ).toEqual([...unknown].sort());
});

test('what is many is read in pages, and a replica says where its secret is', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `/shop/flag-${index}`);
  for (const Name of names)
    await aws.ssm.send(new PutParameterCommand({ Name, Value: 'on', Type: 'String' }));
  const elsewhere = clientsFor(emulator, 'eu-central-1');
  const SecretId = await buildSecret(elsewhere, 'shop/mail');
  await elsewhere.secretsManager.send(
    new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region: region }] }),
  );
  const all = await read();
  expect(all['ssm.parameters']).toMatchObject({ value: { length: 13 } });
  expect(JSON.stringify(all['secretsmanager.secrets'])).toContain('"primaryRegion":"eu-central-1"');
});
