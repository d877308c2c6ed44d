import { expect, test } from 'vitest';
import { Packet } from '../model/packet.ts';
import { packetInWords } from './packet.ts';

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
