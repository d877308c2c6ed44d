import { type Binding, componentFacts } from '../../binding/binding.ts';
import type { Baseline } from '../../model/baseline/baseline.ts';
import { Component } from '../../model/baseline/row.ts';
import type { Fact, UnknownReason } from '../../model/fact.ts';
import type { Region } from '../../model/identifiers.ts';
import type { KnownPeers } from '../../network/security-group.ts';
import type { Host, Network, Outside } from '../../network/topology.ts';
import type { NetworkAcl, SecurityGroupRule, Vpc } from '../../services/ec2/facts.ts';
import type { FactName, FactValue } from '../../services/facts.ts';
import { filtersOf } from './filters.ts';
import { hostsOf } from './hosts.ts';
import { outsidesOf } from './outsides.ts';
import { routingOf } from './routing.ts';

/** The facts that decide who reaches whom in a VPC. */
export const reachFacts = [
  ...componentFacts,
  'ec2.securityGroupRules',
  'ec2.networkAcls',
  'ec2.routeTables',
  'ec2.natGateways',
  'ec2.prefixLists',
] as const satisfies readonly FactName[];

/** Network interfaces of a VPC that are treated alike, or the place where those of a component may come to stand. */
export interface LiveHost extends Host {
  /** Absent for what is of no component. */
  readonly component?: Component;
  /** The ids of the interfaces; where there is none yet, the ARN or id of what may get one here. */
  readonly members: readonly string[];
}

/** Whom packets come from and go to in an account. */
export type LivePlace = LiveHost | Outside;

/** What decides on packets, as AWS gave it: what is to blame is found here. */
export interface LiveLists {
  readonly rules: ReadonlyMap<string, readonly SecurityGroupRule[]>;
  readonly acls: ReadonlyMap<string, NetworkAcl>;
  readonly known: KnownPeers;
}

/**
 * A VPC as it is. What could not be read of its lists is taken for closed in `least` and for open in `most`: what
 * passes in the one passes for certain, and what does not pass in the other for certain does not.
 */
export interface LiveNetwork {
  readonly vpc: Vpc;
  readonly places: readonly LivePlace[];
  readonly least: Network;
  readonly most: Network;
  /** Why the two differ; empty where they are the same. */
  readonly unread: readonly UnknownReason[];
  /** Why it is not known all of what a component is, and where it may come to stand. */
  readonly unplaced: ReadonlyMap<Component, UnknownReason>;
  readonly lists: LiveLists;
}

/** What is known of the Region where the VPC is. */
export interface LiveFacts {
  readonly baseline: Baseline;
  readonly region: Region;
  readonly vpc: Vpc;
  readonly binding: Binding;
  readonly value: <Name extends FactName>(name: Name) => FactValue<Name>;
  readonly fact: <Name extends FactName>(name: Name) => Fact<FactValue<Name>>;
}

/**
 * The network of one VPC: its interfaces, the routes that serve them, and the lists that stand before them. Throws
 * UnknownFact where it is not known who is there or where routes lead.
 *
 * Not in it: what an appliance, a firewall or a transit gateway on the way drops, the targets of Network Load Balancers
 * that keep the client's address, and endpoint policies.
 */
export function liveNetworkOf(live: LiveFacts): LiveNetwork {
  const routing = routingOf(live);
  const hosts = hostsOf(live, routing);
  const places = [...outsidesOf(live, routing), ...hosts];
  const { least, most, unread, lists } = filtersOf(hosts, live);
  return {
    vpc: live.vpc,
    places,
    least: { places, ...least },
    most: { places, ...most },
    unread,
    unplaced: unplacedIn(live.binding),
    lists,
  };
}

function unplacedIn({ components }: Binding): Map<Component, UnknownReason> {
  return new Map(
    Component.options.flatMap((component): [Component, UnknownReason][] => {
      const bound = components[component];
      const carriers = bound.kind === 'known' ? bound.value.carriers : bound;
      return carriers.kind === 'unknown' ? [[component, carriers.reason]] : [];
    }),
  );
}
