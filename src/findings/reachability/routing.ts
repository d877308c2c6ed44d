import { INTERNET } from '../../baseline/check/places.ts';
import { GatewayService } from '../../model/baseline/row.ts';
import { type Fact, need, UnknownFact } from '../../model/fact.ts';
import { IpFamily } from '../../model/packet.ts';
import { addressesIn, PUBLIC } from '../../network/internet.ts';
import { MEMBERSHIP, overlay } from '../../network/step-function.ts';
import type { Host, Way } from '../../network/topology.ts';
import type { NetworkAcl, Route, RouteTable, VpcEndpoint } from '../../services/ec2/facts.ts';
import { networkAclOf, routeTableOf } from '../subnet-associations.ts';
import type { LiveFacts } from './live-network.ts';

/** Where the subnets of a VPC lead, and which network ACL is theirs. */
export interface Routing {
  /** The id of the ACL; {@link UNREAD_ACL} where they could not be read. */
  readonly aclOf: (subnet: string) => string;
  /** The ways of an interface there. Throws UnknownFact where a route leads to what could not be read. */
  readonly waysFrom: (subnet: string, publicAddress: boolean) => Host['ways'];
  /** The routes out of the VPC of all its tables, each with what it is for. */
  readonly routes: readonly RouteOut[];
}

/** An active route out of a VPC, and the CIDRs to which it leads. */
export interface RouteOut {
  readonly target: string;
  readonly kind: Exit;
  readonly cidrs: readonly string[];
}

/** What stands for the network ACL of every subnet where none could be read. */
export const UNREAD_ACL = 'acl-unread';

/**
 * What a route out leads to. An `appliance` is a firewall or an instance that may hand packets on to the internet: what
 * it drops is not known. A `network` is whatever is peered or connected.
 */
type Exit = 'internet-gateway' | 'egress-only' | 'nat' | 'appliance' | 'network';

const EXITS: readonly (readonly [prefix: string, exit: Exit])[] = [
  ['igw-', 'internet-gateway'],
  ['eigw-', 'egress-only'],
  ['nat-', 'nat'],
  ['vpce-', 'appliance'],
  ['eni-', 'appliance'],
  ['i-', 'appliance'],
];

/** Reads where the subnets of the VPC lead. Throws UnknownFact. */
export function routingOf(live: LiveFacts): Routing {
  const tables = live.value('ec2.routeTables').filter(({ vpc }) => vpc === live.vpc.id);
  const acls = live.fact('ec2.networkAcls');
  const known = new Map<string, Host['ways']>();
  return {
    aclOf: subnet => aclOf(subnet, live, acls),
    waysFrom: (subnet, publicAddress) => {
      const table = routeTableOf(subnet, live.vpc.id, tables);
      // Every VPC has a main route table, so an answer without it is not the whole answer.
      if (table === undefined) throw new UnknownFact({ kind: 'failed', call: 'ec2:DescribeRouteTables' });
      const key = `${table.id} ${publicAddress}`;
      const ways = known.get(key) ?? waysOf(table, publicAddress, acls, live);
      known.set(key, ways);
      return ways;
    },
    routes: tables.flatMap(table => routesOut(table, live)),
  };
}

const routesOut = ({ routes }: RouteTable, live: LiveFacts): RouteOut[] =>
  routes.flatMap(route => routeOut(route, live) ?? []);

function waysOf(
  table: RouteTable,
  publicAddress: boolean,
  acls: Fact<readonly NetworkAcl[]>,
  live: LiveFacts,
): Host['ways'] {
  const { ipv4, ipv6 } = waysBy(routesOut(table, live), publicAddress, acls, live);
  return { ipv4: new Map([...gatewayWays(table.id, ipv4, live), ...ipv4]), ipv6 };
}

function aclOf(subnet: string, { vpc }: LiveFacts, acls: Fact<readonly NetworkAcl[]>): string {
  return acls.kind === 'unknown' ? UNREAD_ACL : (networkAclOf(subnet, vpc.id, acls.value)?.id ?? UNREAD_ACL);
}

/** Undefined for a blackhole, for what stays in the VPC, and for a list that a gateway endpoint serves. */
function routeOut({ destination, target, active }: Route, live: LiveFacts): RouteOut | undefined {
  if (!active || target === 'local') return undefined;
  const kind = EXITS.find(([prefix]) => target.startsWith(prefix))?.[1] ?? 'network';
  if (destination.kind !== 'prefix-list') return { target, kind, cidrs: [destination.cidr] };
  if (kind === 'appliance') return undefined;
  const list = live.value('ec2.prefixLists').find(({ id }) => id === destination.id);
  return { target, kind, cidrs: list === undefined ? [] : need(list.entries) };
}

type Ways = Readonly<Record<IpFamily, Map<string, Way>>>;

/** A route to a part of the internet is taken for one to all of it. An IPv6 address is public by nature. */
function waysBy(
  routes: readonly RouteOut[],
  publicAddress: boolean,
  acls: Fact<readonly NetworkAcl[]>,
  live: LiveFacts,
): Ways {
  const ways: Ways = { ipv4: new Map(), ipv6: new Map() };
  for (const route of routes) {
    for (const family of IpFamily.options) {
      const reachable =
        route.kind === 'network' ? addressesIn(route.cidrs, family).length > 0 : isPublic(route, family);
      if (!reachable) continue;
      const name = route.kind === 'network' ? route.target : INTERNET;
      const way = wayBy(route, family === 'ipv6' || publicAddress, acls, live);
      if (way !== undefined && ways[family].get(name)?.kind !== 'open') ways[family].set(name, way);
    }
  }
  return ways;
}

const isPublic = ({ cidrs }: RouteOut, family: IpFamily): boolean =>
  overlay(addressesIn(cidrs, family), PUBLIC[family], (a, b) => a && b, MEMBERSHIP).length > 0;

function wayBy(
  { kind, target }: RouteOut,
  isPublic: boolean,
  acls: Fact<readonly NetworkAcl[]>,
  live: LiveFacts,
): Way | undefined {
  switch (kind) {
    case 'network':
      return { kind: 'open' };
    case 'internet-gateway':
      return isPublic ? { kind: 'open' } : undefined;
    case 'appliance':
      return { kind: isPublic ? 'open' : 'outbound' };
    case 'egress-only':
      return { kind: 'outbound' };
    case 'nat':
      return natWay(target, acls, live);
    default:
      return kind satisfies never;
  }
}

/** A regional gateway stands in no subnet, so that no network ACL is on its way; a private one leads to no internet. */
function natWay(target: string, acls: Fact<readonly NetworkAcl[]>, live: LiveFacts): Way | undefined {
  const gateway = live.value('ec2.natGateways').find(({ id }) => id === target);
  if (gateway === undefined || gateway.connectivity === 'private') return undefined;
  const { subnet } = gateway;
  return subnet === undefined
    ? { kind: 'outbound' }
    : { kind: 'nat', subnet: { id: subnet, acl: aclOf(subnet, live, acls) } };
}

/** To a service with a gateway endpoint, through it; to another, as to the internet, but it begins nothing. */
function gatewayWays(table: string, ways: ReadonlyMap<string, Way>, live: LiveFacts): [string, Way][] {
  const internet = ways.get(INTERNET);
  const endpoints = live.value('ec2.vpcEndpoints');
  return GatewayService.options.flatMap((service): [string, Way][] => {
    if (endpoints.some(endpoint => serves(endpoint, service, table)))
      return [[service, { kind: 'outbound' }]];
    if (internet === undefined) return [];
    return [[service, internet.kind === 'open' ? { kind: 'outbound' } : internet]];
  });
}

const serves = ({ type, service, state, routeTables }: VpcEndpoint, name: string, table: string): boolean =>
  type === 'Gateway' && state === 'available' && service.endsWith(`.${name}`) && routeTables.includes(table);
