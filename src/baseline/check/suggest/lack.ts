import { Component, GatewayService, Tier } from '../../../model/baseline/row.ts';
import type { SuggestedAclRow, SuggestedGroupRow } from '../../../model/baseline-check.ts';
import type { FlowId, RowId } from '../../../model/identifiers.ts';
import type { Ports } from '../../../network/ephemeral-ports.ts';
import { servicesAt } from '../../../network/flow.ts';
import { serviceAt } from '../../../network/service.ts';
import type { Place } from '../../../network/topology.ts';
import { decidedBy, listAt } from '../blame.ts';
import type { Design } from '../design.ts';
import type { Block } from '../flows.ts';
import type { List } from '../lists.ts';

/** What one list has to let through, and does not: a row of it, before it has a number and a name. */
export type Lack = GroupLack | AclLack;

interface Traffic {
  readonly leg: 'request' | 'reply';
  readonly protocol: 'tcp' | 'udp';
  readonly ports: readonly Ports[];
  readonly client: string;
  readonly server: string;
  readonly flows: readonly FlowId[];
}

/** The peer is the narrowest that a rule can name: a group or a prefix list. */
export interface GroupLack extends Traffic {
  readonly kind: 'security-group';
  readonly list: Extract<List, { kind: 'security-group' }>;
  readonly peer: SuggestedGroupRow['peer'];
}

/** An entry names a CIDR: the narrowest that is always right is the other end's tier. */
export interface AclLack extends Traffic {
  readonly kind: 'network-acl';
  readonly list: Extract<List, { kind: 'network-acl' }>;
  readonly peer: SuggestedAclRow['peer'];
  /** The rows that stop it. */
  readonly stoppedBy: readonly RowId[];
}

/** What the lists lack that block flows, one lack for all that one row can carry. */
export function lacksOf(design: Design, blocks: readonly Block[]): Lack[] {
  const lacks: Lack[] = [];
  for (const lack of blocks.map(block => lackOf(design, block))) {
    const index = lacks.findIndex(other => carries(other, lack) || carries(lack, other));
    const known = lacks[index];
    if (known === undefined) lacks.push(lack);
    else lacks[index] = joined(known, lack);
  }
  return lacks;
}

function lackOf(design: Design, { checkpoint, missing, path, flow, demand }: Block): Lack {
  const list = listAt(design, checkpoint);
  const place = path[checkpoint.looksAt];
  const traffic: Traffic = {
    leg: checkpoint.leg,
    protocol: demand.protocol,
    // Whole ranges, although rows may let through a part of one: that opens nothing which the flow does not ask for.
    ports: servicesAt(checkpoint, demand)
      .filter(wanted => missing.some(({ start, end }) => start < wanted.end && wanted.start < end))
      .map(({ start, end }) => ({ from: serviceAt(start).port ?? 0, to: serviceAt(end - 1).port ?? 0 })),
    client: path.client.name,
    server: path.server.name,
    flows: [flow.id],
  };
  if (list.kind === 'security-group') return { kind: list.kind, list, peer: groupPeer(place), ...traffic };
  const stoppedBy = decidedBy(design, list, missing, path.family).rows;
  return { kind: list.kind, list, peer: aclPeer(place), stoppedBy, ...traffic };
}

function groupPeer({ kind, name }: Place): SuggestedGroupRow['peer'] {
  const component = Component.safeParse(name);
  if (component.success) return { component: component.data };
  const service = GatewayService.safeParse(name);
  if (service.success) return { service: service.data };
  return { network: kind === 'host' ? 'vpc' : 'internet' };
}

function aclPeer(place: Place): SuggestedAclRow['peer'] {
  return place.kind === 'host' ? { tier: Tier.parse(place.subnet.acl) } : { network: 'internet' };
}

/** Whether a row for one lack lets through the other as well. */
function carries(wide: Lack, narrow: Lack): boolean {
  return (
    wide.list === narrow.list &&
    wide.protocol === narrow.protocol &&
    JSON.stringify(wide.peer) === JSON.stringify(narrow.peer) &&
    narrow.ports.every(({ from, to }) => wide.ports.some(range => range.from <= from && to <= range.to))
  );
}

function joined(a: Lack, b: Lack): Lack {
  const wide = carries(a, b) ? a : b;
  const flows = [...new Set([...a.flows, ...b.flows])];
  if (wide.kind === 'security-group') return { ...wide, flows };
  const stopping = [a, b].flatMap(lack => (lack.kind === 'network-acl' ? lack.stoppedBy : []));
  return { ...wide, flows, stoppedBy: [...new Set(stopping)] };
}
