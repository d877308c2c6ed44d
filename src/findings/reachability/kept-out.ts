import type { Journey } from '../../baseline/check/paths.ts';
import { INTERNET } from '../../baseline/check/places.ts';
import type { Flow } from '../../model/baseline/network.ts';
import { IpFamily } from '../../model/packet.ts';
import { connectionIn } from '../../network/connection.ts';
import { unionOf } from '../../network/exchange.ts';
import type { Path } from '../../network/path.ts';
import { type Request, requestsOver } from '../../network/reachability.ts';
import { EVERY_SERVICE } from '../../network/service.ts';
import { describeServices } from '../../network/service-words.ts';
import type { Network } from '../../network/topology.ts';
import { judgeEach, type Outcome, type VpcAudit } from '../control.ts';
import { vpcResource } from '../resources.ts';
import { lettingThrough } from './blame.ts';
import { absentOf, endName, liveJourneys, passesComponents, placeName, unplacedAt } from './journeys.ts';
import { type LiveNetwork, type LivePlace, reachFacts } from './live-network.ts';

/** A flow that must not pass. */
type ForbiddenFlow = Extract<Flow, { must: 'not-pass' }>;

/** What the controls of flows that must not pass say. */
export const keptOutMessages = {
  kept: 'No packet from {client} reaches {server}, by the routes, public addresses, security groups and network ACLs together.',
  reaches: 'Packets from {client} reach {server}: {services}.',
  absent: 'Nothing of {component} stands in the VPC.',
} as const;

type Message = keyof typeof keptOutMessages;

/**
 * What the controls of the flows that must not pass share: each is about some of them. A request that arrives is told
 * whether or not an answer comes back, once for each client that it can come from.
 */
export const keepsOut = (isAbout: (flow: ForbiddenFlow) => boolean) => ({
  scope: 'vpc' as const,
  needs: reachFacts,
  messages: keptOutMessages,
  remediation:
    'Any one of what lets it through closes it when it goes: revoke the rule, put a deny before the entry, or take away the route or the public address. Two locks are better than one.',
  evaluate: (audit: VpcAudit): Iterable<Outcome<Message>> =>
    judgeEach(
      audit.baseline.flows.flatMap(flow => (flow.must === 'not-pass' && isAbout(flow) ? [flow] : [])),
      ({ id }) => ({ resource: vpcResource(audit, audit.vpc), key: id }),
      flow => judgeFlow(audit, flow),
    ),
});

function* judgeFlow(audit: VpcAudit, flow: ForbiddenFlow): Iterable<Outcome<Message>> {
  const live = audit.liveNetwork();
  const resource = vpcResource(audit, audit.vpc);
  const component = absentOf(audit, live, flow);
  if (component !== undefined) {
    yield { status: 'not-applicable', resource, key: flow.id, message: 'absent', data: { component } };
    return;
  }
  const journeys = journeysIn(audit, live, flow);
  const leaks = leaksIn(journeys, live.least);
  for (const [key, leak] of leaks) yield { ...leakTold(leak, live), resource, key: `${flow.id}: ${key}` };
  if (leaks.size > 0) return;
  const perhaps = live.unread.length > 0 && leaksIn(journeys, live.most).size > 0;
  const [reason] = [...(perhaps ? live.unread : []), ...unplacedAt(live, flow)];
  if (reason !== undefined) {
    yield { status: 'unknown', resource, key: flow.id, reason };
    return;
  }
  const data = { client: clientName(flow), server: endName(flow.to) };
  yield { status: 'pass', resource, key: flow.id, message: 'kept', data };
}

function clientName({ from, except = [] }: ForbiddenFlow): string {
  const name = endName(from);
  return except.length === 0 ? name : `${name} but ${except.join(', ')}`;
}

/** The paths of a flow. Of `anywhere`, the internet is left to the flow that names it, where the baseline has one. */
function journeysIn({ baseline }: VpcAudit, live: LiveNetwork, flow: ForbiddenFlow): Journey<LivePlace>[] {
  const named = baseline.flows.some(
    other => other.id !== flow.id && fromInternet(other) && endName(other.to) === endName(flow.to),
  );
  return IpFamily.options
    .flatMap(family => liveJourneys(live, flow, family))
    .filter(({ client }) => !named || fromInternet(flow) || client.name !== INTERNET);
}

/** Whether a flow is from the internet and must not pass. */
export const fromInternet = ({ must, from }: Flow): boolean =>
  must === 'not-pass' && from.kind === 'network' && from.network === 'internet';

/** Whether a flow leads to a component. */
export const toComponent = ({ to }: Flow, component: string): boolean =>
  to.kind === 'component' && to.component === component;

/** All that passes from one client to one server, as they are named to the reader. */
interface Leak {
  readonly client: string;
  readonly server: string;
  readonly passing: readonly { readonly path: Path; readonly requests: readonly Request[] }[];
}

/** By client and server; of interfaces of no component, by the first. */
function leaksIn(journeys: readonly Journey<LivePlace>[], network: Network): Map<string, Leak> {
  const leaks = new Map<string, Leak>();
  for (const { client, server, path } of journeys) {
    if (path === undefined || !passesComponents(network, path)) continue;
    const requests = requestsOver(network, path);
    if (requests.length === 0) continue;
    const key = [client, server].map(keyOf).join(' to ');
    const known = leaks.get(key);
    leaks.set(key, {
      client: placeName(client),
      server: placeName(server),
      passing: [...(known?.passing ?? []), { path, requests }],
    });
  }
  return leaks;
}

const keyOf = (place: LivePlace): string =>
  place.kind === 'outside' || place.component !== undefined ? place.name : (place.members[0] ?? place.name);

function leakTold({ client, server, passing }: Leak, { lists }: LiveNetwork) {
  const requests = passing.flatMap(one => one.requests);
  const [first] = requests;
  const services = describeServices(unionOf(requests.map(request => request.services))).join('; ');
  const blame = passing.flatMap(one => lettingThrough(lists, one.path, one.requests));
  return {
    status: 'fail' as const,
    message: 'reaches' as const,
    data: { client, server, services },
    expected: 'nothing',
    actual: services,
    connection: first && connectionIn({ ...first, replies: EVERY_SERVICE }),
    blame: [...new Set(blame)],
  };
}
