import { peerCidr } from '../baseline/resolve.ts';
import type { PortRange, RowPeer, SecurityGroupRow } from '../model/baseline/row.ts';
import { cidrBlock } from '../network/address.ts';
import type { AllowRule } from '../network/security-group.ts';
import { endpointServiceName, isServiceName } from '../network/service-names.ts';
import type { RulePeer } from '../services/ec2/facts.ts';
import type { VpcAudit } from './control.ts';

/** The rules that one row asks for, once for each list of peers of which it needs one: see {@link peersOf}. */
export const wantedRules = (row: SecurityGroupRow, peers: readonly RulePeer[]): AllowRule[] =>
  peers.flatMap(peer => trafficOf(row).map(traffic => ({ direction: row.direction, ...traffic, peer })));

function trafficOf({ protocol, ports }: SecurityGroupRow): Pick<AllowRule, 'protocol' | 'from' | 'to'>[] {
  if (protocol === 'all') return [{ protocol: '-1' }];
  return ports === undefined
    ? [{ protocol }]
    : ports.map(({ from, to }: PortRange) => ({ protocol, from, to }));
}

/**
 * The peers of a row in this VPC. A component is as many lists as it has attachments, since whoever names one group of
 * an attachment names all that stands behind it; every other peer is one list of one.
 */
export function peersOf(audit: VpcAudit, peer: RowPeer): RulePeer[][] {
  switch (peer.kind) {
    case 'component':
      return audit.component(peer.component).attachments.map(groups => groups.map(groupPeer));
    case 'service':
      return [[{ kind: 'prefix-list', id: prefixListOf(audit, peer.service) }]];
    case 'cidr':
    case 'network':
    case 'tier': {
      const cidr = peerCidr(peer, audit.baseline);
      return [[{ kind: cidrBlock(cidr).family, cidr }]];
    }
    default:
      return peer satisfies never;
  }
}

/** A group as a rule names it; without an owner it would be a stale reference. */
const groupPeer = (id: string) => ({ kind: 'security-group' as const, id, owner: 'self' });

/** The id of AWS's list for a gateway endpoint; its name where no rule or route names the list, so that nothing matches it. */
function prefixListOf({ region, value }: VpcAudit, service: string): string {
  const list = value('ec2.prefixLists').find(({ name }) => isServiceName(name, region, service));
  return list?.id ?? endpointServiceName('Gateway', region, service);
}
