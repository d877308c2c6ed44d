import type { IpFamily } from '../model/packet.ts';
import { symbol } from './address.ts';
import { ANSWERS, type Answers } from './answers.ts';
import { NAT_PORTS } from './ephemeral-ports.ts';
import type { Exchange } from './exchange.ts';
import type { Checkpoint, Path } from './path.ts';
import { combine, type Region } from './region.ts';
import { EVERY_SERVICE, servicesOfRule } from './service.ts';
import { type Interval, MEMBERSHIP, overlay, type PointSet, valueAt } from './step-function.ts';
import { type Network, type Place, passing } from './topology.ts';

/** The packets of some clients to some servers for some services: what arrives, whether or not an answer comes back. */
export type Request = Omit<Exchange, 'replies'>;

/** The requests that arrive over a path, as disjoint boxes. */
export const requestsOver = (network: Network, path: Path): Request[] =>
  boxes(network, path, 'request').map(box => ({ family: path.family, ...box }));

/** The requests that arrive over a path and whose answers come back, as disjoint boxes. */
export function exchangesOver(network: Network, path: Path): Exchange[] {
  const requests = boxes(network, path, 'request');
  const replies = requests.length === 0 ? [] : boxes(network, path, 'reply');
  return ANSWERS.flatMap(answers =>
    within(requests, answers.services).flatMap(request =>
      answersTo(request, answers, replies).map(box => ({ family: path.family, ...box })),
    ),
  );
}

/**
 * What a list lets through of the packets that it sees at a checkpoint: of each service, those of the far end's
 * addresses that it permits, all of them where a rule names the far end by a group or a prefix list.
 */
export function seenAt(network: Network, path: Path, checkpoint: Checkpoint): Region {
  return ofPlace(passing(network, checkpoint.list)[path.family], path[checkpoint.looksAt], path.family);
}

/** Few regions meet few places very often. */
const seen = new WeakMap<Region, WeakMap<Place, Region>>();

/** What of a family's region concerns a place: by its addresses, or by the names that rules have for it. */
export function ofPlace(region: Region, place: Place, family: IpFamily): Region {
  const known = seen.get(region) ?? new WeakMap<Place, Region>();
  seen.set(region, known);
  const concerning = known.get(place) ?? concerns(region, place, family);
  known.set(place, concerning);
  return concerning;
}

function concerns(region: Region, place: Place, family: IpFamily): Region {
  const addresses = place.addresses[family];
  const names = (place.kind === 'host' ? (place.groups ?? []) : place.prefixLists).map(symbol);
  const peers = peersIn(region);
  if (![...addresses, ...names].some(own => peers.some(peer => peer.start < own.end && own.start < peer.end)))
    return [];
  const byName = region
    .filter(({ value }) => names.some(({ start }) => valueAt(value, start, false)))
    .map(step => ({ ...step, value: addresses }));
  return combine(combine(region, everyService(addresses), both), byName, either);
}

const peersOfRegions = new WeakMap<Region, PointSet<bigint>>();

/** All peers of a region, for whatever service: most places are not among them, and are spared the rest. */
function peersIn(region: Region): PointSet<bigint> {
  const known = peersOfRegions.get(region);
  if (known !== undefined) return known;
  const peers = region.reduce<PointSet<bigint>>(
    (all, { value }) => overlay(all, value, either, MEMBERSHIP),
    [],
  );
  peersOfRegions.set(region, peers);
  return peers;
}

/** All packets of one leg that concern some addresses. */
export const everyService = (addresses: PointSet<bigint>): Region => [{ ...EVERY_SERVICE, value: addresses }];

const ICMP = servicesOfRule({ protocol: 'icmp' });
const TRANSLATED = [...NAT_PORTS.map(({ protocol }) => protocol), ICMP];

const both = (a: boolean, b: boolean): boolean => a && b;
const either = (a: boolean, b: boolean): boolean => a || b;

/** A box of one leg. */
type Box = Pick<Exchange, 'services' | 'clients' | 'servers'>;

function boxes(network: Network, path: Path, leg: Checkpoint['leg']): Box[] {
  const clients = allowed(network, path, leg, 'client');
  const servers = clients.length === 0 ? [] : allowed(network, path, leg, 'server');
  const all = clients.flatMap(client =>
    overlap(client, servers).map(({ services, value }) => ({
      services,
      clients: client.value,
      servers: value,
    })),
  );
  return path.translated ? TRANSLATED.flatMap(services => within(all, services)) : all;
}

/** What every list of a leg that looks at one end lets through. */
function allowed(network: Network, path: Path, leg: Checkpoint['leg'], end: Checkpoint['looksAt']): Region {
  return path.checkpoints
    .filter(checkpoint => checkpoint.leg === leg && checkpoint.looksAt === end)
    .map(checkpoint => {
      const seen = seenAt(network, path, checkpoint);
      return checkpoint.port === 'nat' ? overNatPorts(seen) : seen;
    })
    .reduce((rest, seen) => combine(rest, seen, both), everyService(path[end].addresses[path.family]));
}

/** A reply to a NAT gateway passes if it may come to one of the ports that the gateway may have chosen. */
function overNatPorts(seen: Region): Region {
  const translated = NAT_PORTS.flatMap(({ ports, protocol }) =>
    overlap(ports, seen).map(({ value }) => ({ ...protocol, value })),
  );
  const icmp = overlap(ICMP, seen).map(({ services, value }) => ({ ...services, value }));
  return [...translated, ...icmp].reduce<Region>((region, step) => combine(region, [step], either), []);
}

function overlap(services: Pick<Interval<number>, 'start' | 'end'>, region: Region) {
  return region.flatMap(({ start, end, value }) => {
    const common = meet(services, { start, end });
    return common === undefined ? [] : [{ services: common, value }];
  });
}

function within(boxes: readonly Box[], services: Interval<number>): Box[] {
  return boxes.flatMap(box => {
    const common = meet(box.services, services);
    return common === undefined ? [] : [{ ...box, services: common }];
  });
}

/** The part of a request that is answered: by a client and a server that both legs let through. */
function answersTo(request: Box, { replies }: Answers, boxes: readonly Box[]): Omit<Exchange, 'family'>[] {
  const asked = replies === 'as asked' ? request.services : replies;
  return within(boxes, asked).flatMap(reply => {
    const clients = overlay(request.clients, reply.clients, both, MEMBERSHIP);
    const servers = overlay(request.servers, reply.servers, both, MEMBERSHIP);
    const services = replies === 'as asked' ? reply.services : request.services;
    return clients.length === 0 || servers.length === 0
      ? []
      : [{ services, replies: reply.services, clients, servers }];
  });
}

function meet(
  a: Pick<Interval<number>, 'start' | 'end'>,
  b: Pick<Interval<number>, 'start' | 'end'>,
): Interval<number> | undefined {
  const start = Math.max(a.start, b.start);
  const end = Math.min(a.end, b.end);
  return start < end ? { start, end, value: true } : undefined;
}
