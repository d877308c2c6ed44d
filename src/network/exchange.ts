import type { IpFamily } from '../model/packet.ts';
import { type Interval, MEMBERSHIP, overlay, type PointSet } from './step-function.ts';

/**
 * A box of what passes: any of the clients may ask any of the servers for any of the services, and is answered where
 * the reply's own service (for tcp and udp the port that the client chose) is one of `replies`.
 */
export interface Exchange {
  readonly family: IpFamily;
  readonly services: Interval<number>;
  readonly replies: Interval<number>;
  readonly clients: PointSet<bigint>;
  readonly servers: PointSet<bigint>;
}

/** What is in one list of boxes and not in the other, as boxes. */
export const beyond = (boxes: readonly Exchange[], others: readonly Exchange[]): readonly Exchange[] =>
  others.reduce((rest, other) => rest.flatMap(box => subtract(box, other)), boxes);

/** Along each of the four sides in turn, what lies outside the other box is kept, and what lies inside goes on. */
function subtract(box: Exchange, other: Exchange): Exchange[] {
  if (box.family !== other.family) return [box];
  const services = split([box.services], [other.services]);
  const replies = split([box.replies], [other.replies]);
  const clients = split(box.clients, other.clients);
  const servers = split(box.servers, other.servers);
  const [shared] = services.inside;
  const [answered] = replies.inside;
  if (shared === undefined || answered === undefined) return [box];
  if (clients.inside.length === 0 || servers.inside.length === 0) return [box];
  const common = { ...box, services: shared };
  const pieces = [
    ...services.outside.map(part => ({ ...box, services: part })),
    ...replies.outside.map(part => ({ ...common, replies: part })),
    { ...common, replies: answered, clients: clients.outside },
    { ...common, replies: answered, clients: clients.inside, servers: servers.outside },
  ];
  return pieces.filter(piece => piece.clients.length > 0 && piece.servers.length > 0);
}

function split<P extends number | bigint>(set: PointSet<P>, other: PointSet<P>) {
  return {
    inside: overlay(set, other, (a, b) => a && b, MEMBERSHIP),
    outside: overlay(set, other, (a, b) => a && !b, MEMBERSHIP),
  };
}

/** The points of any of some intervals. */
export const unionOf = (intervals: readonly Interval<number>[]): PointSet<number> =>
  intervals.reduce<PointSet<number>>(
    (all, interval) => overlay(all, [interval], (a, b) => a || b, MEMBERSHIP),
    [],
  );
