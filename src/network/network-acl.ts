import type { Packet } from '../model/packet.ts';
import type { NetworkAclEntry } from '../services/ec2/facts.ts';
import { cidrBlock } from './address.ts';
import {
  difference,
  intersection,
  isEmpty,
  NO_PACKETS,
  type PacketSet,
  packetSet,
  union,
} from './packet-set.ts';
import { servicesOfEntry } from './service.ts';

/** An entry with the packets that it decides: what it matches and no entry before it does. None are left for a dead entry. */
export interface Decision<E extends NetworkAclEntry> {
  readonly entry: E;
  readonly packets: PacketSet;
}

/** What each entry of one direction decides, in the order of EC2: by number, the first match is final. */
export function decisions<E extends NetworkAclEntry>(
  entries: readonly E[],
  direction: Packet['direction'],
): Decision<E>[] {
  const ascending = entries
    .filter(entry => entry.egress === (direction === 'egress'))
    .sort((a, b) => a.number - b.number);
  let decided = NO_PACKETS;
  return ascending.map(entry => {
    const matched = matchedPackets(entry);
    const packets = difference(matched, decided);
    decided = union(decided, matched);
    return { entry, packets };
  });
}

/** The packets that a network ACL permits in one direction. What no entry decides is denied, entry `*` given or not. */
export function permittedPackets(
  entries: readonly NetworkAclEntry[],
  direction: Packet['direction'],
): PacketSet {
  return decisions(entries, direction)
    .filter(({ entry }) => entry.action === 'allow')
    .reduce((permitted, { packets }) => union(permitted, packets), NO_PACKETS);
}

/** The entries that decide any of the packets: those to blame for them. */
export function entriesDeciding<E extends NetworkAclEntry>(
  entries: readonly E[],
  direction: Packet['direction'],
  packets: PacketSet,
): E[] {
  return decisions(entries, direction)
    .filter(decision => !isEmpty(intersection(decision.packets, packets)))
    .map(({ entry }) => entry);
}

/** What an entry says, whatever stands before it. IPv4 entries never match IPv6 packets, nor the reverse. */
function matchedPackets(entry: NetworkAclEntry): PacketSet {
  const { family, peers } = cidrBlock(entry.cidr);
  return packetSet([{ family, services: servicesOfEntry(entry, family), peers }]);
}
