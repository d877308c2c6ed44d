import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeWorld } from '../../test/builders/world.ts';
import { Region } from '../model/identifiers.ts';
import { startProgress } from './progress.ts';

const region = Region.parse('eu-west-1');
const clear = '\r\u001b[2K';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a terminal shows what is awaited, and nothing of it at the end', () => {
  const { world, stderr, stdout } = fakeWorld({ columns: 80 });
  const progress = startProgress(world);
  progress.tell({ kind: 'reading', region, fact: 'ec2.vpcs' });
  progress.tell({ kind: 'reading', region, fact: 'ec2.subnets' });
  progress.tell({ kind: 'known', region, fact: 'ec2.vpcs' });
  progress.end();
  expect(stderr().split(clear)).toEqual([
    '',
    '0 of 1 read, 0 s, waiting for ec2.vpcs in eu-west-1',
    '0 of 2 read, 0 s, waiting for ec2.vpcs in eu-west-1; ec2.subnets in eu-west-1',
    '1 of 2 read, 0 s, waiting for ec2.subnets in eu-west-1',
    '',
  ]);
  expect(stdout()).toBe('');
});

test('the seconds go on while AWS does not answer, and stop at the end', () => {
  const { world, stderr } = fakeWorld({ columns: 80 });
  let seconds = 0;
  const progress = startProgress({ ...world, now: () => new Date(seconds * 1000) });
  progress.tell({ kind: 'reading', region, fact: 'ec2.vpcs' });
  seconds = 7;
  vi.advanceTimersByTime(1000);
  expect(stderr()).toMatch(/0 of 1 read, 7 s, waiting for ec2\.vpcs in eu-west-1$/);
  progress.end();
  const atTheEnd = stderr();
  vi.advanceTimersByTime(5000);
  expect(stderr()).toBe(atTheEnd);
});

test('the line is cut where the terminal ends', () => {
  const { world, stderr } = fakeWorld({ columns: 40 });
  const progress = startProgress(world);
  progress.tell({ kind: 'reading', region, fact: 'ec2.securityGroupRules' });
  expect(stderr()).toBe(`${clear}0 of 1 read, 0 s, waiting for ec2....`);
  progress.end();
});

test('a pipe gets none of it', () => {
  const { world, screen } = fakeWorld();
  const progress = startProgress(world);
  progress.tell({ kind: 'reading', region, fact: 'ec2.vpcs' });
  progress.end();
  expect(screen()).toBe('');
});
