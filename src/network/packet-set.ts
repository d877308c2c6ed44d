import type { IpFamily, Packet } from '../model/packet.ts';
import { peerPoint } from './address.ts';
import {
  combine,
  hasPair,
  type Rectangle,
  type Region,
  regionOf,
  type SetOperation,
  sameRegion,
} from './region.ts';
import { servicePoint } from './service.ts';

/**
 * An exact set of packets as a rule list sees them: which peers may use which services. A direction is not part of it.
 * The form is unique: two sets, whatever lists they were made of, are the same packets exactly when they are `equal`.
 */
export type PacketSet = Readonly<Record<IpFamily, Region>>;

/** Every packet of one family from (or to) some peers for some services. */
export interface Match extends Rectangle {
  readonly family: IpFamily;
}

/** The set without a packet. */
export const NO_PACKETS: PacketSet = { ipv4: [], ipv6: [] };

/** The packets of any of the matches. */
export function packetSet(matches: readonly Match[]): PacketSet {
  const of = (family: IpFamily) => regionOf(matches.filter(match => match.family === family));
  return { ipv4: of('ipv4'), ipv6: of('ipv6') };
}

/** The packets of a, of b, or of both. */
export const union = (a: PacketSet, b: PacketSet): PacketSet => operate(a, b, (inA, inB) => inA || inB);

/** The packets of both a and b. */
export const intersection = (a: PacketSet, b: PacketSet): PacketSet =>
  operate(a, b, (inA, inB) => inA && inB);

/** The packets of a that are not of b. */
export const difference = (a: PacketSet, b: PacketSet): PacketSet => operate(a, b, (inA, inB) => inA && !inB);

/** Whether there is no packet in a set. */
export const isEmpty = (set: PacketSet): boolean => set.ipv4.length === 0 && set.ipv6.length === 0;

/** Whether a and b are the same packets. */
export const equal = (a: PacketSet, b: PacketSet): boolean =>
  sameRegion(a.ipv4, b.ipv4) && sameRegion(a.ipv6, b.ipv6);

/** Whether every packet of b is one of a. */
export const covers = (a: PacketSet, b: PacketSet): boolean => isEmpty(difference(b, a));

/** Whether a packet is in a set. */
export const includes = (set: PacketSet, packet: Omit<Packet, 'direction'>): boolean =>
  hasPair(set[packet.family], servicePoint(packet), peerPoint(packet.peer));

function operate(a: PacketSet, b: PacketSet, operation: SetOperation): PacketSet {
  return { ipv4: combine(a.ipv4, b.ipv4, operation), ipv6: combine(a.ipv6, b.ipv6, operation) };
}
