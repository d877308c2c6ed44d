import type { Effect } from '../model/plan.ts';
import { describePackets } from './describe.ts';
import { difference, type PacketSet } from './packet-set.ts';

/** What may pass, each way. */
export interface Passage {
  readonly ingress: PacketSet;
  readonly egress: PacketSet;
}

/** What lets no packet pass that did not pass before, and stops none. */
export const NO_EFFECT: Effect = { kind: 'none', opens: [], closes: [] };

/** What it means for packets that what may pass is no longer `before` but `after`. */
export function effectOf(before: Passage, after: Passage): Effect {
  const lines = (a: Passage, b: Passage) => [
    ...describePackets(difference(a.ingress, b.ingress), 'ingress'),
    ...describePackets(difference(a.egress, b.egress), 'egress'),
  ];
  const opens = lines(after, before);
  const closes = lines(before, after);
  return { kind: kindOf(opens.length > 0, closes.length > 0), opens, closes };
}

function kindOf(widens: boolean, narrows: boolean): Effect['kind'] {
  if (widens) return narrows ? 'both' : 'widens';
  return narrows ? 'narrows' : 'none';
}
