import { readFile } from 'node:fs/promises';
import {
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  type Rule,
  UpdateWebACLCommand,
} from '@aws-sdk/client-wafv2';
import { beforeEach, describe, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import type { LiveAccount } from '../../src/apply/account.ts';
import type { Plan } from '../../src/model/plan.ts';
import { planningNeeds } from '../../src/plan/make-plan.ts';
import type { PlanOptions } from '../../src/plan/scene.ts';
import { take } from '../snapshot/taking.ts';
import { demandStale } from './demand-stale.ts';
import { emulated } from './emulated.ts';
import { fix, undo } from './live.ts';
import { findingsOf, planFor } from './planned.ts';
import { whole } from './spoil-each.ts';
import { buildWeakWebAcl, SECRET, type WeakWebAcl } from './weak-web-acl.ts';

const ROWS = /^waf\//;
const controls = catalogue.filter(({ id }) => ROWS.test(id));
const facts = [...controls.flatMap(({ needs }) => needs), ...planningNeeds(controls.map(({ id }) => id))];

const on = emulated();
let built: WeakWebAcl;
let plan: Plan;
let prior: unknown;

const planNow = async (options: Partial<PlanOptions> = {}): Promise<Plan> =>
  planFor(await take({ facts }), options, ({ control }) => ROWS.test(control));

const webAcl = async () => {
  const [, , Name, Id] = built.webAcl.split('/');
  return on.aws.waf.send(new GetWebACLCommand({ Scope: 'REGIONAL', Name, Id }));
};

/** What a fix may change: the whole web ACL, its rules by name, and what it stands before. */
async function state() {
  const { WebACL } = await webAcl();
  const before = await Promise.all(
    [built.loadBalancer, built.stage].map(async ResourceArn => {
      const answer = await on.aws.waf.send(new GetWebACLForResourceCommand({ ResourceArn }));
      return answer.WebACL?.ARN;
    }),
  );
  const rules = new Map((WebACL?.Rules ?? []).map(rule => [rule.Name, rule]));
  return { ...WebACL, Rules: [...rules].sort(([a = ''], [b = '']) => (a < b ? -1 : 1)), before };
}

beforeEach(async () => {
  built = await buildWeakWebAcl(on.aws);
  prior = await state();
  plan = await planNow();
});

test('a fix lets the web ACL block by every row and stand before all, has nothing to do again, and is taken back', async () => {
  const path = on.file('whole');
  expect(plan.leftAlone).toEqual([]);
  expect(await fix(plan, path, on.account)).toEqual(whole);
  const bad = findingsOf(await take({ facts })).filter(
    ({ control, status }) => ROWS.test(control) && (status === 'fail' || status === 'unknown'),
  );
  expect(bad.map(({ control, message }) => `${control}: ${message}`)).toEqual([]);
  on.emulator.log.clear();
  const again = await planNow();
  expect({ mends: again.mends, leftAlone: again.leftAlone }).toEqual({ mends: [], leftAlone: [] });
  expect(on.emulator.log.mutating()).toEqual([]);
  expect(await undo(path, on.account)).toEqual(whole);
  expect(await state()).toEqual(prior);
});

test('what others put there stays, and what nobody may read is in no plan and no journal', async () => {
  const { WebACL: before } = await webAcl();
  const path = on.file('others');
  await fix(plan, path, on.account);
  const { WebACL: after } = await webAcl();
  const foreign = ({ Name = '' }: Rule) => /^(Origin|Shield)/.test(Name);
  expect(after?.Rules?.filter(foreign)).toEqual(before?.Rules?.filter(foreign));
  expect({ ...after, Rules: [] }).toEqual({ ...before, Rules: [] });
  const xss = after?.Rules?.find(({ Name }) => Name === 'Common')?.Statement?.ManagedRuleGroupStatement;
  expect(xss?.RuleActionOverrides).toEqual([{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }]);
  const priorities = after?.Rules?.map(({ Priority }) => Priority) ?? [];
  expect(new Set(priorities).size).toBe(priorities.length);
  const kept = `${JSON.stringify(plan)}${await readFile(path, 'utf8')}`;
  expect(kept).not.toContain(SECRET);
  expect(kept).not.toContain(Buffer.from(SECRET).toString('base64'));
});

test('with --waf-mode count new rules count, and are not taken back for that', async () => {
  const soft = await planNow({ wafMode: 'count' });
  const unfinished = soft.mends.filter(mend => mend.unfinished !== undefined).map(({ title }) => title);
  expect(unfinished).toEqual([
    'let web ACL securecart do what the baseline asks',
    'put web ACL securecart before load balancer securecart',
  ]);
  await fix(soft, on.file('count'), on.account);
  const { WebACL } = await webAcl();
  const doing = (name: string) => WebACL?.Rules?.find(({ Name }) => Name === name)?.Action;
  expect(doing('RateLimit')).toEqual({ Count: {} });
  expect(doing('Countries')).toMatchObject({ Block: {} });
});

describe('when somebody writes the web ACL', () => {
  const write = async (change: (rules: Rule[]) => Rule[]) => {
    const { WebACL, LockToken } = await webAcl();
    const rules = (WebACL?.Rules ?? []).map(({ Action, OverrideAction, ...rule }) => ({
      ...rule,
      ...(Action && { Action }),
      ...(OverrideAction && { OverrideAction }),
    }));
    const { Name, Id, DefaultAction, VisibilityConfig } = WebACL ?? {};
    const all = { Scope: 'REGIONAL' as const, Name, Id, DefaultAction, VisibilityConfig, LockToken };
    await on.aws.waf.send(new UpdateWebACLCommand({ ...all, Rules: change(rules) }));
  };

  test('before the fix, it is refused untouched', async () => {
    await write(rules => rules.map(rule => (rule.Name === 'Sql' ? { ...rule, Priority: 77 } : rule)));
    await demandStale(on, plan, /rules lost .*Name: Sql.* gained .*Priority: 77/);
  });

  test.each([
    { name: 'a rule of theirs that is compared', change: { Priority: 77 }, ends: 1 },
    { name: 'nothing that is compared', change: {}, ends: 0 },
  ])('between the look and the call: $name', async ({ change, ends }) => {
    let raced = false;
    const racing: LiveAccount = {
      ...on.account,
      send: async (call, region) => {
        if (call.operation === 'UpdateWebACL' && !raced) {
          raced = true;
          await write(rules => rules.map(rule => (rule.Name === 'Sql' ? { ...rule, ...change } : rule)));
        }
        return on.account.send(call, region);
      },
    };
    const run = await fix(plan, on.file(`raced-${ends}`), racing, { parallel: 1 });
    expect(raced).toBe(true);
    expect(run.failures).toHaveLength(ends);
    const sql = (await webAcl()).WebACL?.Rules?.find(({ Name }) => Name === 'Sql');
    expect(sql?.OverrideAction).toEqual(ends === 1 ? { Count: {} } : { None: {} });
  });
});
