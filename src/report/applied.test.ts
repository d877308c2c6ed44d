import { expect, test } from 'vitest';
import { planForShop } from '../../test/apply/planned.ts';
import { GROUP, rule, shop } from '../../test/builders/shop.ts';
import { changesOf } from '../model/plan.ts';
import { type AppliedResult, renderApplied } from './applied.ts';
import { lookOf } from './look.ts';

const facts = shop();
facts['ec2.securityGroupRules'].push(rule('sgr-0bad', GROUP.rds, 'ingress tcp 5432 0.0.0.0/0'));
const plan = planForShop(facts);
const [change = ''] = changesOf(plan).map(({ id }) => id);
const ended: AppliedResult = { done: [], failures: [], interrupted: false, notFixed: [], gaps: [] };
const done = [change];
const stopped = (kind: AppliedResult['failures'][number]['kind'], needsNewPlan?: true) => ({
  failures: [{ kind, change, detail: 'said AWS', ...(needsNewPlan && { needsNewPlan }) }],
});

const NEW_PLAN = 'To go on:     securecart fix makes a new plan, of what is there now';
const RESUME = 'To go on:     securecart fix --resume j.jsonl';
const BACK = 'To take back: securecart undo j.jsonl';

test.each<{ name: string; result: Partial<AppliedResult>; ways: string[] }>([
  { name: 'all is done', result: { done }, ways: [BACK] },
  { name: 'the first call was refused', result: stopped('failed'), ways: [RESUME] },
  { name: 'a refusal meets every try', result: stopped('failed', true), ways: [NEW_PLAN] },
  { name: 'the object has changed', result: stopped('moved'), ways: [NEW_PLAN] },
  { name: 'AWS gave up what it began', result: stopped('given-up', true), ways: [NEW_PLAN, BACK] },
  { name: 'nobody knows what a call did', result: stopped('unknown'), ways: [RESUME, BACK] },
  {
    name: 'what did not mend was taken back',
    result: { done, notFixed: plan.mends, takenBack: { failures: [], journal: 'j.jsonl.undo-1.jsonl' } },
    ways: ['Journal of the undo: j.jsonl.undo-1.jsonl', BACK],
  },
])('where $name, the ways on are told', ({ result, ways }) => {
  const look = lookOf({ width: 80, colors: 0, unicode: true, all: false });
  const lines = renderApplied(plan, { ...ended, ...result }, 'j.jsonl', look)
    .trimEnd()
    .split('\n');
  expect(lines.filter(line => /^(To |Journal of)/.test(line))).toEqual(ways);
  expect(lines.at(-1)).toBe('Journal: j.jsonl');
});
