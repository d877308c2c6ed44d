import type { SecurityGroupRow } from '../../model/baseline/row.ts';
import type { Need } from '../../model/baseline-check.ts';
import type { RowId } from '../../model/identifiers.ts';
import { cidrBlock } from '../../network/address.ts';
import { describePackets } from '../../network/describe.ts';
import {
  difference,
  intersection,
  isEmpty,
  NO_PACKETS,
  type PacketSet,
  packetSet,
  union,
} from '../../network/packet-set.ts';
import { EVERY_SERVICE } from '../../network/service.ts';
import type { Design } from './design.ts';
import type { List } from './lists.ts';
import { allowedBy } from './rules.ts';

/** Whether what a row of a security group denies is allowed by none of the others. */
export function assertionOf(
  { baseline }: Design,
  { rows, direction }: Extract<List, { kind: 'security-group' }>,
  id: RowId,
): Extract<Need, { kind: 'assertion-holds' | 'assertion-broken' }> {
  const denied = rows
    .filter(row => row.id === id)
    .map(row => deniedBy(row, baseline))
    .reduce(union, NO_PACKETS);
  const breaking = rows.filter(other => !isEmpty(intersection(allowedBy([other], baseline), denied)));
  if (breaking.length === 0) return { kind: 'assertion-holds' };
  return {
    kind: 'assertion-broken',
    packets: describePackets(intersection(allowedBy(breaking, baseline), denied), direction),
    rows: breaking.map(({ id }) => id),
  };
}

/** The internet is whoever is outside the VPC, over either family: the document writes 0.0.0.0/0, which holds the VPC. */
function deniedBy(row: SecurityGroupRow, baseline: Design['baseline']): PacketSet {
  const packets = allowedBy([{ ...row, effect: 'allow' }], baseline);
  if (row.peer.kind !== 'network' || row.peer.network !== 'internet') return packets;
  const overIpv6 = allowedBy([{ ...row, effect: 'allow', peer: { kind: 'cidr', cidr: '::/0' } }], baseline);
  return difference(union(packets, overIpv6), everyPacketOf(baseline.network.vpc.cidr));
}

function everyPacketOf(cidr: string): PacketSet {
  const { family, peers } = cidrBlock(cidr);
  return packetSet([{ family, services: EVERY_SERVICE, peers }]);
}
