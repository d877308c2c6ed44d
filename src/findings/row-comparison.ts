import type { Component, SecurityGroupRow } from '../model/baseline/row.ts';
import type { Resource } from '../model/finding.ts';
import type { Packet } from '../model/packet.ts';
import { cidrBlock, contains } from '../network/address.ts';
import { difference, isEmpty, type PacketSet } from '../network/packet-set.ts';
import { type AllowRule, allowedPackets, type KnownPeers } from '../network/security-group.ts';
import type { RulePeer, SecurityGroupRule, Vpc } from '../services/ec2/facts.ts';
import type { VpcAudit } from './control.ts';
import { type PrefixLists, prefixLists } from './prefix-lists.ts';
import { groupResource } from './resources.ts';
import { peersOf, wantedRules } from './wanted-rules.ts';

/** One row with the peers that it has in this VPC, as {@link peersOf} gives them. */
export interface LocatedRow {
  readonly row: SecurityGroupRow;
  readonly peers: readonly (readonly RulePeer[])[];
}

/** The rows of one component and direction beside what is live. */
export interface Comparison {
  readonly direction: Packet['direction'];
  readonly rows: readonly LocatedRow[];
  readonly known: KnownPeers;
  readonly unresolved: PrefixLists['unresolved'];
  /** All that the rows allow. */
  readonly allowed: PacketSet;
  readonly resourceOf: (group: string) => Resource;
  readonly vpc: Vpc;
}

/** Reads the rows that allow something, in this VPC. `live` are the rules that will be compared with them. */
export function comparisonOf(
  audit: VpcAudit,
  component: Component,
  direction: Packet['direction'],
  live: readonly SecurityGroupRule[],
): Comparison {
  const rows = audit.baseline.securityGroups.rows
    .filter(row => row.component === component && row.direction === direction && row.effect === 'allow')
    .map(row => ({ row, peers: peersOf(audit, row.peer) }));
  const { lists, unresolved } = prefixLists(audit.fact('ec2.prefixLists'));
  const known = { prefixLists: lists, groups: new Map<string, string[]>() };
  const groups = new Map(audit.value('ec2.securityGroups').map(group => [group.id, group]));
  const members = live.flatMap(({ peer }) =>
    peer.kind === 'security-group' && groups.get(peer.id)?.vpc === audit.vpc.id ? [peer] : [],
  );
  const allowing = rows.flatMap(({ row, peers }) => {
    const all = peers.flat();
    return wantedRules(row, all.some(peer => holdsVpc(peer, audit.vpc)) ? [...all, ...members] : all);
  });
  return {
    direction,
    rows,
    known,
    unresolved,
    allowed: allowedPackets(allowing, direction, known),
    resourceOf: id => groupResource(audit, groups.get(id) ?? { id, owner: audit.vpc.owner, name: id }),
    vpc: audit.vpc,
  };
}

/** Whether a peer of a row holds every address of the VPC, and so those of every group in it. */
function holdsVpc(peer: RulePeer, { cidrs, ipv6Cidrs }: Vpc): boolean {
  if (peer.kind !== 'ipv4' && peer.kind !== 'ipv6') return false;
  const outer = cidrBlock(peer.cidr);
  return [...cidrs, ...ipv6Cidrs].map(cidrBlock).every(block => contains(outer, block));
}

/**
 * Where no packet of a VPC goes: back to the host that sends it (RFC 1122, 3.2.1.3), and to everyone, since a VPC carries
 * no broadcast. A rule to one of them stands where a group is to let nothing out: CloudFormation takes the rule that a new
 * group has away for the sake of another only, in its own documentation's example one to 127.0.0.1/32.
 */
const NOWHERE = ['127.0.0.0/8', '::1/128', '255.255.255.255/32'].map(cidrBlock);

function leadsNowhere({ peer }: AllowRule): boolean {
  return 'cidr' in peer && NOWHERE.some(block => contains(block, cidrBlock(peer.cidr)));
}

/** What a rule allows beyond the rows. */
export const beyond = (rule: AllowRule, { direction, known, allowed }: Comparison): PacketSet =>
  difference(allowedPackets([rule], direction, known), allowed);

/** The rules that allow something beyond the rows, of what goes anywhere. */
export const extraRules = (
  rules: readonly SecurityGroupRule[],
  comparison: Comparison,
): SecurityGroupRule[] => rules.filter(rule => !leadsNowhere(rule) && !isEmpty(beyond(rule, comparison)));

/** The rules that a row asks for and that live rules do not all cover. */
export function lackingRules(
  { row, peers }: LocatedRow,
  live: readonly AllowRule[],
  { direction, known }: Comparison,
): AllowRule[] {
  return peers.flatMap(list => {
    const allowed = allowedPackets(
      live.map(rule => standIn(rule, list)),
      direction,
      known,
    );
    return wantedRules(row, list.slice(0, 1)).filter(
      wanted => !isEmpty(difference(allowedPackets([wanted], direction, known), allowed)),
    );
  });
}

/** Groups that go together on one attachment are one peer: whichever of them a rule names, it names the first. */
function standIn(rule: AllowRule, [first, ...others]: readonly RulePeer[]): AllowRule {
  const { peer } = rule;
  const isOther =
    peer.kind === 'security-group' && others.some(other => other.kind === peer.kind && other.id === peer.id);
  return first !== undefined && isOther ? { ...rule, peer: first } : rule;
}

/** The rules, of which those for a CIDR that holds the whole VPC name the row's groups as well: their addresses are in it. */
export const namingGroups = (
  rules: readonly AllowRule[],
  { peers }: LocatedRow,
  { vpc }: Comparison,
): AllowRule[] => {
  const groups = peers.flatMap(list => list.slice(0, 1)).filter(({ kind }) => kind === 'security-group');
  return rules.flatMap(rule =>
    holdsVpc(rule.peer, vpc) ? [rule, ...groups.map(peer => ({ ...rule, peer }))] : [rule],
  );
};
