import type { VpcAudit } from '../findings/control.ts';
import { wantedFlows } from '../findings/reachability/let-through.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import type { Flow, FlowEnd } from '../model/baseline/network.ts';
import type { Component } from '../model/baseline/row.ts';
import { known, UnknownFact } from '../model/fact.ts';
import type { Status } from '../model/finding.ts';
import { hostBlock } from '../network/address.ts';
import { covers, intersection, isEmpty, packetSet } from '../network/packet-set.ts';
import { type AllowRule, allowedPackets, type KnownPeers } from '../network/security-group.ts';
import { servicesOfRule } from '../network/service.ts';
import { isServiceName } from '../network/service-names.ts';
import type { RulePeer, SecurityGroupRule } from '../services/ec2/facts.ts';
import type { RuleMend } from '../services/ec2/security-group/changes.ts';
import type { RuleBody } from '../services/ec2/security-group/state.ts';
import type { Scene } from './scene.ts';

/** A flow of the baseline that must pass. */
export type PassingFlow = Extract<Flow, { must: 'pass' }>;
type Live = { readonly live: readonly SecurityGroupRule[] };

/**
 * The intended flow that a mend of a component's group would cut; undefined where there is none. Where the live network
 * tells, it is one that passes now and would be stopped; where it does not, one that may rest on a rule that is to be
 * revoked, and that the group's rules would not allow any more.
 */
export function stoppedFlow(
  scene: Scene,
  audit: VpcAudit,
  mend: RuleMend & Live & { readonly component: Component; readonly group: string },
): string | undefined {
  const { group, component } = mend;
  const others = audit.value('ec2.securityGroupRules').filter(rule => rule.group !== group);
  const own = after(mend).map((rule, index) => ({ ...rule, id: `${group}-${index}`, group }));
  const now = flowsOf(audit);
  const then = flowsOf({
    ...audit,
    ...scene.imagine({ 'ec2.securityGroupRules': known([...others, ...own]) }),
  });
  for (const flow of audit.baseline.flows) {
    if (flow.must !== 'pass' || now.get(flow.id) === 'fail') continue;
    const doubt = now.get(flow.id) === 'pass' ? undefined : restingOn(audit, flow, component, mend);
    if (doubt !== undefined) return doubt;
    if (then.get(flow.id) === 'fail') {
      return `The flow ${flow.id} passes now, and would be stopped. --allow-disruptive cuts it all the same.`;
    }
  }
  return undefined;
}

/** The intended flow that a component may have by a rule that is to be revoked, and that its rules would not allow any more; undefined where there is none. */
export function cutFlow(audit: VpcAudit, component: Component, mend: RuleMend & Live): string | undefined {
  for (const flow of audit.baseline.flows) {
    const cut = flow.must === 'pass' ? restingOn(audit, flow, component, mend) : undefined;
    if (cut !== undefined) return cut;
  }
  return undefined;
}

/** What is known of each flow that must pass: it fails where any of it does. Nothing where the network is not known. */
export function flowsOf(audit: VpcAudit): Map<string, Status> {
  const flows = new Map<string, Status>();
  try {
    for (const { key = '', status } of wantedFlows(audit)) {
      const [flow = ''] = key.split(' ');
      if (flows.get(flow) !== 'fail') flows.set(flow, status);
    }
  } catch (error) {
    if (!(error instanceof UnknownFact)) throw error;
  }
  return flows;
}

function restingOn(
  audit: VpcAudit,
  flow: PassingFlow,
  component: Component,
  mend: RuleMend & Live,
): string | undefined {
  const side = sideOf(flow, component);
  if (side === undefined) return undefined;
  // A revoked rule of other ports says nothing of the flow.
  const lost = mend.revoke.filter(rule => rule.direction === side.direction && serves(rule, flow));
  if (lost.length === 0 || passes(audit, flow, side, after(mend))) return undefined;
  const rules = lost.map(({ id }) => id).join(', ');
  return `The flow ${flow.id} may rest on ${rules}, and would not pass by the rules of the baseline, as far as they can be written here (is a security group bound to both its ends?). --allow-disruptive revokes all the same.`;
}

/** The rules of a group when all is done. */
const after = ({ live, revoke, add }: RuleMend & Live): RuleBody[] => [
  ...live.filter(rule => !revoke.includes(rule)),
  ...add,
];

interface Side {
  readonly direction: SecurityGroupRule['direction'];
  readonly peer: FlowEnd;
}

function sideOf({ from, to }: PassingFlow, component: Component): Side | undefined {
  if (from.kind === 'component' && from.component === component) return { direction: 'egress', peer: to };
  if (to.kind === 'component' && to.component === component) return { direction: 'ingress', peer: from };
  return undefined;
}

function serves(rule: AllowRule, { protocol, ports }: PassingFlow): boolean {
  const of = servicesOfRule(rule);
  return ports.some(range => {
    const wanted = servicesOfRule({ protocol, ...range });
    return of.start < wanted.end && wanted.start < of.end;
  });
}

/** Whether rules allow a flow: to one group of every attachment of its other end, or to the whole tier in which that stands. */
function passes(
  audit: VpcAudit,
  flow: PassingFlow,
  { direction, peer }: Side,
  rules: readonly AllowRule[],
): boolean {
  const peers: KnownPeers = {
    prefixLists: new Map(audit.value('ec2.prefixLists').map(list => [list.id, list])),
    groups: new Map(),
  };
  const allowed = allowedPackets(rules, direction, peers);
  const has = (one: RulePeer) =>
    flow.ports.every(range =>
      covers(
        allowed,
        allowedPackets([{ direction, protocol: flow.protocol, ...range, peer: one }], direction, peers),
      ),
    );
  switch (peer.kind) {
    case 'network':
      return has({ kind: 'ipv4', cidr: '0.0.0.0/0' });
    case 'service': {
      const list = [...peers.prefixLists.values()].find(({ name }) =>
        isServiceName(name, audit.region, peer.service),
      );
      return list !== undefined && has({ kind: 'prefix-list', id: list.id });
    }
    case 'component': {
      const { attachments } = audit.component(peer.component);
      const { cidr } = audit.baseline.network.tiers[audit.baseline.components[peer.component].tier];
      if (has({ kind: 'ipv4', cidr })) return true;
      return (
        attachments.length > 0 &&
        attachments.every(groups =>
          groups.some(id => has({ kind: 'security-group', id, owner: audit.vpc.owner })),
        )
      );
    }
    default:
      return peer satisfies never;
  }
}

/** The intended flow of a component that a rule may carry, by its ports; undefined where there is none. */
export const carriedFlow = ({ flows }: Baseline, component: Component, rule: AllowRule): string | undefined =>
  flows.find(flow => flow.must === 'pass' && sideOf(flow, component) !== undefined && serves(rule, flow))?.id;

/** The ports by which people get in: SSH, RDP, and the consoles of bastions. */
const WAYS_IN = [22, 3389, 443] as const;

/** The caller's own way in that a mend would close; undefined where there is none, or where their address is not known. */
export function lockedOut(
  mend: RuleMend & Live,
  peers: KnownPeers,
  address: string | undefined,
): string | undefined {
  if (address === undefined) return undefined;
  const { family, peers: caller } = hostBlock(address);
  const now = allowedPackets(mend.live, 'ingress', peers);
  const then = allowedPackets(after(mend), 'ingress', peers);
  const port = WAYS_IN.find(way => {
    const packets = packetSet([
      { family, services: servicesOfRule({ protocol: 'tcp', from: way, to: way }), peers: caller },
    ]);
    return !isEmpty(intersection(now, packets)) && isEmpty(intersection(then, packets));
  });
  if (port === undefined) return undefined;
  return `It would close tcp ${port} to ${address}, from which you work. --allow-disruptive closes it all the same.`;
}
