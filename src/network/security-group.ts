import { IpFamily, type Packet } from '../model/packet.ts';
import type { PrefixList, RulePeer, SecurityGroupRule } from '../services/ec2/facts.ts';
import { cidrBlock, hostBlock, symbol } from './address.ts';
import {
  difference,
  intersection,
  isEmpty,
  type Match,
  NO_PACKETS,
  type PacketSet,
  packetSet,
} from './packet-set.ts';
import { servicesOfRule } from './service.ts';

/** As much of a security-group rule as decides what it allows. */
export type AllowRule = Pick<SecurityGroupRule, 'direction' | 'protocol' | 'from' | 'to' | 'peer'>;

/**
 * What is known of the peers that rules name by id. A prefix list that is not here, or whose entries are unknown, and a
 * group that is not here stay symbols: points of their own, which no address is. So with no groups at all, rules are
 * compared by the groups they name; with the private addresses of every group's interfaces, by whom they let in.
 */
export interface KnownPeers {
  readonly prefixLists: ReadonlyMap<string, PrefixList>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

/** The packets that rules allow in one direction. An interface has the rules of all its groups. */
export function allowedPackets(
  rules: readonly AllowRule[],
  direction: Packet['direction'],
  peers: KnownPeers,
): PacketSet {
  const allowing = rules.filter(rule => rule.direction === direction);
  return packetSet(allowing.flatMap(rule => matchesOf(rule, peers)));
}

/** The rules that allow any of the packets: those to blame for them, and to revoke. */
export function rulesAllowing<R extends AllowRule>(
  rules: readonly R[],
  direction: Packet['direction'],
  packets: PacketSet,
  peers: KnownPeers,
): R[] {
  return rules.filter(rule => !isEmpty(intersection(allowedPackets([rule], direction, peers), packets)));
}

/** What one rule list allows and another does not, each way. */
export interface RuleDifference {
  readonly missing: PacketSet;
  readonly extra: PacketSet;
}

/** Where the packets that live rules allow are not those that the wanted rules allow. */
export function compareRules(
  live: readonly AllowRule[],
  wanted: readonly AllowRule[],
  direction: Packet['direction'],
  peers: KnownPeers,
): RuleDifference {
  if (sameText(live, wanted, direction)) return { missing: NO_PACKETS, extra: NO_PACKETS };
  const allowed = allowedPackets(live, direction, peers);
  const intended = allowedPackets(wanted, direction, peers);
  return { missing: difference(intended, allowed), extra: difference(allowed, intended) };
}

/** Most groups are written as they should be: rules of the same text allow the same packets, and need no sets. */
function sameText(a: readonly AllowRule[], b: readonly AllowRule[], direction: Packet['direction']): boolean {
  const text = (rules: readonly AllowRule[]) =>
    rules
      .filter(rule => rule.direction === direction)
      .map(ruleText)
      .sort()
      .join();
  return text(a) === text(b);
}

function ruleText({ protocol, from, to, peer }: AllowRule): string {
  const named = 'cidr' in peer ? peer.cidr : peer.id;
  const stale = peer.kind === 'security-group' && isStale(peer) ? ' stale' : '';
  return `${protocol} ${from} ${to} ${named}${stale}`;
}

function matchesOf(rule: AllowRule, known: KnownPeers): Match[] {
  const services = servicesOfRule(rule);
  return blocksOf(rule.peer, known).map(({ family, peers }) => ({ family, services, peers }));
}

function blocksOf(peer: RulePeer, known: KnownPeers): Pick<Match, 'family' | 'peers'>[] {
  switch (peer.kind) {
    case 'ipv4':
    case 'ipv6':
      return [cidrBlock(peer.cidr)];
    case 'prefix-list': {
      const list = known.prefixLists.get(peer.id);
      if (list?.entries.kind === 'known') return list.entries.value.map(cidrBlock);
      return symbols(peer.id, list === undefined ? IpFamily.options : [list.family]);
    }
    case 'security-group':
      if (isStale(peer)) return [];
      return known.groups.get(peer.id)?.map(hostBlock) ?? symbols(peer.id, IpFamily.options);
    default:
      return peer satisfies never;
  }
}

const symbols = (id: string, families: readonly IpFamily[]): Pick<Match, 'family' | 'peers'>[] =>
  families.map(family => ({ family, peers: symbol(id) }));

/** Whether a reference is stale and matches nobody: its group was deleted, so that it has no owner, or its peering is not active. */
export function isStale(peer: Extract<RulePeer, { kind: 'security-group' }>): boolean {
  return peer.owner === undefined || (peer.peeringStatus !== undefined && peer.peeringStatus !== 'active');
}
