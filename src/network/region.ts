import type { Peers } from './address.ts';
import type { Services } from './service.ts';
import {
  append,
  type Interval,
  MEMBERSHIP,
  overlay,
  type PointSet,
  type Step,
  type StepFunction,
  sameSteps,
  type Values,
  valueAt,
} from './step-function.ts';

/** A set of (service, peer) pairs of one address family, as the peers that each service has. */
export type Region = StepFunction<number, PointSet<bigint>>;

/** What one rule matches: every one of the services with every one of the peers. */
export interface Rectangle {
  readonly services: Services;
  readonly peers: Peers;
}

/** Which points belong to the result, by which of two sets they belong to; what is in neither must not. */
export type SetOperation = (inA: boolean, inB: boolean) => boolean;

const peerSets: Values<PointSet<bigint>> = { nothing: [], same: (a, b) => sameSteps(a, b, MEMBERSHIP.same) };

/** The region that `operation` makes of two. */
export function combine(a: Region, b: Region, operation: SetOperation): Region {
  return overlay(a, b, (x, y) => overlay(x, y, operation, MEMBERSHIP), peerSets);
}

/** Whether two regions hold the same pairs. */
export const sameRegion = (a: Region, b: Region): boolean => sameSteps(a, b, peerSets.same);

/** Whether a region holds a pair. */
export const hasPair = (region: Region, service: number, peer: bigint): boolean =>
  valueAt(valueAt(region, service, peerSets.nothing), peer, MEMBERSHIP.nothing);

/** The union of rectangles, by a sweep along the services: between two neighbouring bounds all have the same peers. */
export function regionOf(rectangles: readonly Rectangle[]): Region {
  const ascending = rectangles.toSorted(byFirstPeer);
  const bounds = new Set<number>();
  for (const { services } of rectangles) bounds.add(services.start).add(services.end);
  const region: Step<number, PointSet<bigint>>[] = [];
  let start: number | undefined;
  for (const end of [...bounds].sort((a, b) => a - b)) {
    if (start !== undefined) append(region, { start, end, value: peersAt(start, ascending) }, peerSets);
    start = end;
  }
  return region;
}

const byFirstPeer = (a: Rectangle, b: Rectangle): number =>
  a.peers.start < b.peers.start ? -1 : Number(a.peers.start > b.peers.start);

/** The peers that a service has, out of rectangles in ascending order of their peers. */
function peersAt(service: number, ascending: readonly Rectangle[]): PointSet<bigint> {
  const set: Interval<bigint>[] = [];
  let last: Interval<bigint> | undefined;
  for (const { services, peers } of ascending) {
    if (service < services.start || services.end <= service) continue;
    if (last === undefined || last.end < peers.start) {
      last = peers;
      set.push(last);
    } else if (last.end < peers.end) {
      last = { ...last, end: peers.end };
      set[set.length - 1] = last;
    }
  }
  return set;
}
