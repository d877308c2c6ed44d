import type { VpcAudit } from '../findings/control.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import type { FlowEnd } from '../model/baseline/network.ts';
import type { PortRange, Tier } from '../model/baseline/row.ts';
import { known } from '../model/fact.ts';
import { cidrBlock } from '../network/address.ts';
import { describePackets } from '../network/describe.ts';
import { permittedPackets } from '../network/network-acl.ts';
import { difference, intersection, isEmpty, type PacketSet, packetSet } from '../network/packet-set.ts';
import { servicesOfRule } from '../network/service.ts';
import type { NetworkAcl, NetworkAclEntry, SecurityGroupRule, Subnet } from '../services/ec2/facts.ts';
import { flowsOf, type PassingFlow } from './guards.ts';
import type { Scene } from './scene.ts';

/** The subnets of a tier that are to have other entries, each with the NACL that it has now. */
export interface AclSwap {
  readonly tier: Tier;
  readonly held: readonly { readonly subnet: Subnet; readonly acl: NetworkAcl }[];
  readonly wanted: readonly NetworkAclEntry[];
}

/**
 * The intended flow that a swap would cut; undefined where there is none. Where the live network tells, it is one that
 * passes now and would be stopped; where it does not, and somebody may stand in the subnets, one of whose packets the
 * old lists permit more than the new ones.
 */
export function cutByAcl(scene: Scene, audit: VpcAudit, swap: AclSwap): string | undefined {
  const now = flowsOf(audit);
  const then = flowsOf({ ...audit, ...scene.imagine({ 'ec2.networkAcls': known(swapped(audit, swap)) }) });
  const isDoubtful = mayBeInUse(audit, swap);
  for (const flow of audit.baseline.flows) {
    if (flow.must !== 'pass' || now.get(flow.id) === 'fail') continue;
    const doubt =
      now.get(flow.id) === 'pass' || !isDoubtful ? undefined : narrowed(audit.baseline, flow, swap);
    if (doubt !== undefined) return doubt;
    if (then.get(flow.id) === 'fail') {
      return `The flow ${flow.id} passes now, and would be stopped by the rows of the ${swap.tier} tier. --allow-disruptive cuts it all the same.`;
    }
  }
  return undefined;
}

/** The NACLs of the Region once the subnets have the wanted entries. */
function swapped(audit: VpcAudit, { held, wanted }: AclSwap): NetworkAcl[] {
  const leaving = new Set(held.map(({ subnet }) => subnet.id));
  const kept = audit.value('ec2.networkAcls').map(acl => ({
    ...acl,
    associations: acl.associations.filter(({ subnet }) => !leaving.has(subnet)),
  }));
  const associations = [...leaving].map(subnet => ({ id: `${subnet}-acl`, subnet }));
  const { id, owner } = audit.vpc;
  const next = {
    id: 'acl-new',
    vpc: id,
    owner,
    isDefault: false,
    entries: [...wanted],
    associations,
    tags: {},
  };
  return [...kept, next];
}

/** Whether anybody may stand in the subnets. */
function mayBeInUse(audit: VpcAudit, { held }: AclSwap): boolean {
  const interfaces = audit.fact('ec2.networkInterfaces');
  if (interfaces.kind === 'unknown') return true;
  return interfaces.value.some(one => held.some(({ subnet }) => subnet.id === one.subnet));
}

function narrowed(
  baseline: Baseline,
  flow: PassingFlow,
  { tier, held, wanted }: AclSwap,
): string | undefined {
  for (const { acl } of held) {
    for (const { direction, packets } of crossings(baseline, flow, tier)) {
      const lost = difference(
        intersection(permittedPackets(acl.entries, direction), packets),
        permittedPackets(wanted, direction),
      );
      if (isEmpty(lost)) continue;
      const words = describePackets(lost, direction).join('; ');
      return `The flow ${flow.id} may pass ${words} now, and would not by the rows of the ${tier} tier. --allow-disruptive cuts it all the same.`;
    }
  }
  return undefined;
}

/** What of a flow a tier's NACL sees: the requests, and the replies to the ports that clients choose. */
function crossings(
  baseline: Baseline,
  { from, to, protocol, ports }: PassingFlow,
  tier: Tier,
): { direction: SecurityGroupRule['direction']; packets: PacketSet }[] {
  const stands = (end: FlowEnd) =>
    end.kind === 'component' && baseline.components[end.component].tier === tier;
  const from1024 = [{ from: 1024, to: 65535 }];
  const packets = (end: FlowEnd, ranges: readonly PortRange[]) => farPackets(baseline, end, protocol, ranges);
  return [
    ...(stands(from)
      ? [
          { direction: 'egress' as const, packets: packets(to, ports) },
          { direction: 'ingress' as const, packets: packets(to, from1024) },
        ]
      : []),
    ...(stands(to)
      ? [
          { direction: 'ingress' as const, packets: packets(from, ports) },
          { direction: 'egress' as const, packets: packets(from, from1024) },
        ]
      : []),
  ];
}

/** The packets of one end of a flow: of the component's tier, or of every address outside the VPC. */
function farPackets(
  { components, network }: Baseline,
  end: FlowEnd,
  protocol: PassingFlow['protocol'],
  ranges: readonly PortRange[],
): PacketSet {
  const of = (cidr: string) => {
    const { family, peers } = cidrBlock(cidr);
    return packetSet(
      ranges.map(range => ({ family, services: servicesOfRule({ protocol, ...range }), peers })),
    );
  };
  if (end.kind === 'component') return of(network.tiers[components[end.component].tier].cidr);
  return difference(of('0.0.0.0/0'), of(network.vpc.cidr));
}
