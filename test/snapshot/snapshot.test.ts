import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { need } from '../../src/model/fact.ts';
import { Region } from '../../src/model/identifiers.ts';
import { callsFor } from '../../src/services/readers.ts';
import { readSnapshot } from '../../src/snapshot/read-snapshot.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { writeSnapshot } from '../../src/snapshot/write-snapshot.ts';
import { buildCompliantNetwork, type Network } from '../emulator/accounts/compliant-network.ts';
import { clientsFor } from '../emulator/clients.ts';
import { account, credentials, type Emulator, region, startEmulator } from '../emulator/emulator.ts';
import { leadTo } from '../emulator/lead-to.ts';
import { callLog, idle, networkFacts, take } from './taking.ts';

const password = 'a-password-in-an-environment';
const home = Region.parse(region);

let emulator: Emulator;
let network: Network;

beforeAll(async () => {
  emulator = await startEmulator();
  const clients = clientsFor(emulator);
  network = await buildCompliantNetwork(clients);
  await clients.lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: 'securecart-orders',
      Environment: { Variables: { DB_PASSWORD: password } },
    }),
  );
});
afterAll(() => emulator.stop());
beforeEach(() => leadTo(emulator));

const factsOf = (snapshot: Snapshot) => snapshot.regions[home] ?? {};
const byName = (a: string, b: string) => (a < b ? -1 : 1);

describe('the compliant network, read back', () => {
  let snapshot: Snapshot;
  beforeEach(async () => {
    snapshot = await take();
  });

  test('every fact is known', () => {
    const unknown = Object.entries(factsOf(snapshot)).filter(([, fact]) => fact.kind === 'unknown');
    expect(unknown).toEqual([]);
    expect(Object.keys(factsOf(snapshot)).sort()).toEqual([...networkFacts].sort());
  });

  test('the account is who asked', () => {
    expect(need(snapshot.account)).toMatchObject({ id: account, partition: 'aws' });
  });

  test('the file says the same, whoever reads it', () => {
    expect(readSnapshot(writeSnapshot(snapshot), 'account.json')).toEqual(snapshot);
  });

  test('tiers, routes and gateways', () => {
    const facts = factsOf(snapshot);
    const subnets = need(facts['ec2.subnets'] ?? missing);
    expect(subnets.map(({ id }) => id)).toEqual(Object.values(network.subnets).flat().sort(byName));
    expect(
      subnets.every(
        ({ vpc, owner, publicIpOnLaunch }) => vpc === network.vpc && owner === account && !publicIpOnLaunch,
      ),
    ).toBe(true);
    const table = need(facts['ec2.routeTables'] ?? missing).find(
      ({ id }) => id === network.routeTables.public,
    );
    expect(table?.subnets).toEqual([...network.subnets.public].sort(byName));
    expect(table?.routes).toContainEqual({
      destination: { kind: 'ipv4', cidr: '0.0.0.0/0' },
      target: network.gateway,
      active: true,
    });
  });

  test('rules of security groups, one peer each', () => {
    const rules = need(factsOf(snapshot)['ec2.securityGroupRules'] ?? missing);
    const of = (group: string, direction: string) =>
      rules
        .filter(rule => rule.group === group && rule.direction === direction)
        .map(({ protocol, from, to, peer }) => ({ protocol, from, to, peer }));
    expect(of(network.groups.rds, 'ingress')).toMatchObject([
      {
        protocol: 'tcp',
        from: 5432,
        to: 5432,
        peer: { kind: 'security-group', id: network.groups.backend, owner: account },
      },
    ]);
    expect(of(network.groups.rds, 'egress')).toEqual([]);
    expect(of(network.groups.backend, 'egress')).toContainEqual({
      protocol: 'tcp',
      from: 443,
      to: 443,
      peer: { kind: 'prefix-list', id: expect.stringMatching(/^pl-/) },
    });
  });

  test("the lists that rules name, and AWS's of S3 and DynamoDB, with their entries", () => {
    const lists = need(factsOf(snapshot)['ec2.prefixLists'] ?? missing);
    expect(lists.map(({ name }) => name).sort(byName)).toEqual([
      `com.amazonaws.${region}.dynamodb`,
      `com.amazonaws.${region}.s3`,
    ]);
    expect(lists.every(({ entries }) => need(entries).length > 0)).toBe(true);
  });

  test('what the groups are attached to', () => {
    const facts = factsOf(snapshot);
    expect(need(facts['elbv2.loadBalancers'] ?? missing)).toMatchObject([
      {
        vpc: network.vpc,
        type: 'application',
        scheme: 'internet-facing',
        securityGroups: [network.groups.alb],
      },
    ]);
    expect(need(facts['rds.dbInstances'] ?? missing)).toMatchObject([
      { vpc: network.vpc, securityGroups: [network.groups.rds], publiclyAccessible: false },
    ]);
    expect(need(facts['ecs.services'] ?? missing)).toMatchObject([
      { securityGroups: [network.groups.backend], assignPublicIp: false },
    ]);
    expect(need(facts['lambda.functions'] ?? missing)).toMatchObject([
      { vpc: { id: network.vpc, securityGroups: [network.groups.lambda] } },
    ]);
  });
});

/** For a fact that is not in a snapshot at all. */
const missing = { kind: 'unknown', reason: { kind: 'not-read', call: 'none' } } as const;

describe('the calls', () => {
  test('change nothing, come once each, and are those that the readers name', async () => {
    const snapshot = await take();
    expect(emulator.log.mutating()).toEqual([]);
    expect(emulator.log.repeated()).toEqual([]);
    const named = (await callsFor(networkFacts)).map(({ call }) => call);
    const made = new Set(emulator.log.calls.map(({ name }) => name));
    expect([...made, ...idle].sort(byName)).toEqual([...named, 'sts:GetCallerIdentity'].sort(byName));
    expect(snapshot.calls).toEqual({ made: emulator.log.calls.length, throttled: 0 });
  });

  test('are those of the facts that are asked for, and of what these look at', async () => {
    const snapshot = await take({ facts: ['rds.dbInstances'] });
    expect(emulator.log.calls.map(({ name }) => name)).toEqual([
      'sts:GetCallerIdentity',
      'rds:DescribeDBInstances',
    ]);
    expect(Object.keys(factsOf(snapshot))).toEqual(['rds.dbInstances']);
  });

  test('and the file hold no secret', async () => {
    const { events, onCall } = callLog();
    const text = writeSnapshot(await take({}, { onCall })) + JSON.stringify(events);
    expect(events.length).toBe(emulator.log.calls.length);
    for (const secret of [password, credentials.accessKeyId, credentials.secretAccessKey, 'Signature=']) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('Regions', () => {
  const [paris, stockholm] = [Region.parse('eu-west-3'), Region.parse('eu-north-1')];

  test("the profile's where none is named, with the profile's keys", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'securecart-'));
    const config = join(folder, 'config');
    await writeFile(
      config,
      `[profile shop]\nregion = ${stockholm}\naws_access_key_id = AKIASHOP000000000000\naws_secret_access_key = shop\n`,
    );
    vi.stubEnv('AWS_CONFIG_FILE', config);
    vi.stubEnv('AWS_REGION', undefined);
    const snapshot = await take({ facts: ['ec2.vpcs'] }, { profile: 'shop' });
    expect(Object.keys(snapshot.regions)).toEqual([stockholm]);
    expect([...new Set(emulator.log.calls.map(({ accessKeyId }) => accessKeyId))]).toEqual([
      'AKIASHOP000000000000',
    ]);
    await rm(folder, { recursive: true });
  });

  test('those that are named, and no more', async () => {
    const snapshot = await take({ facts: ['ec2.vpcs'], regions: [stockholm, paris, stockholm] });
    expect(Object.keys(snapshot.regions)).toEqual([stockholm, paris]);
    expect(snapshot.skippedRegions).toEqual([]);
  });

  test('all that are enabled; the others of the partition are told', async () => {
    const snapshot = await take({ facts: ['ec2.vpcs'], regions: ['all'] });
    const read = Object.keys(snapshot.regions);
    expect(read).toEqual(expect.arrayContaining([home, paris, stockholm, 'us-east-1']));
    expect(read.filter(name => /^(cn|us-gov)-/.test(name))).toEqual([]);
    expect(snapshot.skippedRegions.length).toBeGreaterThan(0);
    for (const { region: skipped, reason } of snapshot.skippedRegions) {
      expect(read).not.toContain(skipped);
      expect(reason).toMatchObject({ kind: 'not-read', error: { code: 'not-opted-in' } });
    }
  });

  test('where they cannot be listed, the default one is read and the rest stays unknown', async () => {
    emulator.faults.denyAction('ec2:DescribeRegions');
    const snapshot = await take({ facts: ['ec2.vpcs'], regions: ['all'] });
    expect(Object.keys(snapshot.regions)).toEqual([home]);
    expect(snapshot.skippedRegions).toMatchObject([
      {
        region: 'all',
        reason: { kind: 'denied', call: 'ec2:DescribeRegions', action: 'ec2:DescribeRegions' },
      },
    ]);
  });
});
