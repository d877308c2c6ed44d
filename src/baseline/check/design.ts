import type { Baseline } from '../../model/baseline/baseline.ts';
import { Component, Tier } from '../../model/baseline/row.ts';
import { IpFamily } from '../../model/packet.ts';
import { NO_PACKETS } from '../../network/packet-set.ts';
import { type Path, pathBetween } from '../../network/path.ts';
import type { Filter, Network, Place } from '../../network/topology.ts';
import { type List, listsOf, packetsOf, ruleListOf } from './lists.ts';
import { isStranger, placesOf } from './places.ts';

/** A baseline with the network that its rows make, and the paths through it. */
export interface Design {
  readonly baseline: Baseline;
  readonly lists: readonly List[];
  readonly network: Network;
  /** Those whose both ends are the baseline's own. A host has peers of its own kind, in its own subnet too. */
  readonly ownPaths: readonly Path[];
  /** Those, and then those from and to strangers. */
  readonly paths: readonly Path[];
}

/** The network that a baseline's rows make. */
export function designOf(baseline: Baseline): Design {
  const lists = listsOf(baseline);
  const places = placesOf(baseline);
  const paths = pathsBetween(places);
  const bare: Network = {
    places,
    groups: new Map(Component.options.map(component => [component, CLOSED])),
    acls: new Map(Tier.options.map(tier => [tier, CLOSED])),
  };
  return {
    baseline,
    lists,
    network: lists.reduce((network, list) => withList(network, list, baseline), bare),
    ownPaths: paths.filter(isOwn),
    paths: [...paths.filter(isOwn), ...paths.filter(path => !isOwn(path))],
  };
}

const CLOSED: Filter = { ingress: NO_PACKETS, egress: NO_PACKETS };

const isOwn = ({ client, server }: Path): boolean => !isStranger(client) && !isStranger(server);

const pathsBetween = (places: readonly Place[]): Path[] =>
  IpFamily.options.flatMap(family =>
    places.flatMap(client => places.flatMap(server => pathBetween(client, server, family) ?? [])),
  );

/** The network with one of its lists changed; all others are shared. */
export function withList(network: Network, list: List, baseline: Baseline): Network {
  const { kind, ids, direction } = ruleListOf(list);
  const filters = kind === 'security-group' ? network.groups : network.acls;
  const [id = ''] = ids;
  const filter = filters.get(id) ?? CLOSED;
  const changed = new Map([...filters, [id, { ...filter, [direction]: packetsOf(list, baseline) }]]);
  return kind === 'security-group' ? { ...network, groups: changed } : { ...network, acls: changed };
}
