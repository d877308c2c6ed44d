import { expect, test } from 'vitest';
import { Packet } from '../model/packet.ts';
import { cidrBlock } from './address.ts';
import {
  covers,
  difference,
  equal,
  includes,
  intersection,
  isEmpty,
  NO_PACKETS,
  packetSet,
  union,
} from './packet-set.ts';
import { servicesOfRule } from './service.ts';
import { witness } from './witness.ts';

/** The packets of `tcp 80 90 10.0.0.0/8`, `47 ::/0` and the like. */
const set = (...texts: string[]) =>
  packetSet(
    texts.map(text => {
      const [protocol = '', ...rest] = text.split(' ');
      const { family, peers } = cidrBlock(rest.pop() ?? '');
      const [from, to = from] = rest.map(Number);
      return { family, services: servicesOfRule({ protocol, from, to }), peers };
    }),
  );

const A = set('tcp 80 90 10.0.0.0/8', 'udp 53 ::/0');
const B = set('tcp 85 99 10.0.0.0/9', 'udp 53 2001:db8::/32');

test.each([
  ['a union', union(A, B), set('tcp 80 90 10.0.0.0/8', 'tcp 91 99 10.0.0.0/9', 'udp 53 ::/0')],
  ['an intersection', intersection(A, B), set('tcp 85 90 10.0.0.0/9', 'udp 53 2001:db8::/32')],
  ['a difference', difference(B, A), set('tcp 91 99 10.0.0.0/9')],
  ['the difference of a set from itself', difference(A, A), NO_PACKETS],
])('%s', (_, found, expected) => {
  expect(found).toEqual(expected);
  expect(equal(found, expected)).toBe(true);
});

test.each([
  [A, A, true],
  [A, NO_PACKETS, true],
  [NO_PACKETS, A, false],
  [A, B, false],
  [union(A, B), B, true],
])('case %# of what covers what', (a, b, expected) => {
  expect(covers(a, b)).toBe(expected);
  expect(isEmpty(difference(b, a))).toBe(expected);
});

test('sets of different packets are not equal', () => {
  expect(equal(A, B)).toBe(false);
  expect(equal(A, NO_PACKETS)).toBe(false);
  expect(equal(set('tcp 1 10.0.0.0/8'), set('tcp 1 10.0.0.0/9'))).toBe(false);
  expect(equal(set('tcp 1 0.0.0.0/0'), set('tcp 1 ::/0'))).toBe(false);
});

test.each([
  [
    'a known port of somebody on the internet',
    ['tcp 0 65535 0.0.0.0/0'],
    { protocol: 'tcp', port: 443, peer: '203.0.113.10' },
  ],
  [
    'a known port that is inside',
    ['tcp 0 79 0.0.0.0/0'],
    { protocol: 'tcp', port: 22, peer: '203.0.113.10' },
  ],
  [
    'a port before all traffic of a network',
    ['-1 10.0.0.0/8', 'tcp 9000 9001 0.0.0.0/0'],
    { protocol: 'tcp', port: 9000, peer: '203.0.113.10' },
  ],
  [
    'somebody in the lower half of the internet',
    ['tcp 5432 0.0.0.0/1'],
    { protocol: 'tcp', port: 5432, peer: '8.8.8.8' },
  ],
  ['a host of a network', ['tcp 5432 10.0.32.0/20'], { protocol: 'tcp', port: 5432, peer: '10.0.32.4' }],
  ['the one address', ['tcp 5432 10.0.32.9/32'], { protocol: 'tcp', port: 5432, peer: '10.0.32.9' }],
  [
    'an echo request',
    ['icmp -1 -1 10.0.0.0/8'],
    { protocol: 'icmp', icmp: { type: 8, code: 0 }, peer: '10.0.0.4' },
  ],
  ['a protocol', ['47 10.0.0.0/8'], { protocol: '47', peer: '10.0.0.4' }],
  [
    'somebody on the IPv6 internet',
    ['tcp 1 2 ::/0'],
    { family: 'ipv6', protocol: 'tcp', port: 1, peer: '2001:db8::10' },
  ],
  ['IPv4 before IPv6', ['tcp 443 ::/0', 'tcp 9 10.0.0.0/8'], { protocol: 'tcp', port: 9, peer: '10.0.0.4' }],
])('the witness is %s', (_, texts, expected) => {
  const packets = set(...texts);
  const found = witness(packets, 'ingress');
  expect(found).toEqual({ direction: 'ingress', family: 'ipv4', ...expected });
  expect(found !== undefined && includes(packets, Packet.parse(found))).toBe(true);
});

test('the empty set has no witness', () => {
  expect(witness(NO_PACKETS, 'egress')).toBeUndefined();
});
