import type { Packet } from '../model/packet.ts';
import { describePackets } from '../network/describe.ts';
import type { PacketSet } from '../network/packet-set.ts';
import type { AllowRule } from '../network/security-group.ts';
import { servicesOfRule } from '../network/service.ts';
import { describeServices } from '../network/service-words.ts';
import { type Interval, MEMBERSHIP, overlay, type PointSet } from '../network/step-function.ts';

/** Rules in words, such as `tcp 80, 443 from 0.0.0.0/0; tcp 8080 from sg-0123`: what they say, not what a peer resolves to. */
export function describeRules(rules: readonly AllowRule[]): string {
  const byPeer = new Map<string, Interval<number>[]>();
  for (const rule of rules) {
    const words = `${rule.direction === 'ingress' ? 'from' : 'to'} ${peerName(rule.peer)}`;
    const services = byPeer.get(words);
    if (services === undefined) byPeer.set(words, [servicesOfRule(rule)]);
    else services.push(servicesOfRule(rule));
  }
  const lines = [...byPeer].map(
    ([peer, services]) => `${describeServices(unite(services)).join(' and ')} ${peer}`,
  );
  return lines.length === 0 ? 'nothing' : lines.join('; ');
}

/** The id of a peer, or the CIDR that it is. */
export const peerName = (peer: AllowRule['peer']): string =>
  peer.kind === 'ipv4' || peer.kind === 'ipv6' ? peer.cidr : peer.id;

/** How many ranges a sentence can hold; the witness shows what is in the others. */
const LINES = 3;

/** A set of packets in words, such as `tcp 81-442 from 0.0.0.0/0`; of many ranges the first few. */
export function packetWords(packets: PacketSet, direction: Packet['direction']): string {
  const lines = describePackets(packets, direction);
  if (lines.length === 0) return 'nothing';
  const more = lines.length - LINES;
  return more > 0 ? `${lines.slice(0, LINES).join('; ')}; and ${more} more` : lines.join('; ');
}

const unite = (intervals: readonly Interval<number>[]): PointSet<number> =>
  intervals.reduce<PointSet<number>>(
    (all, interval) => overlay(all, [interval], (a, b) => a || b, MEMBERSHIP),
    [],
  );
