import { IpFamily, type Packet } from '../model/packet.ts';
import { type Peers, peerAt, peerPoint } from './address.ts';
import type { PacketSet } from './packet-set.ts';
import type { Region } from './region.ts';
import { serviceAt, servicesOfRule } from './service.ts';
import { valueAt } from './step-function.ts';

/** Services that a reader knows, as points, the best known first. */
export const KNOWN_SERVICES = [
  ...[443, 80, 22, 3389, 5432, 3306, 8080].map(port => ({ protocol: 'tcp', from: port, to: port })),
  { protocol: 'udp', from: 53, to: 53 },
  { protocol: 'icmp', from: 8, to: 0 },
  { protocol: 'icmpv6', from: 128, to: 0 },
].map(rule => servicesOfRule(rule).start);

/** Somebody on the internet: addresses that RFC 5737 and RFC 3849 reserve for documentation. */
export const SOMEBODY = {
  ipv4: peerPoint('203.0.113.10'),
  ipv6: peerPoint('2001:db8::10'),
} as const satisfies Record<IpFamily, bigint>;

/** Whom a witness names, if they are in the set: somebody, else a server that everybody knows, since all of RFC 5737 is in the upper half. */
const PEOPLE = {
  ipv4: [SOMEBODY.ipv4, peerPoint('8.8.8.8')],
  ipv6: [SOMEBODY.ipv6, peerPoint('2001:4860:4860::8888')],
} as const satisfies Record<IpFamily, readonly bigint[]>;

/** AWS keeps the first four addresses of a subnet: no host has them. */
export const FIRST_HOST = 4n;

/**
 * One packet of a set, undefined if there is none: IPv4 before IPv6, one that anybody on the internet can send before
 * others, and with a service that a reader knows.
 */
export function witness(set: PacketSet, direction: Packet['direction']): Packet | undefined {
  for (const family of IpFamily.options) {
    const pair = pairIn(set[family], PEOPLE[family]);
    if (pair !== undefined) {
      return { direction, family, ...serviceAt(pair.service), peer: peerAt(pair.peer, family) };
    }
  }
  return undefined;
}

function pairIn(region: Region, people: readonly bigint[]): { service: number; peer: bigint } | undefined {
  for (const person of people) {
    const open = region.filter(step => valueAt(step.value, person, false));
    const found = bestKnown(open);
    if (found !== undefined) return { service: found.service, peer: person };
  }
  const found = bestKnown(region);
  return found && { service: found.service, peer: hostOf(found.peers) };
}

/** The service of a region that a reader knows best, with the first peers that have it; undefined where the region is empty. */
function bestKnown(region: Region): { service: number; peers: Peers } | undefined {
  for (const service of [...KNOWN_SERVICES, ...region.map(step => step.start)]) {
    const [peers] = valueAt(region, service, []);
    if (peers !== undefined) return { service, peers };
  }
  return undefined;
}

function hostOf({ start, end }: Peers): bigint {
  return start + FIRST_HOST < end ? start + FIRST_HOST : start;
}
