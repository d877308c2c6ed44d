import { expect, test } from 'vitest';
import type { NetworkAclEntry } from '../services/ec2/facts.ts';
import { describePackets } from './describe.ts';
import { decisions, entriesDeciding, permittedPackets } from './network-acl.ts';

/** An ingress entry as `100 allow 6 0.0.0.0/0 80-443`, the last part a type and code of an ICMP protocol: `8/-1`. */
function entry(text: string, egress = false): NetworkAclEntry {
  const [number, action, protocol = '', cidr = '', filter] = text.split(' ');
  const [from = 0, to = from] = (filter ?? '').split(/(?<=\d)-|\//).map(Number);
  const limits =
    filter === undefined
      ? {}
      : filter.includes('/')
        ? { icmp: { type: from, code: to } }
        : { ports: { from, to } };
  return {
    number: Number(number),
    egress,
    action: action === 'allow' ? 'allow' : 'deny',
    protocol,
    cidr,
    ...limits,
  };
}

const IMPLICIT = ['32767 deny -1 0.0.0.0/0', '32768 deny -1 ::/0'];

test.each<[what: string, entries: string[], permitted: string[]]>([
  ['an empty list permits nothing', [], []],
  ['the implicit entries alone permit nothing', IMPLICIT, []],
  ['an allow', ['100 allow 6 0.0.0.0/0 443'], ['tcp 443 from 0.0.0.0/0']],
  ['an allow for IPv4 says nothing of IPv6', ['100 allow -1 0.0.0.0/0'], ['all traffic from 0.0.0.0/0']],
  [
    'a deny before an allow',
    ['90 deny 6 0.0.0.0/0 22', '100 allow 6 0.0.0.0/0 20-23'],
    ['tcp 20-21, 23 from 0.0.0.0/0'],
  ],
  [
    'a deny after an allow',
    ['100 allow 6 0.0.0.0/0 22', '110 deny 6 0.0.0.0/0 20-23'],
    ['tcp 22 from 0.0.0.0/0'],
  ],
  [
    'order is by number, not by place',
    ['110 deny -1 0.0.0.0/0', '100 allow 6 0.0.0.0/0 22'],
    ['tcp 22 from 0.0.0.0/0'],
  ],
  [
    'a split deny before an allow',
    ['1 deny -1 0.0.0.0/1', '2 deny -1 128.0.0.0/1', '3 allow -1 0.0.0.0/0'],
    [],
  ],
  ['a deny for IPv4 leaves IPv6', ['1 deny -1 0.0.0.0/0', '2 allow 6 ::/0 22'], ['tcp 22 from ::/0']],
  [
    'a deny of a narrower block',
    ['1 deny -1 10.0.0.0/8', '2 allow 6 0.0.0.0/0 22'],
    ['tcp 22 from 0.0.0.0-9.255.255.255', 'tcp 22 from 11.0.0.0-255.255.255.255'],
  ],
  [
    'all traffic but a port',
    ['1 deny 6 ::/0 22', '2 allow -1 ::/0'],
    ['all traffic except tcp 22 from ::/0'],
  ],
  ['protocol 47 whatever its ports', ['1 allow 47 0.0.0.0/0 80-443'], ['protocol 47 from 0.0.0.0/0']],
  ['icmp types', ['1 allow 1 0.0.0.0/0 8/-1'], ['icmp type 8 from 0.0.0.0/0']],
  ['icmpv6 types for IPv6', ['1 allow 58 ::/0 128/0'], ['icmpv6 type 128 code 0 from ::/0']],
  ['icmpv6 for IPv4 is matched whole', ['1 allow 58 0.0.0.0/0 128/0'], ['all icmpv6 from 0.0.0.0/0']],
])('%s', (_, entries, permitted) => {
  const words = (texts: string[]) =>
    describePackets(
      permittedPackets(
        texts.map(text => entry(text)),
        'ingress',
      ),
      'ingress',
    );
  expect(words(entries)).toEqual(permitted);
  expect(words([...IMPLICIT, ...entries])).toEqual(permitted);
});

test('a direction has its own entries', () => {
  const entries = [entry('100 allow 6 0.0.0.0/0 443'), entry('100 allow 17 0.0.0.0/0 53', true)];
  expect(describePackets(permittedPackets(entries, 'ingress'), 'ingress')).toEqual([
    'tcp 443 from 0.0.0.0/0',
  ]);
  expect(describePackets(permittedPackets(entries, 'egress'), 'egress')).toEqual(['udp 53 to 0.0.0.0/0']);
});

test('an entry decides what no entry before it matches; a dead one decides nothing', () => {
  const entries = [
    '120 allow 6 10.0.0.0/16 80-90',
    '100 deny 6 10.0.0.0/8 85',
    '130 deny 6 10.0.0.0/24 81',
  ].map(text => entry(text));
  const decided = decisions(entries, 'ingress').map(({ entry, packets }) => [
    entry.number,
    describePackets(packets, 'ingress'),
  ]);
  expect(decided).toEqual([
    [100, ['tcp 85 from 10.0.0.0/8']],
    [120, ['tcp 80-84, 86-90 from 10.0.0.0/16']],
    [130, []],
  ]);
});

test('the entries to blame are those that decide some of the packets', () => {
  const entries = [...IMPLICIT, '100 deny 6 10.0.0.0/8 22', '110 allow 6 10.0.0.0/8 0-1023'].map(text =>
    entry(text),
  );
  const blame = (...texts: string[]) => {
    const packets = permittedPackets(
      texts.map(text => entry(text)),
      'ingress',
    );
    return entriesDeciding(entries, 'ingress', packets).map(({ number }) => number);
  };
  expect(blame('1 allow 6 10.1.0.0/16 22')).toEqual([100]);
  expect(blame('1 allow 6 10.1.0.0/16 22-23')).toEqual([100, 110]);
  expect(blame('1 allow 6 0.0.0.0/0 443', '2 allow 6 ::/0 443')).toEqual([110, 32767, 32768]);
});
