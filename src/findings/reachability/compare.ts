import { type Design, designOf } from '../../baseline/check/design.ts';
import { isStranger } from '../../baseline/check/places.ts';
import type { Baseline } from '../../model/baseline/baseline.ts';
import { attempt, known, UnknownFact } from '../../model/fact.ts';
import { IpFamily } from '../../model/packet.ts';
import type { ReachComparison, ReachLink } from '../../model/reach-comparison.ts';
import { UNANSWERED } from '../../network/answers.ts';
import { unionOf } from '../../network/exchange.ts';
import { type Path, pathBetween } from '../../network/path.ts';
import { type Relation, relationsOver } from '../../network/relations.ts';
import { describeServices } from '../../network/service-words.ts';
import { MEMBERSHIP, overlay, type PointSet } from '../../network/step-function.ts';
import type { RegionState } from '../audits.ts';
import { isSingle, passesComponents } from './journeys.ts';
import type { LiveNetwork, LivePlace } from './live-network.ts';

/** Who reaches whom in the baseline's VPC of a Region, if it is found there and a component stands in it: an empty network lacks nothing. */
export function reachIn(
  { region, binding, liveNetwork }: Pick<RegionState, 'region' | 'binding' | 'liveNetwork'>,
  baseline: Baseline,
): ReachComparison[] {
  if (binding.vpc.kind === 'unknown' || binding.vpc.value.kind !== 'found') return [];
  const design = designOf(baseline);
  const compared = attempt(() => {
    const live = liveNetwork();
    if (live === undefined) return [];
    // A comparison of a part would show as missing what is only not known.
    const [reason] = [...live.unread, ...live.unplaced.values()];
    if (reason !== undefined) throw new UnknownFact(reason);
    return live.places.some(isOwn) ? [compareReach(live, design)] : [];
  });
  const vpc = binding.vpc.value.vpc.id;
  const facts = compared.kind === 'unknown' ? [compared] : compared.value.map(links => known(links));
  return facts.map(links => ({ region, vpc, parties: partiesOf(design, links), links }));
}

function partiesOf({ network }: Design, links: ReachComparison['links']): string[] {
  const own = network.places.filter(place => !isStranger(place)).map(({ name }) => name);
  const met = links.kind === 'known' ? links.value.flatMap(({ from, to }) => [from, to]) : [];
  return [...new Set([...own, ...met])];
}

/**
 * Who reaches whom in a VPC beside whom the baseline lets. Its flows are asked for over IPv4: what could pass over IPv6
 * is not missed where it does not.
 */
function compareReach(live: LiveNetwork, { network, ownPaths }: Design): ReachLink[] {
  const actual = servicesByLink(relationsOver(live.least, livePaths(live)));
  const wanted = servicesByLink(relationsOver(network, ownPaths));
  const missable = [...wanted].filter(([, { family }]) => family === 'ipv4');
  return [...new Map([...missable, ...actual])]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { from, to, family }]) => {
      const there = actual.get(key)?.services ?? [];
      const meant = wanted.get(key)?.services ?? [];
      const less = family === 'ipv4' ? minus(meant, there) : [];
      return {
        from,
        to,
        family,
        both: describeServices(minus(there, minus(there, meant))),
        more: describeServices(minus(there, meant)),
        less: describeServices(less),
      };
    });
}

const minus = (a: PointSet<number>, b: PointSet<number>): PointSet<number> =>
  overlay(a, b, (inA, inB) => inA && !inB, MEMBERSHIP);

/** What is of no component is of interest only as far as it meets one that is. */
const livePaths = ({ places, least }: LiveNetwork): Path[] =>
  IpFamily.options.flatMap(family => {
    const addressed = places.filter(({ addresses }) => addresses[family].length > 0);
    return addressed.flatMap(client =>
      addressed
        .filter(server => isOwn(client) || isOwn(server))
        .filter(server => server !== client || !isSingle(client, family))
        .flatMap(server => pathBetween(client, server, family) ?? [])
        .filter(path => passesComponents(least, path)),
    );
  });

const isOwn = (place: LivePlace): boolean => place.kind === 'host' && place.component !== undefined;

interface Link extends Pick<Relation, 'from' | 'to' | 'family'> {
  readonly services: PointSet<number>;
}

/** What is asked for and, if an answer belongs to it, answered. */
const servicesByLink = (relations: readonly Relation[]): Map<string, Link> =>
  new Map(
    relations
      .map(relation => ({ ...relation, services: servicesOf(relation) }))
      .filter(({ services }) => services.length > 0)
      .map(link => [keyOf(link), link]),
  );

function servicesOf({ requests, exchanges }: Relation): PointSet<number> {
  const asked = unionOf(requests.map(({ services }) => services));
  const silent = overlay(asked, UNANSWERED, (a, b) => a && b, MEMBERSHIP);
  return unionOf([...exchanges.map(({ services }) => services), ...silent]);
}

const keyOf = ({ from, to, family }: Pick<Relation, 'from' | 'to' | 'family'>): string =>
  JSON.stringify([from, to, family]);
