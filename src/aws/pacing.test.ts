import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Region } from '../model/identifiers.ts';
import { createPacing } from './pacing.ts';

const ireland = Region.parse('eu-west-1');
const paris = Region.parse('eu-west-3');

/** How many of forty calls are under way at once, where none of them ends. */
function underWay(turn: (n: number) => { region: Region; service: string; call: string }): number {
  const pace = createPacing();
  let started = 0;
  for (let n = 0; n < 40; n += 1) {
    void pace({ ...turn(n), signal: undefined }, () => {
      started += 1;
      return new Promise(() => {});
    });
  }
  return started;
}

test.each([
  { what: 'one service of one Region', regions: [ireland], calls: ['ec2:DescribeVpcs'], most: 8 },
  {
    what: 'its calls together',
    regions: [ireland],
    calls: ['ec2:DescribeVpcs', 'ec2:DescribeSubnets'],
    most: 8,
  },
  { what: 'two Regions', regions: [ireland, paris], calls: ['ec2:DescribeVpcs'], most: 16 },
  { what: 'two services', regions: [ireland], calls: ['ec2:DescribeVpcs', 'ecs:ListClusters'], most: 16 },
  { what: 'WAF', regions: [ireland], calls: ['wafv2:GetWebACL'], most: 2 },
  { what: "WAF's associations", regions: [ireland], calls: ['wafv2:GetWebACLForResource'], most: 1 },
])('$what: $most calls at once', ({ regions, calls, most }) => {
  const turn = (n: number) => {
    const call = calls[n % calls.length] ?? '';
    return { region: regions[n % regions.length] ?? ireland, service: call.replace(/:.*/, ''), call };
  };
  expect(underWay(turn)).toBe(most);
});

test('a call that waits for its turn ends when the user interrupts', async () => {
  const pace = createPacing();
  const interrupt = new AbortController();
  const turn = {
    region: ireland,
    service: 'wafv2',
    call: 'wafv2:GetWebACLForResource',
    signal: interrupt.signal,
  };
  void pace({ ...turn, signal: undefined }, () => new Promise(() => {}));
  const waiting = pace(turn, () => Promise.resolve('sent'));
  interrupt.abort(new Error('interrupted'));
  await expect(waiting).rejects.toThrow('interrupted');
});

describe('in five seconds, of calls that end at once', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  // AWS WAF's developer guide, quotas: any individual Create, Put or Update once a second, an association every two.
  test.each([
    { call: 'wafv2:GetWebACL', starts: 25 },
    { call: 'wafv2:CreateIPSet', starts: 5 },
    { call: 'wafv2:CreateWebACL', starts: 5 },
    { call: 'wafv2:UpdateWebACL', starts: 5 },
    { call: 'wafv2:PutLoggingConfiguration', starts: 5 },
    { call: 'wafv2:AssociateWebACL', starts: 3 },
    { call: 'wafv2:DisassociateWebACL', starts: 3 },
  ])('$call starts $starts times', async ({ call, starts }) => {
    const pace = createPacing();
    let started = 0;
    for (let n = 0; n < 40; n += 1) {
      void pace({ region: ireland, service: 'wafv2', call, signal: undefined }, async () => {
        started += 1;
      });
    }
    await vi.advanceTimersByTimeAsync(4_999);
    expect(started).toBe(starts);
  });
});
