import { IpFamily, type Packet } from '../model/packet.ts';
import { describePeers, type Peers } from './address.ts';
import type { PacketSet } from './packet-set.ts';
import type { Region } from './region.ts';
import { describeServices } from './service-words.ts';
import { append, type Interval, MEMBERSHIP, type PointSet } from './step-function.ts';

const PREPOSITION = { ingress: 'from', egress: 'to' } as const satisfies Record<Packet['direction'], string>;

/**
 * A set in the words of rules, such as `tcp 443 from 0.0.0.0/0`. Together they are exactly the set; they overlap, since
 * "all traffic" for a few peers is easier to read than all but what everybody has. Empty for the empty set.
 */
export function describePackets(set: PacketSet, direction: Packet['direction']): string[] {
  const lines = IpFamily.options.flatMap(family =>
    phrasesOf(set[family]).map(
      ({ services, peers }) => `${services} ${PREPOSITION[direction]} ${describePeers(peers, family)}`,
    ),
  );
  return [...new Set(lines)];
}

/** Each phrase once for the widest peers that have it. */
function phrasesOf(region: Region): { services: string; peers: Peers }[] {
  const phrases = distinctPeers(region).flatMap(peers =>
    describeServices(servicesFor(peers, region)).map(services => ({ services, peers })),
  );
  return phrases.filter(
    ({ services, peers }) =>
      !phrases.some(
        other => other.services === services && other.peers !== peers && isWithin(peers, other.peers),
      ),
  );
}

const isWithin = (inner: Peers, outer: Peers): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** The services that all of the peers have. */
function servicesFor(peers: Peers, region: Region): PointSet<number> {
  const services: Interval<number>[] = [];
  for (const { start, end, value } of region) {
    const all = value.some(some => isWithin(peers, some));
    append(services, { start, end, value: all }, MEMBERSHIP);
  }
  return services;
}

function distinctPeers(region: Region): PointSet<bigint> {
  const peers = region.flatMap(step => step.value);
  return [...new Map(peers.map(some => [`${some.start}-${some.end}`, some])).values()];
}
