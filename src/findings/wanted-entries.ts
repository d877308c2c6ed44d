import { expandNetworkAclRow } from '../baseline/resolve.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import type { NetworkAclRow, Tier } from '../model/baseline/row.ts';
import type { Packet } from '../model/packet.ts';
import { permittedPackets } from '../network/network-acl.ts';
import type { PacketSet } from '../network/packet-set.ts';
import type { NetworkAclEntry } from '../services/ec2/facts.ts';

/** The direction of a network ACL's list, as its table names it. */
export type ListDirection = NetworkAclRow['direction'];

/** One entry that a row asks for. */
export interface WantedEntry extends NetworkAclEntry {
  readonly row: NetworkAclRow;
}

/** The direction of the packets that a list decides. */
export const flowOf = (direction: ListDirection): Packet['direction'] =>
  direction === 'inbound' ? 'ingress' : 'egress';

const PROTOCOL = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58', all: '-1' } as const satisfies Record<
  NetworkAclRow['protocol'],
  string
>;

/** The entries that the rows of a tier ask for in one direction. */
export function wantedEntries(baseline: Baseline, tier: Tier, direction: ListDirection): WantedEntry[] {
  const rows = baseline.networkAcls.rows.filter(row => row.tier === tier && row.direction === direction);
  return rows.flatMap(row =>
    expandNetworkAclRow(row, baseline).map(({ number, action, protocol, ports, cidr }) => ({
      row,
      number,
      egress: direction === 'outbound',
      action,
      protocol: PROTOCOL[protocol],
      cidr,
      ...(ports === undefined ? {} : { ports }),
    })),
  );
}

/** The packets that the rows of a tier permit in one direction. */
export const wantedPackets = (baseline: Baseline, tier: Tier, direction: ListDirection): PacketSet =>
  permittedPackets(wantedEntries(baseline, tier, direction), flowOf(direction));
