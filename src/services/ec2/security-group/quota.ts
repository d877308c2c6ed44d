import type { IpFamily } from '../../../model/packet.ts';
import type { KnownPeers } from '../../../network/security-group.ts';
import type { RuleMend } from './changes.ts';
import type { RuleBody } from './state.ts';

/** AWS's default quota of rules per security group, counted for each direction and each family (VPC user guide, amazon-vpc-limits). */
export const RULES_PER_GROUP = 60;

/** Where a group would hold more rules than AWS allows while its new rules stand beside its old ones; undefined where nowhere. */
export function overQuota(live: readonly RuleBody[], mend: RuleMend, peers: KnownPeers): string | undefined {
  const peak = [...live, ...mend.add];
  for (const direction of ['ingress', 'egress'] as const) {
    if (!mend.add.some(rule => rule.direction === direction)) continue;
    for (const family of ['ipv4', 'ipv6'] as const) {
      const counted = peak.filter(rule => rule.direction === direction);
      const count = counted.reduce((sum, rule) => sum + weight(rule, family, peers), 0);
      if (count > RULES_PER_GROUP) {
        return `${count} ${direction} rules for ${family} would stand at its peak, and the quota is ${RULES_PER_GROUP}`;
      }
    }
  }
  return undefined;
}

/** A reference counts in both families; a prefix list as many times as it may have entries, which its entries are the least of. */
function weight({ peer }: RuleBody, family: IpFamily, peers: KnownPeers): number {
  if (peer.kind === 'ipv4' || peer.kind === 'ipv6') return Number(peer.kind === family);
  if (peer.kind === 'security-group') return 1;
  const list = peers.prefixLists.get(peer.id);
  if (list === undefined) return 1;
  if (list.family !== family) return 0;
  return isAws(list.owner) || list.entries.kind === 'unknown' ? 1 : Math.max(1, list.entries.value.length);
}

/** S3's and DynamoDB's lists, the only ones of AWS's that the baseline names, count as one. */
const isAws = (owner: string): boolean => !/^\d{12}$/.test(owner);
