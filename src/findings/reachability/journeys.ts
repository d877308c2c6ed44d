import { type Journey, journeysOf } from '../../baseline/check/paths.ts';
import { INTERNET } from '../../baseline/check/places.ts';
import type { Flow, FlowEnd } from '../../model/baseline/network.ts';
import { Component } from '../../model/baseline/row.ts';
import type { UnknownReason } from '../../model/fact.ts';
import type { IpFamily } from '../../model/packet.ts';
import type { Path } from '../../network/path.ts';
import { seenAt } from '../../network/reachability.ts';
import type { Network, Place } from '../../network/topology.ts';
import type { VpcAudit } from '../control.ts';
import type { LiveNetwork, LivePlace } from './live-network.ts';

/** Everything between the two ends of a flow in an account, each place that has addresses of the family with each other. */
export const liveJourneys = (live: LiveNetwork, flow: Flow, family: IpFamily): Journey<LivePlace>[] =>
  journeysOf(
    live.places.filter(({ addresses }) => addresses[family].length > 0),
    flow,
    family,
  ).filter(({ client, server }) => client !== server || !isSingle(client, family));

/**
 * Whether anything passes the groups of the components on a path. Most of what else stands in a large VPC does not, and
 * then its own lists need not be computed.
 */
export const passesComponents = (network: Network, path: Path): boolean =>
  path.checkpoints
    .filter(({ leg, list }) => leg === 'request' && list.kind === 'security-group')
    .filter(({ looksAt }) => isComponent(looksAt === 'client' ? path.server : path.client))
    .every(checkpoint => seenAt(network, path, checkpoint).length > 0);

const isComponent = ({ name }: Place): boolean => Component.safeParse(name).success;

/** Whether a place has one address, so that within it nobody can reach anybody else. */
export function isSingle({ addresses }: LivePlace, family: IpFamily): boolean {
  const [first, ...others] = addresses[family];
  return first !== undefined && first.end - first.start === 1n && others.length === 0;
}

/** The component of a flow of which nothing stands in the VPC. Throws UnknownFact where it is not known what does. */
export function absentOf(audit: VpcAudit, live: LiveNetwork, flow: Flow): Component | undefined {
  const except = flow.must === 'not-pass' ? (flow.except ?? []) : [];
  for (const component of except) audit.component(component);
  return namedBy(flow).find(component => {
    audit.component(component);
    return !live.unplaced.has(component) && !live.places.some(({ name }) => name === component);
  });
}

/** Why it is not known who stands at the ends of a flow; nothing where it is. */
export function unplacedAt(live: LiveNetwork, flow: Flow): UnknownReason[] {
  const anywhere = [flow.from, flow.to].some(end => end.kind === 'network' && end.network === 'anywhere');
  return (anywhere ? Component.options : namedBy(flow)).flatMap(
    component => live.unplaced.get(component) ?? [],
  );
}

const namedBy = ({ from, to }: Flow): Component[] =>
  [from, to].flatMap(end => (end.kind === 'component' ? [end.component] : []));

const THE_INTERNET = 'the internet';

/** A flow's end in words. */
export function endName(end: FlowEnd): string {
  switch (end.kind) {
    case 'component':
      return end.component;
    case 'service':
      return end.service;
    case 'network':
      return end.network === INTERNET ? THE_INTERNET : end.network;
    default:
      return end satisfies never;
  }
}

/** How many interfaces a sentence can hold. */
const NAMED = 3;

/** A place in words: its name, or the interfaces that it is where they are of no component. */
export function placeName(place: LivePlace): string {
  if (place.name === INTERNET) return THE_INTERNET;
  if (place.kind === 'outside' || place.component !== undefined) return place.name;
  const more = place.members.length - NAMED;
  const named = place.members.slice(0, NAMED).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}
