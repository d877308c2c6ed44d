import { expect } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { CallError } from '../../src/aws/errors.ts';
import { verdictOfRun } from '../../src/cli/verdict.ts';
import { type Change, changesOf, type Plan } from '../../src/model/plan.ts';
import { renderApplied } from '../../src/report/applied.ts';
import { lookOf } from '../../src/report/look.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { Effect } from '../emulator/faults.ts';
import { carryPlan } from './live.ts';

/** How the change ends whose call was spoiled. */
export type Ending = 'done' | 'failed' | 'unknown';

/** What comes of a mutating call, how the change ends that meets it, and what the user reads of that. */
export interface Spoiling {
  readonly effect: Effect;
  /** Whether it comes of the call each time that it is made. */
  readonly always?: true;
  readonly ends: (change: Change) => Ending;
  readonly says?: string;
}

/** AWS's answer by that code. */
export const refusal = (code: string, status = 400): Effect => ({
  kind: 'error',
  error: { code, status, message: 'said the test' },
});

const failed = () => 'failed' as const;
const UNKNOWN = 'may or may not have taken effect, which going on finds out:';

/** What may come of a mutating call of any service, by what the call then is. */
export const effects = {
  throttled: { effect: { kind: 'throttle' }, ends: failed, says: 'wait a minute, then go on' },
  denied: { effect: { kind: 'deny' }, ends: failed, says: 'Let this identity call ' },
  duplicate: {
    effect: refusal('InvalidPermission.Duplicate'),
    ends: failed,
    says: 'Somebody has made it since: a new plan',
  },
  // What names an object that was created a moment ago is called again: it is found the second time.
  'not found': {
    effect: refusal('InvalidID.NotFound'),
    ends: ({ call }) => (JSON.stringify(call).includes('"$created"') ? 'done' : 'failed'),
    says: 'Somebody has deleted it, or what it names: a new plan',
  },
  'over the quota': {
    effect: refusal('RulesPerSecurityGroupLimitExceeded'),
    ends: failed,
    says: 'A quota is full: raise it (Service Quotas)',
  },
  'in use': { effect: refusal('InvalidGroup.InUse'), ends: failed, says: 'Something uses it still' },
  'a fault of AWS': { effect: { kind: 'server-error' }, ends: () => 'unknown', says: UNKNOWN },
  'cut before': { effect: { kind: 'cut', when: 'before' }, ends: () => 'unknown', says: UNKNOWN },
  'cut after': { effect: { kind: 'cut', when: 'after' }, ends: () => 'done' },
} as const satisfies Record<string, Spoiling>;

/** Where a run is spoiled: the n-th call that changes something, counted from 1, and what comes of it. */
export interface Spoil {
  readonly n: number;
  readonly spoiling: Spoiling;
}

/**
 * Carries a plan out with one of its calls spoiled, and holds the run to how it must end: by its outcome, its exit code,
 * and what a user reads of it. The account must try each call once; one is made at a time, so that the n-th is the one that failed.
 */
export async function carrySpoiled(
  plan: Plan,
  path: string,
  { n, spoiling }: Spoil,
  account: LiveAccount,
  emulator: Emulator,
): Promise<void> {
  const run = await carryPlan(plan, path, spoiledAt({ n, spoiling }, account, emulator), { parallel: 1 });
  emulator.faults.clear();
  const changes = changesOf(plan);
  const [change] = changes.slice(n - 1);
  if (change === undefined) throw new Error(`the plan has no change ${n}`);
  const ending = spoiling.ends(change);
  expect(
    run.failures.map(({ kind }) => kind),
    `${change.id}: ${JSON.stringify(run.failures)}`,
  ).toEqual(ending === 'done' ? [] : [ending]);
  const applied = { ...run, notFixed: [], gaps: [] };
  const isUntouched = ending === 'failed' && n === 1;
  const code = isUntouched ? 2 : 4;
  expect(verdictOfRun(applied), change.id).toBe(ending === 'done' ? 0 : code);
  const screen = renderApplied(
    plan,
    applied,
    path,
    lookOf({ width: 80, colors: 0, unicode: true, all: false }),
  );
  const made = ending === 'done' ? changes.length : n - 1;
  expect(screen).toContain(`${made} of ${changes.length} change${changes.length === 1 ? '' : 's'} made.\n`);
  expect(screen.includes('\nTo take back: securecart undo ')).toBe(made > 0 || ending === 'unknown');
  expect(screen.includes('\nTo go on:     securecart ')).toBe(ending !== 'done');
  const text = screen.replaceAll(/\s+/g, ' ');
  if (ending === 'done') return;
  // Both versions of API Gateway are one service to IAM, whose names a user reads.
  const call = `${change.call.service}:${change.call.operation}`.replace('apigatewayv2:', 'apigateway:');
  const [, said] = text.split(`. ${change.title} (${change.id}) `);
  expect(said).toMatch(new RegExp(`^It [^:]+: ${call}: \\w`));
  expect(text).toContain(spoiling.says);
}

/** The account, of which a call is spoiled. */
function spoiledAt(
  { n, spoiling: { effect, always } }: Spoil,
  account: LiveAccount,
  emulator: Emulator,
): LiveAccount {
  let sent = 0;
  return {
    ...account,
    send: (call, region) => {
      sent += 1;
      const nth = always === true ? {} : { nth: 1 };
      if (sent === n) emulator.faults.add({ call: `*:${call.operation}`, ...nth, effect });
      return account.send(call, region);
    },
  };
}

/** The account, of which the n-th look at an object is denied. */
export function blindedAt(n: number, account: LiveAccount): LiveAccount {
  let looked = 0;
  return {
    ...account,
    observe: object => {
      looked += 1;
      const denial = Object.assign(new Error('said the test'), { name: 'UnauthorizedOperation' });
      return looked === n ? Promise.reject(new CallError('ec2:DescribeIt', denial)) : account.observe(object);
    },
  };
}

/**
 * Which changes meet which of some effects: all of them all with SECURECART_DEEP. Else, of the first change of each call
 * and kind of object, and the last, each meets one effect at least, and each effect one of them.
 */
export function chosenFor(
  changes: readonly Change[],
  spoiling: Spoiling,
  among: Record<string, Spoiling>,
): Spoil[] {
  const kinds = changes.map(({ call, object }) => `${call.operation} ${object.kind}`);
  const all = changes.map((_, index) => ({ n: index + 1, spoiling }));
  if (process.env.SECURECART_DEEP === '1') return all;
  const few = all.filter(({ n }) => kinds.indexOf(kinds[n - 1] ?? '') === n - 1 || n === all.length);
  const names = Object.values(among);
  const step = Math.min(few.length, names.length);
  return few.filter((_, index) => index % step === names.indexOf(spoiling) % step);
}
