import { expandNetworkAclRow } from '../../../baseline/resolve.ts';
import type { Baseline } from '../../../model/baseline/baseline.ts';
import type { NetworkAclRow, Tier } from '../../../model/baseline/row.ts';
import type { NetworkAclEntry } from '../facts.ts';

const numbers = { all: '-1', tcp: '6', udp: '17', icmp: '1', icmpv6: '58' } as const satisfies Record<
  NetworkAclRow['protocol'],
  string
>;

/** The entries of a tier's NACL as EC2 holds them, by direction and number. */
export const wantedEntries = (baseline: Baseline, tier: Tier): NetworkAclEntry[] =>
  baseline.networkAcls.rows
    .filter(row => row.tier === tier)
    .flatMap(row => expandNetworkAclRow(row, baseline))
    .map(({ number, direction, action, protocol, cidr, ports }) => ({
      number,
      egress: direction === 'outbound',
      action,
      protocol: numbers[protocol],
      cidr,
      ...(ports !== undefined && { ports }),
      // An entry for ICMP must say which types: -1 is all.
      ...((protocol === 'icmp' || protocol === 'icmpv6') && { icmp: { type: -1, code: -1 } }),
    }))
    .sort((a, b) => Number(a.egress) - Number(b.egress) || a.number - b.number);
