import { expect } from 'vitest';
import type { Passage } from '../../src/network/effect.ts';
import { covers, intersection, union } from '../../src/network/packet-set.ts';

/** What the states of an object along a plan must keep to: never less than old ∩ new, never more than old ∪ new. */
export function demandLaw(states: readonly Passage[]): void {
  const [first, last] = [states[0], states.at(-1)];
  if (first === undefined || last === undefined) throw new Error('there is no state');
  for (const state of states) {
    for (const direction of ['ingress', 'egress'] as const) {
      const [old, now, then] = [first[direction], state[direction], last[direction]];
      expect(covers(now, intersection(old, then))).toBe(true);
      expect(covers(union(old, then), now)).toBe(true);
    }
  }
}
