import { Tier } from '../../model/baseline/row.ts';
import type { BaselineCheck, Opening, Reach } from '../../model/baseline-check.ts';
import { connectionIn } from '../../network/connection.ts';
import { beyond, type Exchange, unionOf } from '../../network/exchange.ts';
import { type Relation, relationsOver } from '../../network/relations.ts';
import { EVERY_SERVICE, servicesOfRule } from '../../network/service.ts';
import { describeServices } from '../../network/service-words.ts';
import type { PointSet } from '../../network/step-function.ts';
import type { Place } from '../../network/topology.ts';
import type { Design } from './design.ts';
import { journeysOf } from './paths.ts';
import { isStranger } from './places.ts';

/** What passes between two names, and what flows ask for of it. */
interface Judged extends Relation {
  readonly intended: readonly Exchange[];
}

/** Who reaches whom for what, and what of that no flow asks for. */
export function reachOf(design: Design): Pick<BaselineCheck, 'parties' | 'reach' | 'openings'> {
  const relations = relationsOver(design.network, design.ownPaths).map(relation => ({
    ...relation,
    intended: intendedBetween(design, relation),
  }));
  const places = design.network.places.filter(place => !isStranger(place));
  return {
    parties: [...new Map(places.map(place => [place.name, partyOf(place)])).values()],
    reach: relations.filter(({ exchanges }) => exchanges.length > 0).map(reachIn),
    openings: relations.flatMap(openingsIn),
  };
}

const partyOf = (place: Place): BaselineCheck['parties'][number] =>
  place.kind === 'host' ? { name: place.name, tier: Tier.parse(place.subnet.acl) } : { name: place.name };

function reachIn({ from, to, family, exchanges, intended }: Judged): Reach {
  return {
    from,
    to,
    family,
    services: describeServices(servicesOf(exchanges)),
    intended: beyond(exchanges, intended).length === 0,
  };
}

function openingsIn({ from, to, family, exchanges, requests, intended }: Judged): Opening[] {
  const answered = beyond(exchanges, intended);
  const unanswered = requests.map(request => ({ ...request, replies: EVERY_SERVICE }));
  const silent = beyond(unanswered, [...intended, ...answeredServices(exchanges)]);
  return [
    { boxes: answered, replies: describeServices(repliesOf(answered)) },
    { boxes: silent, replies: [] },
  ].flatMap(({ boxes, replies }): Opening[] => {
    const [first] = boxes;
    if (first === undefined) return [];
    const services = describeServices(servicesOf(boxes));
    return [{ from, to, family, services, replies, connection: connectionIn(first) }];
  });
}

/** A service of which one client gets answers is not told again for the clients and ports that get none. */
const answeredServices = (exchanges: readonly Exchange[]): Exchange[] =>
  exchanges.map(box => ({ ...box, ...EVERYBODY, replies: EVERY_SERVICE }));

/** What the flows between two names ask for, whatever the client's port. */
function intendedBetween(design: Design, { family, from, to }: Relation): Exchange[] {
  return design.baseline.flows.flatMap(flow => {
    if (flow.must !== 'pass') return [];
    const asks = journeysOf(design.network.places, flow, family).some(
      journey => journey.client.name === from && journey.server.name === to,
    );
    if (!asks) return [];
    return flow.ports.map(ports => ({
      family,
      services: servicesOfRule({ protocol: flow.protocol, ...ports }),
      replies: EVERY_SERVICE,
      ...EVERYBODY,
    }));
  });
}

const ALL_PEERS: PointSet<bigint> = [{ start: 0n, end: 1n << 128n, value: true }];
const EVERYBODY = { clients: ALL_PEERS, servers: ALL_PEERS };

const servicesOf = (boxes: readonly Exchange[]): PointSet<number> => unionOf(boxes.map(box => box.services));
const repliesOf = (boxes: readonly Exchange[]): PointSet<number> => unionOf(boxes.map(box => box.replies));
