import type { Connection } from '../model/connection.ts';
import type { Packet } from '../model/packet.ts';
import type { Signs } from './look.ts';

/** A packet in words: `203.0.113.7 → tcp 22` comes in, `→ 203.0.113.7 tcp 443` goes out. */
export function packetInWords(packet: Packet, { arrow }: Pick<Signs, 'arrow'>): string {
  const service = serviceOf(packet);
  return packet.direction === 'ingress'
    ? `${packet.peer} ${arrow} ${service}`
    : `${arrow} ${packet.peer} ${service}`;
}

/** A connection in words: `203.0.113.10:50000 → 10.0.0.4 tcp 443`. */
export function connectionInWords(connection: Connection, { arrow }: Pick<Signs, 'arrow'>): string {
  const { family, client, clientPort, server } = connection;
  const host = family === 'ipv6' && clientPort !== undefined ? `[${client}]` : client;
  const from = clientPort === undefined ? host : `${host}:${clientPort}`;
  return `${from} ${arrow} ${server} ${serviceOf(connection)}`;
}

function serviceOf({ protocol, port, icmp }: Pick<Packet, 'protocol' | 'port' | 'icmp'>): string {
  const name = /^\d+$/.test(protocol) ? `protocol ${protocol}` : protocol;
  if (icmp) return `${name} type ${icmp.type} code ${icmp.code}`;
  return port === undefined ? name : `${name} ${port}`;
}
