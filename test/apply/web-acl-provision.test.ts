import { DeleteRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetWebACLForResourceCommand,
  ListIPSetsCommand,
  ListWebACLsCommand,
  UpdateIPSetCommand,
} from '@aws-sdk/client-wafv2';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { changesOf } from '../../src/model/plan.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { associate, createWebAcl, visible } from '../emulator/accounts/web-acl.ts';
import { emulated } from './emulated.ts';
import { fix, undo } from './live.ts';
import { look, operationsOf, shortcomings } from './provisioned.ts';
import { whole } from './spoil-each.ts';
import { buildFronts, type Fronts, planOfWaf, stateOfWaf } from './waf-account.ts';

const on = emulated();
const { waf } = shippedBaseline;
const withWaf = (changed: Partial<Baseline['waf']>): Baseline => ({
  ...shippedBaseline,
  waf: { ...waf, ...changed },
});

const shortOfWaf = async (): Promise<string[]> =>
  shortcomings(await look()).filter(finding => finding.startsWith('waf/'));

const aclBefore = async (ResourceArn: string): Promise<string | undefined> =>
  (await on.aws.waf.send(new GetWebACLForResourceCommand({ ResourceArn }))).WebACL?.Name;

/** A web ACL of somebody's, with one rule that counts. */
const buildForeign = (name: string): Promise<string> =>
  createWebAcl(on.aws, name, [
    {
      Name: 'Theirs',
      Priority: 0,
      Action: { Count: {} },
      Statement: { GeoMatchStatement: { CountryCodes: ['KP'] } },
      VisibilityConfig: visible('Theirs'),
    },
  ]);

test('an account with a load balancer and a stage gets all of it before both, audits clean, needs nothing more, and is as it was after undo', async () => {
  const fronts = await buildFronts(on.aws);
  const before = await stateOfWaf();
  const plan = await planOfWaf();
  expect({ adopted: plan.adopted, leftAlone: plan.leftAlone }).toEqual({ adopted: [], leftAlone: [] });
  expect(operationsOf(plan)).toEqual([
    'CreateIPSet',
    'CreateIPSet',
    'CreateLogGroup',
    'PutRetentionPolicy',
    'CreateWebACL',
    'PutLoggingConfiguration',
    'AssociateWebACL',
    'AssociateWebACL',
  ]);
  const path = on.file('fronts');
  expect(await fix(plan, path, on.account)).toEqual(whole);
  expect(await shortOfWaf()).toEqual([]);
  expect(await Promise.all(Object.values(fronts).map(aclBefore))).toEqual(['securecart', 'securecart']);
  expect(changesOf(await planOfWaf())).toEqual([]);
  expect(await undo(path, on.account)).toEqual(whole);
  expect(await stateOfWaf()).toBe(before);
});

describe('an account in which nothing is public', () => {
  test('gets the web ACL all the same, by the rows of the baseline in their order, and is as it was after undo', async () => {
    const before = await stateOfWaf();
    const plan = await planOfWaf();
    const path = on.file('idle');
    expect(await fix(plan, path, on.account)).toEqual(whole);
    const { WebACLs = [] } = await on.aws.waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL' }));
    expect(WebACLs.map(({ Name }) => Name)).toEqual(['securecart']);
    on.emulator.log.clear();
    const again = await planOfWaf();
    expect(changesOf(again)).toEqual([]);
    expect(again.adopted?.map(({ what, id }) => `${what} ${id}`)).toEqual([
      'IP set securecart-blocklist-ipv4',
      'IP set securecart-blocklist-ipv6',
      'web ACL securecart',
    ]);
    expect(await undo(path, on.account)).toEqual(whole);
    expect(await stateOfWaf()).toBe(before);
  });

  test.each<{ name: string; changed: Baseline; calls: string[]; left: string[] }>([
    {
      name: 'a limit',
      changed: withWaf({
        rules: waf.rules.map(row =>
          row.statement.kind === 'rate' ? { ...row, statement: { ...row.statement, limit: 50 } } : row,
        ),
      }),
      calls: ['UpdateWebACL'],
      left: [],
    },
    {
      name: 'the name of the web ACL',
      changed: withWaf({ name: 'shop' }),
      calls: [],
      left: ['in-place'],
    },
    {
      name: 'its log',
      changed: withWaf({ logging: { ...waf.logging, logs: false } }),
      calls: [],
      left: [],
    },
  ])('follows a baseline that has changed since by $name', async ({ name, changed, calls, left }) => {
    await fix(await planOfWaf(), on.file(`before ${name}`), on.account);
    const plan = await planOfWaf(changed);
    expect(operationsOf(plan)).toEqual(calls);
    expect(plan.leftAlone.map(({ obstacle }) => obstacle)).toEqual(left);
    expect(await fix(plan, on.file(`after ${name}`), on.account)).toEqual(whole);
    expect(changesOf(await planOfWaf(changed))).toEqual([]);
  });

  test('has a web ACL of that name completed, and what is in it stays', async () => {
    await buildForeign('securecart');
    const prior = await stateOfWaf();
    const plan = await planOfWaf();
    expect(operationsOf(plan)).toEqual([
      'CreateIPSet',
      'CreateIPSet',
      'CreateLogGroup',
      'PutRetentionPolicy',
      'UpdateWebACL',
      'PutLoggingConfiguration',
    ]);
    const path = on.file('completed');
    expect(await fix(plan, path, on.account)).toEqual(whole);
    expect(await stateOfWaf()).toContain('Theirs');
    expect(changesOf(await planOfWaf())).toEqual([]);
    expect(await undo(path, on.account)).toEqual(whole);
    expect(await stateOfWaf()).toBe(prior);
  });

  test('whose log a run has left before it said how long to keep it, has that said', async () => {
    const path = on.file('forever');
    await fix(await planOfWaf(), path, on.account);
    await on.aws.logs.send(new DeleteRetentionPolicyCommand({ logGroupName: 'aws-waf-logs-securecart' }));
    const plan = await planOfWaf();
    expect(operationsOf(plan)).toEqual(['PutRetentionPolicy']);
    expect(await fix(plan, `${path}.rest`, on.account)).toEqual(whole);
    expect(changesOf(await planOfWaf())).toEqual([]);
  });

  test('gets no log where the baseline asks for none', async () => {
    const plan = await planOfWaf(withWaf({ logging: { ...waf.logging, logs: false } }));
    expect(operationsOf(plan)).toEqual(['CreateIPSet', 'CreateIPSet', 'CreateWebACL']);
  });
});

describe("a web ACL of somebody else's", () => {
  let fronts: Fronts;
  let theirs: string;
  beforeEach(async () => {
    fronts = await buildFronts(on.aws);
    theirs = await buildForeign('corporate');
  });

  test('that stands before all that is public is adopted and completed, and no other one is created', async () => {
    await associate(on.aws, theirs, Object.values(fronts));
    const plan = await planOfWaf();
    expect(plan.adopted?.map(({ id }) => id)).toEqual(['corporate']);
    expect(operationsOf(plan)).not.toContain('CreateWebACL');
    expect(operationsOf(plan)).not.toContain('AssociateWebACL');
    expect(await fix(plan, on.file('adopted'), on.account)).toEqual(whole);
    expect(await shortOfWaf()).toEqual([]);
    expect(await Promise.all(Object.values(fronts).map(aclBefore))).toEqual(['corporate', 'corporate']);
  });

  test('that stands before a part of it stays there, and the rest gets one of its own', async () => {
    await associate(on.aws, theirs, [fronts.stage]);
    expect(await fix(await planOfWaf(), on.file('part'), on.account)).toEqual(whole);
    expect(await shortOfWaf()).toEqual([]);
    expect(await aclBefore(fronts.stage)).toBe('corporate');
    expect(await aclBefore(fronts.loadBalancer)).toBe('securecart');
  });
});

test('with --waf-mode count its rules count until an apply without it', async () => {
  await buildFronts(on.aws);
  const soft = await planOfWaf(shippedBaseline, { wafMode: 'count' });
  expect(soft.mends.filter(({ unfinished }) => unfinished !== undefined).map(({ title }) => title)).toEqual([
    'create the web ACL securecart',
    'put web ACL securecart before load balancer securecart',
    'put web ACL securecart before stage prod of REST API orders',
  ]);
  expect(await fix(soft, on.file('soft'), on.account)).toEqual(whole);
  expect(changesOf(await planOfWaf(shippedBaseline, { wafMode: 'count' }))).toEqual([]);
  expect(await fix(await planOfWaf(), on.file('hard'), on.account)).toEqual(whole);
  expect(await shortOfWaf()).toEqual([]);
});

test('an IP set that an automation has written since is not taken back, unless by force', async () => {
  const path = on.file('filled');
  await fix(await planOfWaf(), path, on.account);
  const { IPSets: [set] = [] } = await on.aws.waf.send(new ListIPSetsCommand({ Scope: 'REGIONAL' }));
  const { Name, Id, LockToken } = set ?? {};
  const Addresses = ['203.0.113.7/32'];
  await on.aws.waf.send(new UpdateIPSetCommand({ Scope: 'REGIONAL', Name, Id, LockToken, Addresses }));
  await expect(undo(path, on.account)).rejects.toMatchObject({
    code: 'undo-conflict',
    detail: expect.stringContaining('203.0.113.7/32'),
  });
  expect(await undo(path, on.account, true)).toEqual(whole);
});
