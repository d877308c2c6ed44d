import type { Connection } from '../model/connection.ts';
import { connectionIn } from './connection.ts';
import { CLIENT_PORTS, clientServices, type Ports } from './ephemeral-ports.ts';
import type { Exchange } from './exchange.ts';
import type { Checkpoint, Path } from './path.ts';
import { seenAt } from './reachability.ts';
import { combine, type Region } from './region.ts';
import { servicesOfRule } from './service.ts';
import type { Interval } from './step-function.ts';
import type { Network } from './topology.ts';

/** What must pass over a path: all of these ports, from all of the client's. */
export interface Demand {
  readonly protocol: 'tcp' | 'udp';
  readonly ports: readonly Ports[];
  readonly clientPorts: Ports;
}

/** A list that stops packets that must pass: those, and one connection that it breaks. */
export interface Blockage {
  readonly checkpoint: Checkpoint;
  readonly missing: Region;
  readonly connection: Connection;
}

/**
 * Every list on a path that stops any packet of a demand, in the order in which packets meet them; none if it passes.
 * Each list is asked about all packets, those that an earlier list stops included: that is what has to be mended.
 */
export function blockages(network: Network, path: Path, demand: Demand): Blockage[] {
  return path.checkpoints.flatMap(checkpoint => {
    const missing = missingAt(network, path, checkpoint, demand);
    const [first] = missing;
    if (first === undefined) return [];
    return [{ checkpoint, missing, connection: connectionIn(brokenAt(path, checkpoint, demand, first)) }];
  });
}

/** The packets of a demand that a list on the path stops. */
export function missingAt(network: Network, path: Path, checkpoint: Checkpoint, demand: Demand): Region {
  const value = path[checkpoint.looksAt].addresses[path.family];
  const wanted = servicesAt(checkpoint, demand)
    .map((services): Region => [{ ...services, value }])
    .reduce((a, b) => combine(a, b, (inA, inB) => inA || inB), []);
  return combine(wanted, seenAt(network, path, checkpoint), (isWanted, passes) => isWanted && !passes);
}

/** What of a demand's packets a checkpoint looks at, one stretch for each range of ports. */
export function servicesAt(
  { port }: Checkpoint,
  { protocol, ports, clientPorts }: Demand,
): Interval<number>[] {
  switch (port) {
    case 'server':
      return ports.map(range => servicesOfRule({ protocol, ...range }));
    case 'client':
      return [clientServices(protocol, clientPorts)];
    case 'nat':
      return [clientServices(protocol, CLIENT_PORTS['nat-gateway'])];
    default:
      return port satisfies never;
  }
}

/** The connections that a list breaks, by one step of the packets that it stops: what it does not look at can be anything that the demand has. */
export function brokenAt(
  path: Path,
  { looksAt, port }: Checkpoint,
  demand: Demand,
  missing: Region[number],
): Exchange {
  const { protocol, clientPorts } = demand;
  const [ports] = demand.ports;
  const services = { start: missing.start, end: missing.end, value: true };
  const seen = { server: { services }, client: { replies: services }, nat: {} } as const satisfies Record<
    Checkpoint['port'],
    Partial<Exchange>
  >;
  const ends = { client: { clients: missing.value }, server: { servers: missing.value } } as const;
  return {
    family: path.family,
    services: servicesOfRule({ protocol, ...ports }),
    replies: clientServices(protocol, clientPorts),
    clients: path.client.addresses[path.family],
    servers: path.server.addresses[path.family],
    ...seen[port],
    ...ends[looksAt],
  };
}
