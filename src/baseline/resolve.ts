import type { Baseline } from '../model/baseline/baseline.ts';
import type { AddressPeer, NetworkAclRow, PortRange } from '../model/baseline/row.ts';

/** One entry of a network ACL as AWS holds it: one number, one CIDR, one range of ports (none where the protocol has none). */
export interface NetworkAclEntry {
  readonly number: number;
  readonly direction: NetworkAclRow['direction'];
  readonly action: NetworkAclRow['action'];
  readonly protocol: NetworkAclRow['protocol'];
  readonly ports?: PortRange;
  readonly cidr: string;
}

/** The addresses that a peer stands for. `internet` is the document's 0.0.0.0/0: no row of it speaks of IPv6. */
export function peerCidr(peer: AddressPeer, { network }: Pick<Baseline, 'network'>): string {
  switch (peer.kind) {
    case 'cidr':
      return peer.cidr;
    case 'tier':
      return network.tiers[peer.tier].cidr;
    case 'network':
      return peer.network === 'vpc' ? network.vpc.cidr : '0.0.0.0/0';
    default:
      return peer satisfies never;
  }
}

type Rule = Pick<NetworkAclRow, 'number' | 'direction' | 'action' | 'protocol' | 'ports' | 'peer'>;

/** The entries that a row of the NACL table makes: one for each item of `ports`, numbered upwards from its number. */
export function expandNetworkAclRow(row: Rule, baseline: Pick<Baseline, 'network'>): NetworkAclEntry[] {
  const { number, direction, action, protocol } = row;
  const entry = { direction, action, protocol, cidr: peerCidr(row.peer, baseline) };
  if (row.ports === undefined) return [{ number, ...entry }];
  return row.ports.map((ports, index) => ({ number: number + index, ...entry, ports }));
}
