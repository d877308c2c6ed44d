import { expect, test } from 'vitest';
import { Connection } from '../model/connection.ts';
import { Packet } from '../model/packet.ts';
import { connectionInWords, packetInWords } from './packet.ts';

const tcp = { direction: 'ingress', family: 'ipv4', protocol: 'tcp', peer: '203.0.113.7', port: 22 };

test.each([
  { packet: tcp, words: '203.0.113.7 → tcp 22' },
  { packet: { ...tcp, direction: 'egress', port: 443 }, words: '→ 203.0.113.7 tcp 443' },
  { packet: { ...tcp, peer: 'pl-0123', protocol: 'udp', port: 53 }, words: 'pl-0123 → udp 53' },
  { packet: { ...tcp, protocol: '47', port: undefined }, words: '203.0.113.7 → protocol 47' },
  {
    packet: {
      ...tcp,
      family: 'ipv6',
      peer: '2001:db8::7',
      protocol: 'icmpv6',
      port: undefined,
      icmp: { type: 128, code: 0 },
    },
    words: '2001:db8::7 → icmpv6 type 128 code 0',
  },
])('$words', ({ packet, words }) => {
  expect(packetInWords(Packet.parse(packet), { arrow: '→' })).toBe(words);
});

test.each([
  [
    { family: 'ipv4', protocol: 'tcp', client: '10.0.0.4', clientPort: 50000, server: '10.0.16.4', port: 22 },
    '10.0.0.4:50000 → 10.0.16.4 tcp 22',
  ],
  [
    {
      family: 'ipv6',
      protocol: 'udp',
      client: '2001:db8::1',
      clientPort: 50000,
      server: '2001:db8::2',
      port: 53,
    },
    '[2001:db8::1]:50000 → 2001:db8::2 udp 53',
  ],
  [
    {
      family: 'ipv4',
      protocol: 'icmp',
      client: '10.0.0.4',
      server: '10.0.16.4',
      icmp: { type: 8, code: 0 },
    },
    '10.0.0.4 → 10.0.16.4 icmp type 8 code 0',
  ],
  [
    { family: 'ipv4', protocol: '47', client: '10.0.0.4', server: '10.0.16.4' },
    '10.0.0.4 → 10.0.16.4 protocol 47',
  ],
])('%o', (given, words) => {
  expect(connectionInWords(Connection.parse(given), { arrow: '→' })).toBe(words);
});
