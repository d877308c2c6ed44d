import type { LiveAccount } from '../../src/apply/account.ts';
import { CallError } from '../../src/aws/errors.ts';
import type { Change } from '../../src/model/plan.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { Effect } from '../emulator/faults.ts';

const refusal = (code: string, status = 400): Effect => ({
  kind: 'error',
  error: { code, status, message: 'said the test' },
});

/** What may come of a mutating call, and how a run that meets it ends. */
export const effects: Record<string, { effect: Effect; ends: (change: Change) => Ending }> = {
  throttled: { effect: { kind: 'throttle' }, ends: () => 'failed' },
  denied: { effect: { kind: 'deny' }, ends: () => 'failed' },
  duplicate: { effect: refusal('InvalidPermission.Duplicate'), ends: () => 'failed' },
  // What names an object that was created a moment ago is called again: it is found the second time.
  'not found': {
    effect: refusal('InvalidID.NotFound'),
    ends: change => (isYoung(change) ? 'done' : 'failed'),
  },
  'over the quota': { effect: refusal('RulesPerSecurityGroupLimitExceeded'), ends: () => 'failed' },
  'in use': { effect: refusal('InvalidGroup.InUse'), ends: () => 'failed' },
  'a fault of AWS': { effect: { kind: 'server-error' }, ends: () => 'unknown' },
  'cut before': { effect: { kind: 'cut', when: 'before' }, ends: () => 'unknown' },
  'cut after': { effect: { kind: 'cut', when: 'after' }, ends: () => 'done' },
};

/** How the change ends whose call was spoiled. */
export type Ending = 'done' | 'failed' | 'unknown';

const isYoung = ({ call }: Change): boolean => JSON.stringify(call).includes('"$created"');

/** The account, with an effect at the n-th call that changes something. */
export function spoiledAt(
  n: number,
  effect: Effect,
  account: LiveAccount,
  { faults }: Emulator,
): LiveAccount {
  let sent = 0;
  return {
    ...account,
    send: (call, region) => {
      sent += 1;
      if (sent === n) faults.add({ call: `*:${call.operation}`, nth: 1, effect });
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

/** Which changes to spoil, counted from 1: every one with SECURECART_DEEP, else the first of each call and kind of object, and the last. */
export function chosenOf(changes: readonly Change[]): number[] {
  const all = changes.map((_, index) => index + 1);
  if (process.env.SECURECART_DEEP === '1') return all;
  const kinds = changes.map(({ call, object }) => `${call.operation} ${object.kind}`);
  return all.filter(n => kinds.indexOf(kinds[n - 1] ?? '') === n - 1 || n === all.length);
}
