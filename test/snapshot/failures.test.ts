import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fact, UnknownReason } from '../../src/model/fact.ts';
import { need } from '../../src/model/fact.ts';
import { Region } from '../../src/model/identifiers.ts';
import type { FactName } from '../../src/services/facts.ts';
import type { Reader } from '../../src/services/reader.ts';
import { callsFor, loadReaders, withNeeded } from '../../src/services/readers.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { buildCompliantNetwork } from '../emulator/accounts/compliant-network.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, region, startEmulator } from '../emulator/emulator.ts';
import type { Effect } from '../emulator/faults.ts';
import { leadTo } from '../emulator/lead-to.ts';
import { callLog, idle, networkFacts, take } from './taking.ts';

const home = Region.parse(region);

let emulator: Emulator;
let whole: Snapshot;

beforeAll(async () => {
  emulator = await startEmulator();
  await buildCompliantNetwork(clientsFor(emulator));
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  const leave = leadTo(emulator);
  whole ??= await take();
  emulator.log.clear();
  return leave;
});

const entriesOf = (snapshot: Snapshot): [string, Fact<unknown>][] =>
  Object.entries(snapshot.regions[home] ?? {}).map(([name, fact]) => [name, fact]);

const reasonOf = (fact: Fact<unknown> | undefined): UnknownReason | undefined =>
  fact?.kind === 'unknown' ? fact.reason : undefined;

/** The facts that a fact is read by, itself among them. Which lists rules name is known as far as the rules are. */
const chainOf = async (name: FactName) => (name === 'ec2.prefixLists' ? [name] : await withNeeded([name]));

const isReadBy = (reader: Pick<Reader<FactName>, 'calls'> | undefined, call: string): boolean =>
  reader?.calls.some(of => of.call === call) === true;

/** What is asked of each thing of a list, and makes unknown a part of that thing. */
const partial = [
  'ec2:GetManagedPrefixListEntries',
  'rds:DescribeDBParameters',
  'rds:DescribeEngineDefaultParameters',
  'rds:ListTagsForResource',
];

describe('a call that is denied', () => {
  test('makes unknown, with its name and its action, what is read by it, and nothing else', async () => {
    const readers = await loadReaders(networkFacts);
    const calls = (await callsFor(networkFacts)).filter(({ call }) => ![...idle, ...partial].includes(call));
    for (const { call, action } of calls) {
      emulator.faults.clear();
      emulator.faults.denyAction(action);
      const snapshot = await take();
      for (const [name, fact] of entriesOf(snapshot)) {
        const own = networkFacts.find(candidate => candidate === name);
        const isRead = own !== undefined && (await chainOf(own)).some(link => isReadBy(readers[link], call));
        if (isRead)
          expect(reasonOf(fact), `${name} without ${action}`).toMatchObject({ kind: 'denied', call, action });
        else if (name !== 'ec2.prefixLists')
          expect(fact, `${name} without ${action}`).toEqual(Object.fromEntries(entriesOf(whole))[name]);
      }
    }
  });

  test.each(partial)('makes unknown what %s is asked of', async call => {
    emulator.faults.denyAction(call);
    const facts = JSON.stringify((await take()).regions[home]);
    expect(facts).toContain(JSON.stringify({ kind: 'denied', call, action: call }).slice(0, -1));
  });

  test("leaves the other lists' entries known, and the lists themselves", async () => {
    emulator.faults.add({ call: 'ec2:GetManagedPrefixListEntries', nth: 1, effect: { kind: 'deny' } });
    const snapshot = await take({ facts: ['ec2.prefixLists'] });
    const lists = need(snapshot.regions[home]?.['ec2.prefixLists'] ?? notRead);
    const kinds = lists.map(({ entries }) => entries.kind).sort((a, b) => (a < b ? -1 : 1));
    expect(kinds).toEqual(['known', 'unknown']);
    expect(reasonOf(lists.find(({ entries }) => entries.kind === 'unknown')?.entries)).toMatchObject({
      kind: 'denied',
      call: 'ec2:GetManagedPrefixListEntries',
      action: 'ec2:GetManagedPrefixListEntries',
    });
  });

  test('of the caller leaves the account unknown and the facts known', async () => {
    emulator.faults.denyAction('sts:GetCallerIdentity');
    const snapshot = await take({ facts: ['ec2.vpcs'] });
    expect(reasonOf(snapshot.account)).toMatchObject({ kind: 'denied', action: 'sts:GetCallerIdentity' });
    expect(snapshot.regions[home]?.['ec2.vpcs']?.kind).toBe('known');
  });

  test('in one Region leaves the others alone', async () => {
    const paris = Region.parse('eu-west-3');
    const authFailure = {
      code: 'AuthFailure',
      status: 401,
      message: 'AWS was not able to validate the credentials',
    };
    emulator.faults.add({ call: 'ec2:DescribeVpcs', nth: 1, effect: { kind: 'error', error: authFailure } });
    const { regions } = await take({ facts: ['ec2.vpcs'], regions: [home, paris] });
    const reasons = Object.values(regions).map(facts => reasonOf(facts['ec2.vpcs']));
    const [reason] = reasons.filter(found => found !== undefined);
    expect(reasons).toHaveLength(2);
    expect(reason).toMatchObject({
      kind: 'denied',
      call: 'ec2:DescribeVpcs',
      error: { code: 'AuthFailure' },
    });
    expect(reason).not.toHaveProperty('action');
  });
});

const notRead = { kind: 'unknown', reason: { kind: 'not-read', call: 'none' } } as const;

describe('a call that fails for good', () => {
  const cases: { name: string; effect: Effect; kind: string; call?: string; fact?: 'ecs.services' }[] = [
    { name: 'throttled at every try', effect: { kind: 'throttle' }, kind: 'throttled' },
    { name: 'a failure of AWS', effect: { kind: 'server-error' }, kind: 'failed' },
    { name: 'a cut connection', effect: { kind: 'cut', when: 'before' }, kind: 'network' },
    { name: 'no answer in time', effect: { kind: 'delay', milliseconds: 2_000 }, kind: 'timeout' },
    {
      name: 'an operation that is not there',
      effect: { kind: 'error', error: { code: 'InvalidAction', status: 400, message: 'no such action' } },
      kind: 'unsupported',
    },
  ];
  test.each(cases)('$name: $kind', async ({ effect, kind }) => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '2');
    emulator.faults.add({ call: 'ec2:DescribeVpcs', effect });
    const snapshot = await take({ facts: ['ec2.vpcs', 'ec2.subnets'] }, { requestTimeout: 1_000 });
    const facts = snapshot.regions[home] ?? {};
    expect(reasonOf(facts['ec2.vpcs'])).toMatchObject({ kind, call: 'ec2:DescribeVpcs' });
    expect(facts['ec2.subnets']?.kind).toBe('known');
  });

  test('a fact that takes too long is given up, and says which call it waited for', async () => {
    emulator.faults.add({ call: 'ec2:DescribeVpcs', effect: { kind: 'delay', milliseconds: 4_000 } });
    const snapshot = await take({ facts: ['ec2.vpcs'], factTimeout: 1_500 });
    expect(reasonOf(snapshot.regions[home]?.['ec2.vpcs'])).toMatchObject({
      kind: 'timeout',
      call: 'ec2:DescribeVpcs',
      error: { code: 'Timeout', message: 'The fact was not read within 1.5 seconds.' },
    });
  });
});

test('a call that is throttled once is made again, counted and told', async () => {
  const { events, onCall } = callLog();
  emulator.faults.add({ call: 'ec2:DescribeVpcs', nth: 1, effect: { kind: 'throttle' } });
  const snapshot = await take({ facts: ['ec2.vpcs'] }, { onCall });
  expect(snapshot.regions[home]?.['ec2.vpcs']?.kind).toBe('known');
  expect(snapshot.calls).toEqual({ made: 3, throttled: 1 });
  expect(events.map(({ call, attempt, status, error }) => ({ call, attempt, status, error }))).toEqual([
    { call: 'sts:GetCallerIdentity', attempt: 1, status: 200, error: undefined },
    { call: 'ec2:DescribeVpcs', attempt: 1, status: 503, error: 'RequestLimitExceeded' },
    { call: 'ec2:DescribeVpcs', attempt: 2, status: 200, error: undefined },
  ]);
});

describe('who is not known to AWS', () => {
  const error = (code: string, status: number): Effect => ({
    kind: 'error',
    error: { code, status, message: 'The security token included in the request is not good' },
  });
  const cases: { name: string; call: string; effect: Effect; detail: string }[] = [
    {
      name: 'by a bad key',
      call: 'sts:GetCallerIdentity',
      effect: error('InvalidClientTokenId', 403),
      detail: 'sts:GetCallerIdentity says InvalidClientTokenId',
    },
    {
      name: 'by an expired session',
      call: 'sts:GetCallerIdentity',
      effect: error('ExpiredToken', 403),
      detail: 'sts:GetCallerIdentity says ExpiredToken',
    },
    {
      name: 'by a session that expires on the way',
      call: 'ec2:DescribeVpcs',
      effect: error('RequestExpired', 400),
      detail: 'ec2:DescribeVpcs says RequestExpired',
    },
    {
      name: 'by a session that expires on the way to an entry',
      call: 'ec2:GetManagedPrefixListEntries',
      effect: error('RequestExpired', 400),
      detail: 'ec2:GetManagedPrefixListEntries says RequestExpired',
    },
  ];
  test.each(cases)('$name is told what to do, and gets no snapshot', async ({ call, effect, detail }) => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
    emulator.faults.add({ call, effect });
    await expect(take()).rejects.toMatchObject({
      code: 'credentials-unusable',
      detail: expect.stringContaining(detail),
      suggestion: expect.stringMatching(/sso login/),
    });
  });

  test('by no credentials at all', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    await expect(take()).rejects.toMatchObject({
      code: 'credentials-unusable',
      detail: expect.stringContaining('CredentialsProviderError'),
    });
    expect(emulator.log.calls).toEqual([]);
  });

  test('by a profile that is not there', async () => {
    await expect(take({}, { profile: 'nobody' })).rejects.toMatchObject({ code: 'credentials-unusable' });
  });

  test('is not asked for where no Region is chosen', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    await expect(take()).rejects.toMatchObject({
      code: 'region-unknown',
      suggestion: expect.stringContaining('--region'),
    });
    expect(emulator.log.calls).toEqual([]);
  });
});

describe('a role', () => {
  const role = {
    arn: 'arn:aws:iam::210987654321:role/auditor',
    externalId: 'shop-4711',
    sessionName: 'jane',
  };

  test('is taken on once for all clients, with its external id; the account is its own', async () => {
    const { events, onCall } = callLog();
    const snapshot = await take(
      { facts: ['ec2.vpcs', 'rds.dbInstances'], regions: [home, Region.parse('eu-west-3')] },
      { role, onCall },
    );
    const assumed = emulator.log.calls.filter(({ name }) => name === 'sts:AssumeRole');
    expect(
      assumed.map(({ parameters }) => Object.fromEntries(new URLSearchParams(parameters))),
    ).toMatchObject([{ RoleArn: role.arn, ExternalId: 'shop-4711', RoleSessionName: 'jane' }]);
    expect(need(snapshot.account)).toEqual({
      id: '210987654321',
      partition: 'aws',
      caller: 'arn:aws:sts::210987654321:assumed-role/auditor',
    });
    expect(snapshot.calls.made).toBe(emulator.log.calls.length);
    expect(events.some(({ call }) => call === 'sts:AssumeRole')).toBe(true);
  });

  test('that may not be taken on is told by its own call', async () => {
    emulator.faults.denyAction('sts:AssumeRole');
    await expect(take({}, { role })).rejects.toMatchObject({
      code: 'credentials-unusable',
      detail: expect.stringContaining('sts:AssumeRole says AccessDenied'),
    });
  });
});
