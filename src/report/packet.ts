import type { Packet } from '../model/packet.ts';
import type { Signs } from './look.ts';

/** A packet in words: `203.0.113.7 → tcp 22` comes in, `→ 203.0.113.7 tcp 443` goes out. */
export function packetInWords(packet: Packet, { arrow }: Pick<Signs, 'arrow'>): string {
  const service = serviceOf(packet);
  return packet.direction === 'ingress'
    ? `${packet.peer} ${arrow} ${service}`
    : `${arrow} ${packet.peer} ${service}`;
}

function serviceOf({ protocol, port, icmp }: Packet): string {
  const name = /^\d+$/.test(protocol) ? `protocol ${protocol}` : protocol;
  if (icmp) return `${name} type ${icmp.type} code ${icmp.code}`;
  return port === undefined ? name : `${name} ${port}`;
}
