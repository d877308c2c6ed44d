import type { Baseline } from '../../model/baseline/baseline.ts';
import type { NetworkAclRow, RowPeer, SecurityGroupRow } from '../../model/baseline/row.ts';
import { cidrBlock } from '../../network/address.ts';
import { permittedPackets } from '../../network/network-acl.ts';
import type { PacketSet } from '../../network/packet-set.ts';
import { type AllowRule, allowedPackets } from '../../network/security-group.ts';
import type { NetworkAclEntry, RulePeer } from '../../services/ec2/facts.ts';
import { expandNetworkAclRow, peerCidr } from '../resolve.ts';

/** What rows of one direction allow; those that deny are assertions, and allow nothing. */
export function allowedBy(rows: readonly SecurityGroupRow[], baseline: Baseline): PacketSet {
  const direction = rows[0]?.direction ?? 'ingress';
  const rules = rows.filter(({ effect }) => effect === 'allow').flatMap(row => rulesOf(row, baseline));
  return allowedPackets(rules, direction, { prefixLists: new Map(), groups: new Map() });
}

/** The rules that a row becomes: one for each of its port ranges. */
export function rulesOf(
  { protocol, direction, ports, peer }: SecurityGroupRow,
  baseline: Baseline,
): AllowRule[] {
  const rule = {
    direction,
    protocol: protocol === 'all' ? '-1' : protocol,
    peer: peerOf(peer, baseline),
  };
  return ports === undefined ? [rule] : ports.map(range => ({ ...rule, ...range }));
}

/** No group and no list exists yet: they are known by the names of their components and services. */
function peerOf(peer: RowPeer, baseline: Baseline): RulePeer {
  switch (peer.kind) {
    case 'component':
      return { kind: 'security-group', id: peer.component, owner: 'self' };
    case 'service':
      return { kind: 'prefix-list', id: peer.service };
    case 'cidr':
    case 'network':
    case 'tier': {
      const cidr = peerCidr(peer, baseline);
      return { kind: cidrBlock(cidr).family, cidr };
    }
    default:
      return peer satisfies never;
  }
}

/** An entry, and the row that it is made of. */
export interface RowEntry extends NetworkAclEntry {
  readonly row: NetworkAclRow;
}

const NUMBERS = { all: '-1', tcp: '6', udp: '17', icmp: '1', icmpv6: '58' } as const satisfies Record<
  NetworkAclRow['protocol'],
  string
>;

/** The entries of rows, those of each row in the order of its port ranges. */
export const entriesOf = (rows: readonly NetworkAclRow[], baseline: Baseline): RowEntry[] =>
  rows.flatMap(row =>
    expandNetworkAclRow(row, baseline).map(({ direction, protocol, ...entry }) => ({
      ...entry,
      protocol: NUMBERS[protocol],
      egress: direction === 'outbound',
      row,
    })),
  );

/** What rows of one direction of a network ACL permit. */
export const permittedBy = (rows: readonly NetworkAclRow[], baseline: Baseline): PacketSet =>
  permittedPackets(entriesOf(rows, baseline), rows[0]?.direction === 'outbound' ? 'egress' : 'ingress');
