import { DeletePublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Fact, need } from '../../src/model/fact.ts';
import { Region } from '../../src/model/identifiers.ts';
import type { FactName } from '../../src/services/facts.ts';
import { callsFor } from '../../src/services/readers.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import {
  buildBucket,
  buildCompliantEncryption,
  type Encryption,
  tlsOnly,
} from '../emulator/accounts/compliant-encryption.ts';
import { buildCompliantNetwork } from '../emulator/accounts/compliant-network.ts';
import { openStorage } from '../emulator/accounts/states/open-storage.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, region, startEmulator } from '../emulator/emulator.ts';
import { leadTo } from '../emulator/lead-to.ts';
import { take } from './taking.ts';

const home = Region.parse(region);
const virginia = Region.parse('us-east-1');
const facts: readonly FactName[] = [
  's3.buckets',
  's3.publicGrants',
  's3.accountPublicAccessBlock',
  'kms.keys',
  'kms.customerKeys',
  'kms.customerKeyTags',
  'ebs.encryptionByDefault',
  'ebs.volumes',
  'ebs.snapshots',
  'ebs.publicSnapshots',
  'ebs.snapshotSharing',
  'ebs.snapshotBlockPublicAccess',
  'rds.dbInstances',
  'rds.dbClusters',
  'rds.parameterGroups',
  'rds.parameterGroupTags',
  'rds.snapshots',
];

let emulator: Emulator;
let built: Encryption;

beforeAll(async () => {
  emulator = await startEmulator();
  const clients = clientsFor(emulator);
  built = await buildCompliantEncryption(clients, await buildCompliantNetwork(clients));
});
afterAll(() => emulator.stop());
beforeEach(() => leadTo(emulator));

const takeAll = (regions: Region[] = [home]) => take({ facts, regions });

/** A fact of the home Region that must be known. */
function factOf<Name extends keyof NonNullable<Snapshot['regions'][Region]>>(
  snapshot: Snapshot,
  name: Name,
  of = home,
) {
  const fact = snapshot.regions[of]?.[name];
  if (fact === undefined) throw new Error(`${name} was not read`);
  return fact;
}

describe('what is encrypted, read back', () => {
  let snapshot: Snapshot;
  beforeAll(async () => {
    for (const [name, value] of Object.entries(emulator.env)) vi.stubEnv(name, value);
    snapshot = await takeAll();
  });

  test('the bucket, its key and its policy', () => {
    const [bucket] = need(factOf(snapshot, 's3.buckets'));
    expect(bucket).toMatchObject({
      name: built.bucket,
      encryption: { value: { algorithm: 'aws:kms', key: built.key, bucketKey: true } },
      publicAccessBlock: { value: { ignorePublicAcls: true, restrictPublicBuckets: true } },
      policy: { value: { statements: [{ effect: 'Deny', action: { not: false, patterns: ['s3:*'] } }] } },
      tags: { value: { 'securecart:data': 'sensitive' } },
    });
    expect(need(factOf(snapshot, 'kms.keys'))).toMatchObject([
      { name: built.key, key: { value: { arn: built.key, manager: 'CUSTOMER', state: 'Enabled' } } },
    ]);
  });

  test("the account's own key by its alias, whether it is rotated, and its policy", () => {
    const [key, ...others] = need(factOf(snapshot, 'kms.customerKeys'));
    expect(others).toEqual([]);
    expect(key).toMatchObject({
      alias: 'alias/securecart',
      key: { value: { state: 'Enabled', symmetric: true } },
      rotation: { value: true },
      policy: { value: { statements: [{ effect: 'Allow', action: { patterns: ['kms:*'] } }] } },
    });
    expect(built.key).toContain(key?.id);
    expect(need(factOf(snapshot, 'kms.customerKeyTags'))).toEqual([
      { key: key?.id, tags: { kind: 'known', value: {} } },
    ]);
  });

  test("the account's own settings, once and not by Region", () => {
    expect(snapshot.global['s3.accountPublicAccessBlock']).toMatchObject({
      value: { blockPublicAcls: true, restrictPublicBuckets: true },
    });
    expect(Object.keys(snapshot.regions[home] ?? {})).not.toContain('s3.accountPublicAccessBlock');
  });

  test("the volumes and the snapshots that are the account's own, not those of AWS's images", () => {
    expect(need(factOf(snapshot, 'ebs.encryptionByDefault'))).toBe(true);
    expect(need(factOf(snapshot, 'ebs.volumes'))).toMatchObject([
      { id: built.volume, zone: `${region}a`, encrypted: true, attachments: [] },
    ]);
    expect(need(factOf(snapshot, 'ebs.snapshots'))).toMatchObject([
      { id: built.snapshot, volume: built.volume, encrypted: true },
    ]);
    expect(need(factOf(snapshot, 'ebs.publicSnapshots'))).toEqual([]);
    expect(need(factOf(snapshot, 'ebs.snapshotSharing'))).toEqual([
      { snapshot: built.snapshot, accounts: { kind: 'known', value: [] } },
    ]);
    expect(need(factOf(snapshot, 'ebs.snapshotBlockPublicAccess'))).toBe('unblocked');
  });

  test('the databases, what their parameter groups say, and their snapshots', () => {
    expect(need(factOf(snapshot, 'rds.dbClusters'))).toMatchObject([
      { id: built.cluster, engine: 'aurora-postgresql', storageEncrypted: true },
    ]);
    expect(need(factOf(snapshot, 'rds.parameterGroups'))).toEqual([
      { of: 'cluster', name: 'securecart-orders-16', forceTls: { kind: 'known', value: '1' } },
      { of: 'instance', name: 'securecart-16', forceTls: { kind: 'known', value: '1' } },
    ]);
    expect(need(factOf(snapshot, 'rds.snapshots'))).toMatchObject([
      { id: 'securecart-orders-1', of: 'cluster', encrypted: true, sharedWith: { value: [] } },
      { id: 'securecart-1', of: 'instance', encrypted: true, sharedWith: { value: [] } },
    ]);
  });
});

test('the calls change nothing, come once each, and are those that the readers name', async () => {
  const snapshot = await takeAll([home, virginia]);
  expect(emulator.log.mutating()).toEqual([]);
  expect(emulator.log.repeated()).toEqual([]);
  const named = (await callsFor(facts)).map(({ call, action }) => `${call} ${action}`);
  const made = new Set(emulator.log.calls.map(({ name, action }) => `${name} ${action}`));
  made.delete('sts:GetCallerIdentity sts:GetCallerIdentity');
  expect([...made].sort()).toEqual([...named].sort());
  expect(snapshot.calls.made).toBe(emulator.log.calls.length);
  expect(emulator.log.calls.filter(({ name }) => name.startsWith('s3control:'))).toHaveLength(1);
});

test('whichever action is denied, what hangs on it names the call and the action, and nothing else is unknown', async () => {
  for (const { call, action } of await callsFor(facts)) {
    emulator.faults.clear();
    emulator.faults.denyAction(action);
    const reasons = reasonsOf(await takeAll());
    expect(reasons.length, call).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toMatchObject({ kind: 'denied', action });
    expect(reasons.map(({ call }) => call)).toContain(call);
  }
});

/** Why each fact, and each part of one, is unknown. */
function reasonsOf(value: unknown): { kind?: unknown; call?: unknown }[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([name, item]) =>
    name === 'reason' ? [item] : reasonsOf(item),
  );
  return inner.filter(item => typeof item === 'object' && item !== null);
}

describe('buckets', () => {
  const names = Array.from({ length: 45 }, (_, index) => `many-${String(index).padStart(2, '0')}`);
  beforeAll(async () => {
    const there = clientsFor(emulator, virginia);
    for (const name of names) await buildBucket(there, name, { inRegion: virginia, statements: [] });
    const stockholm = clientsFor(emulator, 'eu-north-1');
    await buildBucket(stockholm, 'elsewhere', { inRegion: 'eu-north-1' });
    await there.s3.send(new DeletePublicAccessBlockCommand({ Bucket: 'many-07' }));
  });
  const bucketsOf = async (of: Region) =>
    need(factOf(await take({ facts: ['s3.buckets'], regions: [home, virginia] }), 's3.buckets', of));

  test('are read in their own Regions, page by page, and not in one that was not asked for', async () => {
    expect((await bucketsOf(virginia)).map(({ name }) => name)).toEqual(names);
    const pages = emulator.log.calls.filter(
      ({ name, region: at }) => name === 's3:ListBuckets' && at === virginia,
    );
    expect(pages).toHaveLength(3);
    expect(emulator.log.repeated()).toEqual([]);
    expect((await bucketsOf(home)).map(({ name }) => name)).toEqual([built.bucket, 'securecart-trail']);
    const asked = emulator.log.calls.filter(({ parameters }) => parameters.startsWith(`/${built.bucket}`));
    expect(new Set(asked.map(({ region: at }) => at))).toEqual(new Set([home]));
  });

  test('without a policy, tags or a block say so, which is not a denial', async () => {
    const bucket = (await bucketsOf(virginia)).find(({ name }) => name === 'many-07');
    const known = <T>(value: T): Fact<T> => ({ kind: 'known', value });
    expect(bucket).toEqual({
      name: 'many-07',
      encryption: known({ algorithm: 'AES256', bucketKey: false }),
      blockedEncryption: known([]),
      publicAccessBlock: known(null),
      policy: known(null),
      tags: known({}),
    });
  });

  test('one that refuses its policy is unknown in that alone, and no other bucket is', async () => {
    emulator.faults.add({
      call: 's3:GetBucketPolicy',
      nth: 3,
      effect: { kind: 'error', error: { code: 'AccessDenied', status: 403, message: 'explicit deny' } },
    });
    const buckets = need(
      factOf(await take({ facts: ['s3.buckets'], regions: [virginia] }), 's3.buckets', virginia),
    );
    const unknown = buckets.filter(({ policy }) => policy.kind === 'unknown');
    expect(unknown).toHaveLength(1);
    expect(unknown[0]).toMatchObject({
      encryption: { kind: 'known' },
      policy: { reason: { kind: 'denied', call: 's3:GetBucketPolicy', action: 's3:GetBucketPolicy' } },
    });
  });

  test('a policy with an element that IAM does not have is unknown, not a policy without it', async () => {
    const statements = [{ ...tlsOnly('strange'), Except: 'somebody' }];
    await buildBucket(clientsFor(emulator, 'eu-west-3'), 'strange', { inRegion: 'eu-west-3', statements });
    const paris = Region.parse('eu-west-3');
    const [bucket] = need(
      factOf(await take({ facts: ['s3.buckets'], regions: [paris] }), 's3.buckets', paris),
    );
    expect(bucket?.policy).toMatchObject({
      kind: 'unknown',
      reason: { kind: 'failed', call: 's3:GetBucketPolicy', error: { code: 'MissingField' } },
    });
  });
});

test('with whom snapshots are shared, and that the account has no settings of its own', async () => {
  await emulator.reset();
  await openStorage.build(clientsFor(emulator));
  const snapshot = await takeAll();
  const snapshots = need(factOf(snapshot, 'ebs.snapshots'));
  expect(snapshots).toHaveLength(2);
  const shared = snapshots.filter(({ encrypted }) => encrypted).map(({ id }) => id);
  expect(need(factOf(snapshot, 'ebs.publicSnapshots'))).toEqual(shared);
  const named = need(factOf(snapshot, 'ebs.snapshotSharing')).map(
    ({ snapshot: id, accounts }) => [shared.includes(id), need(accounts)] as const,
  );
  expect(new Map(named)).toEqual(
    new Map([
      [true, []],
      [false, ['999999999999']],
    ]),
  );
  expect(need(factOf(snapshot, 'rds.snapshots')).map(({ sharedWith }) => need(sharedWith))).toEqual([
    ['999999999999'],
    ['all'],
  ]);
  expect(snapshot.global['s3.accountPublicAccessBlock']).toEqual({ kind: 'known', value: null });
});
