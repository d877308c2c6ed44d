import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Packet } from '../../src/model/packet.ts';
import { describePackets } from '../../src/network/describe.ts';
import { difference } from '../../src/network/packet-set.ts';
import { allowedPackets } from '../../src/network/security-group.ts';
import { cases } from './cases.ts';
import { isAllowed, isInside, PACKETS, PEERS, rules } from './small-world.ts';
import { addressNumber } from './wide-world.ts';

/** Whether a reader of `tcp 80, 443 from 10.0.0.0/8` would think that it says so of a packet. */
function says(line: string, packet: Packet): boolean {
  const [, services = '', peers = ''] = /^(.*) from (\S+)$/.exec(line) ?? [];
  return saysServices(services, packet) && saysPeers(peers, packet);
}

function saysPeers(peers: string, packet: Packet): boolean {
  if (peers.includes('/')) return isInside(peers, packet);
  const [, first, last] = /^([\da-f.:]+)-([\da-f.:]+)$/.exec(peers) ?? [];
  if (first === undefined || last === undefined) return peers === packet.peer;
  const isSameFamily = first.includes(':') === (packet.family === 'ipv6') && /[.:]/.test(packet.peer);
  if (!isSameFamily) return false;
  const number = addressNumber(packet.peer, packet.family);
  return addressNumber(first, packet.family) <= number && number <= addressNumber(last, packet.family);
}

function saysServices(services: string, packet: Packet): boolean {
  if (services === 'all traffic') return true;
  const [, others] = /^all traffic except (.*)$/.exec(services) ?? [];
  if (others !== undefined) return !others.split(' and ').some(phrase => saysServices(phrase, packet));
  const [, protocol = '', what = ''] = /^(\w+) (.*)$/.exec(services) ?? [];
  if (protocol === 'all') return what === packet.protocol;
  if (protocol === 'protocol' || protocol === 'protocols') return isIn(what, Number(packet.protocol));
  return protocol === packet.protocol && what.split(', ').some(part => saysPart(part, packet));
}

function saysPart(part: string, { port, icmp }: Packet): boolean {
  if (port !== undefined) return isIn(part, port);
  const [, types = '', codes = '0-255'] = /^types? (\S+)(?: codes? (\S+))?$/.exec(part) ?? [];
  return icmp !== undefined && isIn(types, icmp.type) && isIn(codes, icmp.code);
}

function isIn(range: string, number: number): boolean {
  const [first, last = first] = range.split('-').map(Number);
  return first !== undefined && last !== undefined && first <= number && number <= last;
}

/** The words for a prefix list do not repeat that it is one of IPv6: that it has IPv4 packets is not theirs to deny. */
const TELLING = PACKETS.filter(({ peer, family }) => !(peer === 'pl-unread' && family === 'ipv4'));

test('the words for a difference say of every packet whether it is in it', () => {
  fc.assert(
    fc.property(rules, rules, (listA, listB) => {
      const extra = difference(
        allowedPackets(listA, 'ingress', PEERS),
        allowedPackets(listB, 'ingress', PEERS),
      );
      const lines = describePackets(extra, 'ingress');
      expect(TELLING.filter(packet => lines.some(line => says(line, packet)))).toEqual(
        TELLING.filter(packet => isAllowed(listA, 'ingress', packet) && !isAllowed(listB, 'ingress', packet)),
      );
    }),
    cases('words', { sampled: 150, deep: 5000 }),
  );
});
