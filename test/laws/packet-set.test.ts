import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Packet } from '../../src/model/packet.ts';
import { decisions, entriesDeciding, permittedPackets } from '../../src/network/network-acl.ts';
import {
  covers,
  difference,
  equal,
  includes,
  intersection,
  isEmpty,
  type PacketSet,
  union,
} from '../../src/network/packet-set.ts';
import {
  type AllowRule,
  allowedPackets,
  compareRules,
  rulesAllowing,
} from '../../src/network/security-group.ts';
import { witness } from '../../src/network/witness.ts';
import { cases } from './cases.ts';
import { decidingEntry, entries, isAllowed, PACKETS, PEERS, rules } from './small-world.ts';

const allowed = (list: readonly AllowRule[]) => allowedPackets(list, 'ingress', PEERS);
const allowedByOracle = (list: readonly AllowRule[]) =>
  PACKETS.filter(packet => isAllowed(list, 'ingress', packet));
const packetsOf = (set: PacketSet) => PACKETS.filter(packet => includes(set, packet));
const minus = (a: readonly Packet[], b: readonly Packet[]) => {
  const taken = new Set(b);
  return a.filter(packet => !taken.has(packet));
};

test('a set holds the packets that a walk through the rules allows', () => {
  fc.assert(
    fc.property(rules, list => {
      expect(packetsOf(allowed(list))).toEqual(allowedByOracle(list));
    }),
    cases('rules against the walk', { sampled: 400, deep: 20_000 }),
  );
});

test('union, intersection, difference, equality and cover are those of the packets', () => {
  fc.assert(
    fc.property(rules, rules, (listA, listB) => {
      const [a, b] = [allowed(listA), allowed(listB)];
      const [inA, inB] = [allowedByOracle(listA), allowedByOracle(listB)];
      const notInB = minus(inA, inB);
      const notInA = minus(inB, inA);
      expect(packetsOf(union(a, b))).toEqual(minus(PACKETS, minus(minus(PACKETS, inA), inB)));
      expect(packetsOf(intersection(a, b))).toEqual(minus(inA, notInB));
      expect(packetsOf(difference(a, b))).toEqual(notInB);
      expect(equal(a, b)).toBe(notInA.length === 0 && notInB.length === 0);
      expect(covers(a, b)).toBe(notInA.length === 0);
      expect(isEmpty(difference(a, b))).toBe(notInB.length === 0);
    }),
    cases('set operations against the walk', { sampled: 200, deep: 10_000 }),
  );
});

/** The same packets in other words: blocks and ranges cut in two, some rules twice, in another order. */
const rewritten = rules.chain(list => {
  const other = [...list, ...list.slice(0, 3)].flatMap(halves);
  return fc.tuple(fc.constant(list), fc.shuffledSubarray(other, { minLength: other.length }));
});

function halves(rule: AllowRule): AllowRule[] {
  const { peer, protocol, from, to } = rule;
  if (peer.kind === 'ipv4' && peer.cidr === '0.0.0.0/0') {
    return ['0.0.0.0/1', '128.0.0.0/1'].map(cidr => ({ ...rule, peer: { kind: 'ipv4', cidr } }));
  }
  if (peer.kind === 'ipv6' && peer.cidr === '::/0') {
    return ['::/1', '8000::/1'].map(cidr => ({ ...rule, peer: { kind: 'ipv6', cidr } }));
  }
  if (protocol !== 'tcp' || from === undefined || from === to) return [rule];
  return [
    { ...rule, to: from },
    { ...rule, from: from + 1 },
  ];
}

test('the same packets have one form, however they are written or put together', () => {
  fc.assert(
    fc.property(rewritten, rules, ([list, other], more) => {
      const one = allowed(list);
      const bySteps = other.map(rule => allowed([rule])).reduce(union, allowed([]));
      expect(isDeepStrictEqual(allowed(other), one)).toBe(true);
      expect(isDeepStrictEqual(bySteps, one)).toBe(true);
      expect(
        isDeepStrictEqual(difference(union(one, allowed(more)), difference(allowed(more), one)), one),
      ).toBe(true);
      const { missing, extra } = compareRules(other, list, 'ingress', PEERS);
      expect([isEmpty(missing), isEmpty(extra)]).toEqual([true, true]);
    }),
    cases('one form', { sampled: 1000, deep: 50_000 }),
  );
});

test('a witness is allowed by one list and not by the other, and is there when the lists differ', () => {
  fc.assert(
    fc.property(rules, rules, (listA, listB) => {
      const extra = difference(allowed(listA), allowed(listB));
      const found = witness(extra, 'ingress');
      expect(found === undefined).toBe(minus(allowedByOracle(listA), allowedByOracle(listB)).length === 0);
      if (found === undefined) return;
      expect(includes(extra, found)).toBe(true);
      expect(isAllowed(listA, 'ingress', found)).toBe(true);
      expect(isAllowed(listB, 'ingress', found)).toBe(false);
    }),
    cases('witnesses', { sampled: 300, deep: 20_000 }),
  );
});

test('the rules to blame for a difference are those that allow a packet of it', () => {
  fc.assert(
    fc.property(rules, rules, (live, wanted) => {
      const extra = difference(allowed(live), allowed(wanted));
      const packets = minus(allowedByOracle(live), allowedByOracle(wanted));
      expect(rulesAllowing(live, 'ingress', extra, PEERS)).toEqual(
        live.filter(rule => packets.some(packet => isAllowed([rule], 'ingress', packet))),
      );
    }),
    cases('rules to blame', { sampled: 200, deep: 10_000 }),
  );
});

test('a network ACL permits, and each entry decides, what a walk in order of the numbers says', () => {
  fc.assert(
    fc.property(entries, fc.constantFrom('ingress', 'egress'), (list, direction) => {
      const byOracle = new Map(PACKETS.map(packet => [packet, decidingEntry(list, direction, packet)]));
      expect(packetsOf(permittedPackets(list, direction))).toEqual(
        PACKETS.filter(packet => byOracle.get(packet)?.action === 'allow'),
      );
      for (const { entry, packets } of decisions(list, direction)) {
        expect(packetsOf(packets)).toEqual(PACKETS.filter(packet => byOracle.get(packet) === entry));
        expect(isEmpty(packets)).toBe(!PACKETS.some(packet => byOracle.get(packet) === entry));
      }
    }),
    cases('network ACLs against the walk', { sampled: 150, deep: 10_000 }),
  );
});

test('the entries to blame are those that decide a packet in question', () => {
  fc.assert(
    fc.property(entries, rules, (list, wanted) => {
      const denied = difference(allowed(wanted), permittedPackets(list, 'ingress'));
      const deciding = new Set(packetsOf(denied).map(packet => decidingEntry(list, 'ingress', packet)));
      const blamed = entriesDeciding(list, 'ingress', denied);
      expect(new Set(blamed)).toEqual(new Set([...deciding].filter(entry => entry !== undefined)));
    }),
    cases('entries to blame', { sampled: 150, deep: 10_000 }),
  );
});
