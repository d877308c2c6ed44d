import { Tier } from '../../model/baseline/row.ts';
import type { BaselineCheck, Opening, Reach } from '../../model/baseline-check.ts';
import type { IpFamily } from '../../model/packet.ts';
import { connectionIn } from '../../network/connection.ts';
import { beyond, type Exchange, unionOf } from '../../network/exchange.ts';
import type { Path } from '../../network/path.ts';
import { exchangesOver, requestsOver } from '../../network/reachability.ts';
import { EVERY_SERVICE, servicesOfRule } from '../../network/service.ts';
import { describeServices } from '../../network/service-words.ts';
import type { PointSet } from '../../network/step-function.ts';
import type { Place } from '../../network/topology.ts';
import type { Design } from './design.ts';
import { journeysOf } from './paths.ts';
import { isStranger } from './places.ts';

/** Everything that passes between two names over one family. */
interface Relation {
  readonly from: string;
  readonly to: string;
  readonly family: IpFamily;
  readonly exchanges: readonly Exchange[];
  /** Of which no answer comes back. */
  readonly unanswered: readonly Exchange[];
  /** What flows ask for. */
  readonly intended: readonly Exchange[];
}

/** Who reaches whom for what, and what of that no flow asks for. */
export function reachOf(design: Design): Pick<BaselineCheck, 'parties' | 'reach' | 'openings'> {
  const relations = relationsOf(design);
  const places = design.network.places.filter(place => !isStranger(place));
  return {
    parties: [...new Map(places.map(place => [place.name, partyOf(place)])).values()],
    reach: relations.filter(({ exchanges }) => exchanges.length > 0).map(reachIn),
    openings: relations.flatMap(openingsIn),
  };
}

const partyOf = (place: Place): BaselineCheck['parties'][number] =>
  place.kind === 'host' ? { name: place.name, tier: Tier.parse(place.subnet.acl) } : { name: place.name };

function reachIn({ from, to, family, exchanges, intended }: Relation): Reach {
  return {
    from,
    to,
    family,
    services: describeServices(servicesOf(exchanges)),
    intended: beyond(exchanges, intended).length === 0,
  };
}

function openingsIn({ from, to, family, exchanges, unanswered, intended }: Relation): Opening[] {
  const answered = beyond(exchanges, intended);
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

function relationsOf(design: Design): Relation[] {
  const relations = new Map<string, Relation>();
  for (const path of design.ownPaths) {
    const requests = requestsOver(design.network, path);
    if (requests.length === 0) continue;
    const { family } = path;
    const from = path.client.name;
    const to = path.server.name;
    const key = `${from} ${to} ${family}`;
    const known = relations.get(key);
    relations.set(key, {
      from,
      to,
      family,
      exchanges: [...(known?.exchanges ?? []), ...exchangesOver(design.network, path)],
      unanswered: [
        ...(known?.unanswered ?? []),
        ...requests.map(request => ({ ...request, replies: EVERY_SERVICE })),
      ],
      intended: known?.intended ?? intendedBetween(design, path),
    });
  }
  return [...relations.values()];
}

/** What the flows between two names ask for, whatever the client's port. */
function intendedBetween(design: Design, { family, client, server }: Path): Exchange[] {
  return design.baseline.flows.flatMap(flow => {
    if (flow.must !== 'pass') return [];
    const asks = journeysOf(design.network.places, flow, family).some(
      journey => journey.client.name === client.name && journey.server.name === server.name,
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
