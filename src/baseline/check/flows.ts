import type { Flow, FlowEnd } from '../../model/baseline/network.ts';
import type { FlowVerdict, Lock, Obstacle, RowList } from '../../model/baseline-check.ts';
import { IpFamily } from '../../model/packet.ts';
import { connectionIn } from '../../network/connection.ts';
import { unionOf } from '../../network/exchange.ts';
import { type Blockage, blockages } from '../../network/flow.ts';
import { type Path, pathIfRouted } from '../../network/path.ts';
import { requestsOver, seenAt } from '../../network/reachability.ts';
import { EVERY_SERVICE, servicesOfRule } from '../../network/service.ts';
import { describeServices } from '../../network/service-words.ts';
import type { PointSet } from '../../network/step-function.ts';
import { decidedBy, listAt, rowsLetting } from './blame.ts';
import type { Design } from './design.ts';
import { nameOf } from './lists.ts';
import {
  type ForbiddenFlow,
  type Journey,
  journeysOf,
  type Passage,
  passagesOf,
  type WantedFlow,
} from './paths.ts';

/** A list that blocks a flow, and on which path. */
export interface Block extends Blockage, Passage {}

/** Every list that blocks a flow which must pass, once for each path. */
export const blocksOf = (design: Design, flow: WantedFlow): Block[] =>
  passagesOf(design, flow).flatMap(passage =>
    blockages(design.network, passage.path, passage.demand).map(blockage => ({ ...blockage, ...passage })),
  );

/** Whether a flow passes that must. */
export function wantedVerdict(design: Design, flow: WantedFlow): FlowVerdict {
  const journeys = journeysOf(design.network.places, flow, 'ipv4');
  const obstacles = [...unrouted(journeys), ...blocksOf(design, flow).map(block => obstacle(design, block))];
  const about = { ...aboutFlow(flow), paths: journeys.length };
  return obstacles.length === 0
    ? { ...about, verdict: 'passes' }
    : { ...about, verdict: 'blocked', obstacles: merged(obstacles) };
}

const unrouted = (journeys: readonly Journey[]): Obstacle[] =>
  journeys
    .filter(({ path }) => path === undefined)
    .map(({ client, server }) => ({ kind: 'no-route', from: client.name, to: server.name }));

function obstacle(design: Design, { checkpoint, missing, connection, path }: Block): Obstacle {
  const list = listAt(design, checkpoint);
  const { leg } = checkpoint;
  return {
    kind: 'list',
    list: nameOf(list),
    leg,
    connection,
    ...decidedBy(design, list, missing, path.family),
  };
}

/** The paths of a flow in several zones mostly meet the same obstacle; the first connection stands for them. */
function merged(obstacles: readonly Obstacle[]): Obstacle[] {
  const byPlace = new Map<string, Obstacle>();
  for (const obstacle of obstacles) {
    const key = JSON.stringify(obstacle.kind === 'list' ? [obstacle.list, obstacle.leg] : obstacle);
    const known = byPlace.get(key);
    byPlace.set(key, known === undefined ? obstacle : joined(known, obstacle));
  }
  return [...byPlace.values()];
}

function joined(a: Obstacle, b: Obstacle): Obstacle {
  if (a.kind !== 'list' || b.kind !== 'list') return a;
  return { ...a, rows: [...new Set([...a.rows, ...b.rows])], unnamed: a.unnamed || b.unnamed };
}

/** Whether a flow is kept out that must not pass: no request of any service arrives, whatever became of an answer. */
export function forbiddenVerdict(design: Design, flow: ForbiddenFlow): FlowVerdict {
  const journeys = IpFamily.options.flatMap(family =>
    journeysOf(design.network.places, flow, family).map(journey => ({ ...journey, family })),
  );
  const about = { ...aboutFlow(flow), paths: journeys.length };
  for (const { client, server, path } of journeys) {
    const [request] = path === undefined ? [] : requestsOver(design.network, path);
    if (path === undefined || request === undefined) continue;
    const connection = connectionIn({ ...request, replies: EVERY_SERVICE });
    const rows = rowsLetting(design, path, request);
    return { ...about, verdict: 'leaks', client: client.name, server: server.name, connection, rows };
  }
  return { ...about, verdict: 'kept-out', locks: locksOn(design, journeys) };
}

function aboutFlow(flow: Flow): Pick<FlowVerdict, 'id' | 'from' | 'to' | 'services'> {
  const services = flow.must === 'pass' ? servicesOfFlow(flow) : [];
  return {
    id: flow.id,
    from: endName(flow.from),
    to: endName(flow.to),
    services: describeServices(services),
  };
}

const servicesOfFlow = ({ protocol, ports }: WantedFlow): PointSet<number> =>
  unionOf(ports.map(range => servicesOfRule({ protocol, ...range })));

function endName(end: FlowEnd): string {
  switch (end.kind) {
    case 'component':
      return end.component;
    case 'service':
      return end.service;
    case 'network':
      return end.network;
    default:
      return end satisfies never;
  }
}

/** What by itself stops every request on each of the journeys. */
function locksOn(design: Design, journeys: readonly (Journey & { family: IpFamily })[]): Lock[] {
  const [first = [], ...others] = journeys.map(({ client, server, path, family }): Lock[] => [
    ...(path === undefined ? [{ kind: 'no-route' as const }] : []),
    ...closedLists(design, pathIfRouted(client, server, family)).map(list => ({
      kind: 'list' as const,
      list,
    })),
  ]);
  const same = (a: Lock, b: Lock) => JSON.stringify(a) === JSON.stringify(b);
  return first.filter(lock => others.every(locks => locks.some(other => same(lock, other))));
}

const closedLists = (design: Design, path: Path): RowList[] =>
  path.checkpoints
    .filter(({ leg }) => leg === 'request')
    .filter(checkpoint => seenAt(design.network, path, checkpoint).length === 0)
    .map(checkpoint => nameOf(listAt(design, checkpoint)));
