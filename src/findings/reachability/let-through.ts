import { demandOf, type Journey, type WantedFlow } from '../../baseline/check/paths.ts';
import { unionOf } from '../../network/exchange.ts';
import { type Blockage, blockages } from '../../network/flow.ts';
import type { Path } from '../../network/path.ts';
import { servicesOfRule } from '../../network/service.ts';
import { describeServices } from '../../network/service-words.ts';
import type { Network } from '../../network/topology.ts';
import { judgeEach, type Outcome, type VpcAudit } from '../control.ts';
import { vpcResource } from '../resources.ts';
import { stopping } from './blame.ts';
import { absentOf, endName, liveJourneys, placeName, unplacedAt } from './journeys.ts';
import type { LiveNetwork, LivePlace } from './live-network.ts';

/** What is said of a flow that must pass. */
export type FlowMessage = 'passes' | 'stopped' | 'noRoute' | 'absent';

/** Whether each flow of the baseline that must pass does, over IPv4, in which the baseline's VPC is laid out. */
export const wantedFlows = (audit: VpcAudit): Iterable<Outcome<FlowMessage>> =>
  judgeEach(
    audit.baseline.flows.flatMap(flow => (flow.must === 'pass' ? [flow] : [])),
    ({ id }) => ({ resource: vpcResource(audit, audit.vpc), key: id }),
    flow => judgeFlow(audit, flow),
  );

function* judgeFlow(audit: VpcAudit, flow: WantedFlow): Iterable<Outcome<FlowMessage>> {
  const live = audit.liveNetwork();
  const about = { resource: vpcResource(audit, audit.vpc), key: flow.id };
  const component = absentOf(audit, live, flow);
  if (component !== undefined) {
    yield { status: 'not-applicable', ...about, message: 'absent', data: { component } };
    return;
  }
  const journeys = liveJourneys(live, flow, 'ipv4');
  const lost = unrouted(journeys);
  const stops = stopsIn(audit, flow, journeys, live.most);
  if (lost.length > 0) {
    const data = { client: lost.map(placeName).join(', '), server: endName(flow.to) };
    yield { status: 'fail', ...about, key: `${flow.id} route`, message: 'noRoute', data };
  }
  if (stops.length > 0) yield { ...stopsTold(flow, stops, live), ...about };
  if (lost.length + stops.length > 0) return;
  const perhaps = live.unread.length > 0 && stopsIn(audit, flow, journeys, live.least).length > 0;
  const [reason] = [...(perhaps ? live.unread : []), ...unplacedAt(live, flow)];
  if (reason !== undefined) yield { status: 'unknown', ...about, reason };
  else yield { status: 'pass', ...about, message: 'passes', data: inWords(flow) };
}

const inWords = (flow: WantedFlow) => ({
  client: endName(flow.from),
  server: endName(flow.to),
  services: describeServices(
    unionOf(flow.ports.map(range => servicesOfRule({ protocol: flow.protocol, ...range }))),
  ).join('; '),
});

/** The clients from which no route leads to any server: customers need not reach the internal load balancer as well. */
function unrouted(journeys: readonly Journey<LivePlace>[]): LivePlace[] {
  const routed = new Set(journeys.flatMap(({ client, path }) => (path === undefined ? [] : [client])));
  const clients = new Map(journeys.map(({ client }) => [client.name, client]));
  const lost = journeys.filter(({ client }) => !routed.has(client));
  return [...clients.values()].filter(({ name }) => lost.some(({ client }) => client.name === name));
}

interface Stop extends Blockage {
  readonly path: Path;
}

/** Every list on every path that stops any packet of a flow. */
const stopsIn = (
  { baseline }: VpcAudit,
  flow: WantedFlow,
  journeys: readonly Journey<LivePlace>[],
  network: Network,
): Stop[] =>
  journeys.flatMap(({ client, path }) =>
    path === undefined
      ? []
      : blockages(network, path, demandOf(baseline, flow, client)).map(blockage => ({ ...blockage, path })),
  );

function stopsTold(flow: WantedFlow, stops: readonly Stop[], { lists }: LiveNetwork) {
  const where = [...new Set(stops.map(placeOf))].join('; ');
  const blame = stops.flatMap(({ path, checkpoint, missing }) => stopping(lists, path, checkpoint, missing));
  return {
    status: 'fail' as const,
    message: 'stopped' as const,
    data: inWords(flow),
    expected: 'every packet and every answer passes',
    actual: `stopped: ${where}`,
    connection: stops[0]?.connection,
    blame: [...new Set(blame)],
  };
}

const WORDS = {
  'security-group': { ingress: 'ingress', egress: 'egress' },
  'network-acl': { ingress: 'inbound', egress: 'outbound' },
} as const;

/** Where a packet is stopped: `request at sg-0123 egress`. */
const placeOf = ({ checkpoint: { leg, list } }: Stop): string =>
  `${leg} at ${list.ids.join(' + ')} ${WORDS[list.kind][list.direction]}`;
