import type { Baseline } from '../../model/baseline/baseline.ts';
import type { Flow, FlowEnd } from '../../model/baseline/network.ts';
import type { IpFamily } from '../../model/packet.ts';
import { CLIENT_PORTS, type ClientKind } from '../../network/ephemeral-ports.ts';
import type { Demand } from '../../network/flow.ts';
import { type Path, pathBetween } from '../../network/path.ts';
import type { Place } from '../../network/topology.ts';
import type { Design } from './design.ts';
import { INTERNET } from './places.ts';

/** A flow that must pass. */
export type WantedFlow = Extract<Flow, { must: 'pass' }>;

/** A flow that must not. */
export type ForbiddenFlow = Extract<Flow, { must: 'not-pass' }>;

/** A client and a server of a flow, and the path between them if there is a route. */
export interface Journey<P extends Place = Place> {
  readonly client: P;
  readonly server: P;
  readonly path: Path | undefined;
}

/** Everything between the two ends of a flow: each place of one with each of the other. */
export function journeysOf<P extends Place>(
  places: readonly P[],
  flow: Flow,
  family: IpFamily,
): Journey<P>[] {
  const except: readonly string[] = flow.must === 'not-pass' ? (flow.except ?? []) : [];
  const clients = placesAt(places, flow.from).filter(({ name }) => !except.includes(name));
  const servers = placesAt(places, flow.to).filter(({ name }) => !except.includes(name));
  return clients.flatMap(client =>
    servers
      .filter(server => client.kind === 'host' || server.kind === 'host')
      .map(server => ({ client, server, path: pathBetween(client, server, family) })),
  );
}

function placesAt<P extends Place>(places: readonly P[], end: FlowEnd): P[] {
  switch (end.kind) {
    case 'component':
      return places.filter(({ name }) => name === end.component);
    case 'service':
      return places.filter(({ name }) => name === end.service);
    case 'network':
      return places.filter(({ name }) => end.network === 'anywhere' || name === INTERNET);
    default:
      return end satisfies never;
  }
}

/** A path that a flow must pass, and what it asks of it. */
export interface Passage {
  readonly flow: WantedFlow;
  readonly path: Path;
  readonly demand: Demand;
}

/** The paths of a flow that must pass, over IPv4, in which the baseline's VPC is laid out; those that no route leads over are not among them. */
export const passagesOf = (design: Design, flow: WantedFlow): Passage[] =>
  journeysOf(design.network.places, flow, 'ipv4').flatMap(({ client, path }) =>
    path === undefined ? [] : [{ flow, path, demand: demandOf(design.baseline, flow, client) }],
  );

/** What a flow asks of the path from one of its clients. */
export const demandOf = ({ components }: Baseline, flow: WantedFlow, client: Place): Demand => ({
  protocol: flow.protocol,
  ports: flow.ports,
  clientPorts: CLIENT_PORTS[kindOf(components, client.name)],
});

function kindOf(components: Baseline['components'], name: string): ClientKind {
  return Object.entries(components).find(([component]) => component === name)?.[1].attachedTo ?? 'internet';
}
