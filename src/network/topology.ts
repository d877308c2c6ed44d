import type { IpFamily, Packet } from '../model/packet.ts';
import { NO_PACKETS, type PacketSet, union } from './packet-set.ts';
import type { PointSet } from './step-function.ts';

/** What a security group or a network ACL lets in, and what it lets out. */
export type Filter = Readonly<Record<Packet['direction'], PacketSet>>;

/** Addresses of each family. */
export type Addresses = Readonly<Record<IpFamily, PointSet<bigint>>>;

/** A subnet, as far as it decides on packets: what stays inside it passes no network ACL. */
export interface Subnet {
  readonly id: string;
  readonly acl: string;
}

/**
 * How packets get from a host to somewhere outside the VPC and back: `open` both ends may begin, `outbound` only the
 * host may (a gateway endpoint, an egress-only gateway), `nat` only the host may, and a NAT gateway speaks for it.
 */
export type Way = { readonly kind: 'open' | 'outbound' } | { readonly kind: 'nat'; readonly subnet: Subnet };

/** Network interfaces of the VPC that are treated alike. */
export interface Host {
  readonly kind: 'host';
  /** What they are interfaces of; hosts in several subnets may share it. */
  readonly name: string;
  /** All addresses that they have or, before they exist, could be given. */
  readonly addresses: Addresses;
  readonly subnet: Subnet;
  /** Absent where the groups are not known, so that none can be relied on to stop anything. */
  readonly groups?: readonly string[];
  /** By the name of the place outside; there is no route to one that is not here. */
  readonly ways: Readonly<Record<IpFamily, ReadonlyMap<string, Way>>>;
}

/** Whoever is outside the VPC: nothing of it filters them. */
export interface Outside {
  readonly kind: 'outside';
  readonly name: string;
  readonly addresses: Addresses;
  /** The prefix lists, and the groups of other VPCs, that stand for its addresses where those are not known one by one. */
  readonly prefixLists: readonly string[];
}

/** Where packets begin and end. */
export type Place = Host | Outside;

/**
 * A VPC as packets meet it, of a baseline or of an account. The filters' packets name security groups by their symbols
 * (`symbol(id)`): whether a host is meant is known by its groups, not by its address.
 */
export interface Network {
  readonly places: readonly Place[];
  readonly groups: ReadonlyMap<string, Filter>;
  readonly acls: ReadonlyMap<string, Filter>;
}

/** One list of rules: all groups of an interface, or a network ACL, in one direction. */
export interface RuleList {
  readonly kind: 'security-group' | 'network-acl';
  readonly ids: readonly string[];
  readonly direction: Packet['direction'];
}

/** The packets that a list lets through. A group or ACL that the network lacks lets none through. */
export function passing(network: Network, { kind, ids, direction }: RuleList): PacketSet {
  const filters = kind === 'security-group' ? network.groups : network.acls;
  const [first = NO_PACKETS, ...others] = ids.map(id => filters.get(id)?.[direction] ?? NO_PACKETS);
  return others.reduce(union, first);
}
