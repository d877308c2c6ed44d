import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { planForShop } from '../../test/apply/planned.ts';
import { GROUP, rule, shop } from '../../test/builders/shop.ts';
import { fakeWorld } from '../../test/builders/world.ts';
import type { EngineEvent } from '../apply/engine.ts';
import { beginProgress } from '../apply/progress.ts';
import { changesOf } from '../model/plan.ts';
import { widthOf } from '../report/text.ts';
import { tellOf } from './change-progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const facts = shop();
facts['ec2.securityGroupRules'].push(rule('sgr-0bad', GROUP.rds, 'ingress tcp 5432 0.0.0.0/0'));
const plan = planForShop(facts);
const [change] = changesOf(plan);
if (change === undefined) throw new Error('the shop needs no change');
const progressOf = () => beginProgress(plan, '00000000-0000-4000-8000-000000000000');

const waiting = {
  kind: 'waiting',
  change: change.id,
  for: 'AWS to finish with db-instance shop',
} as const;
const of = (kind: 'begun' | 'waited' | 'made'): EngineEvent => ({ kind, change: change.id });

test('a pipe gets one line for each wait and for each end', () => {
  const { world, stderr } = fakeWorld();
  const tell = tellOf(world, { color: false }, progressOf());
  for (const event of [of('begun'), waiting, waiting, of('waited'), of('made')]) tell(event);
  expect(stderr().split('\n')).toEqual([
    `· 1. ${change.title}: waiting for AWS to finish with`,
    '  db-instance shop',
    `✓ 1. ${change.title}`,
    '',
  ]);
});

test('a terminal shows the wait on a line that counts the seconds, and is gone at the end', () => {
  const { world, stderr } = fakeWorld({ columns: 80 });
  let seconds = 0;
  const progress = progressOf();
  const tell = tellOf({ ...world, now: () => new Date(seconds * 1000) }, { color: false }, progress);
  tell(of('begun'));
  tell(waiting);
  seconds = 7;
  vi.advanceTimersByTime(1000);
  progress.record(change, undefined);
  tell(of('waited'));
  tell(of('made'));
  vi.advanceTimersByTime(5000);
  expect(stderr().split('\r\u001b[2K')).toEqual([
    '',
    `0 of 1 done, 0 s, 1. ${change.title}`,
    '0 of 1 done, 0 s, waiting for AWS to finish with db-instance shop',
    '0 of 1 done, 7 s, waiting for AWS to finish with db-instance shop',
    `✓ 1. ${change.title}\n`,
  ]);
});

test('a title steers no terminal, and fills no more than its line', () => {
  const { world, stderr } = fakeWorld({ columns: 40 });
  const title = `\u001b]0;owned\u0007 ${'幅'.repeat(40)}`;
  const [mend] = plan.mends;
  if (mend === undefined) throw new Error('the shop needs no mend');
  const mends = [{ ...mend, changes: [{ ...change, title }] }];
  tellOf(world, { color: false }, { plan: { ...plan, mends } })(of('begun'));
  const line = stderr().replace('\r\u001b[2K', '');
  expect(line).toContain('0 s, 1. \\u001b]0;owned\\u0007 幅');
  expect(widthOf(line)).toBeLessThanOrEqual(37);
  expect(line.endsWith('...')).toBe(true);
});

test('a terminal shows what is waited for before it is known how far a run came', () => {
  const { world, stderr } = fakeWorld({ columns: 80 });
  const tell = tellOf(world, { color: false }, { plan });
  tell(waiting);
  tell(of('waited'));
  expect(stderr().split('\r\u001b[2K')).toEqual([
    '',
    '0 s, waiting for AWS to finish with db-instance shop',
    '',
  ]);
});
