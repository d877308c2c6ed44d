import { isStanding } from '../../binding/standing-endpoint.ts';
import { routeTableOf } from '../../findings/subnet-associations.ts';
import { count } from '../../model/count.ts';
import { known } from '../../model/fact.ts';
import type { Change } from '../../model/plan.ts';
import { endpointServiceName, isServiceName } from '../../network/service-names.ts';
import type { VpcEndpoint } from '../../services/ec2/facts.ts';
import {
  createVpcEndpoint,
  extendVpcEndpoint,
  takeOverNames,
  vpcEndpointObject,
  vpcEndpointState,
} from '../../services/ec2/vpc-endpoint/changes.ts';
import { usdAMonth } from './cost.ts';
import { about, adopt, build, ec2Resource, inTurn, type Part, standIn } from './part.ts';
import { homeOf, type Site } from './site.ts';

/** The endpoints by which the private tier reaches AWS: those that are there, completed, and the ones that are missing. */
export function buildEndpoints(site: Site): Part {
  const { gateway, interface: interfaces } = site.audit.baseline.network.endpoints;
  return inTurn(site, [
    at => newEndpoints(at, 'Gateway', gateway),
    at => newEndpoints(at, 'Interface', interfaces),
    ...gateway.map(service => (at: Site) => complete(at, 'Gateway', service)),
    ...interfaces.map(service => (at: Site) => complete(at, 'Interface', service)),
  ]);
}

type EndpointKind = 'Gateway' | 'Interface';

/** What an endpoint must have at least. */
type Wanted = Pick<
  VpcEndpoint,
  'vpc' | 'type' | 'service' | 'privateDns' | 'routeTables' | 'subnets' | 'securityGroups'
>;

function wantedEndpoint(site: Site, type: EndpointKind, name: string): Wanted {
  const { id: vpc } = homeOf(site);
  const service = endpointServiceName(type, site.region, name);
  const bare = { vpc, type, service, privateDns: false, routeTables: [], subnets: [], securityGroups: [] };
  return type === 'Gateway'
    ? { ...bare, routeTables: tablesOf(site) }
    : { ...bare, privateDns: true, subnets: oneInEachZone(site), securityGroups: groupsOf(site) };
}

/** The tables that the private tier follows. */
function tablesOf(site: Site): string[] {
  const { audit } = site;
  const { id: vpc } = homeOf(site);
  const tables = audit.value('ec2.routeTables');
  return [
    ...new Set(audit.tier('private').flatMap(({ id }) => routeTableOf(id, vpc, tables)?.id ?? [])),
  ].sort();
}

/** An endpoint has one interface a zone. */
const oneInEachZone = ({ audit }: Site): string[] =>
  [
    ...new Map(
      audit
        .tier('private')
        .toReversed()
        .map(({ zone, id }) => [zone, id]),
    ).values(),
  ].sort();

const groupsOf = ({ audit }: Site): string[] => [...audit.component('endpoints').groups];

const liveEndpoint = (
  { audit, vpc, region }: Site,
  kind: EndpointKind,
  service: string,
): VpcEndpoint | undefined =>
  audit
    .value('ec2.vpcEndpoints')
    .find(
      endpoint =>
        endpoint.vpc === vpc?.id &&
        endpoint.type === kind &&
        isServiceName(endpoint.service, region, service) &&
        isStanding(endpoint),
    );

/** Those of one kind that are missing: one mend, since what they cost is decided for all of them. */
function newEndpoints(site: Site, kind: EndpointKind, services: readonly string[]): Part {
  const lacking = services
    .filter(service => liveEndpoint(site, kind, service) === undefined)
    .map(service => newEndpoint(site, kind, service));
  const [first] = lacking;
  if (first === undefined) return {};
  const zones = first.endpoint.subnets.length;
  const endpoints = lacking.map(({ endpoint }) => endpoint);
  return build(site, {
    id: `endpoints-${kind.toLowerCase()}`,
    title: `let the private tier reach ${lacking.map(({ service }) => service).join(', ')} without the internet`,
    resource: ec2Resource(site, 'VPCEndpoint', 'vpc-endpoint', first.endpoint.id),
    ...(kind === 'Interface' && { cost: costOf(lacking.length, zones) }),
    changes: lacking.map(({ change }) => change),
    facts: { 'ec2.vpcEndpoints': known([...site.audit.value('ec2.vpcEndpoints'), ...endpoints]) },
  });
}

/** AWS's list price in us-east-1, https://aws.amazon.com/privatelink/pricing/; other Regions are within a few tenths of it. */
const USD_AN_HOUR = 0.01;

const costOf = (amount: number, zones: number): string =>
  `${count(amount, 'interface endpoint')} in ${count(zones, 'zone')}, charged by the hour and zone (in us-east-1 some ${usdAMonth(amount * zones * USD_AN_HOUR)} USD a month in all) and by the GB; what network.endpoints.interface of the baseline does not list is not created`;

function newEndpoint(site: Site, kind: EndpointKind, service: string) {
  const id = standIn(`endpoint-${service}`);
  const said = about(site, id, {
    component: `endpoint-${service}`,
    name: `securecart-${service}`,
    title: `create the ${kind.toLowerCase()} endpoint for ${service}`,
  });
  const wanted = wantedEndpoint(site, kind, service);
  const endpoint: VpcEndpoint = {
    ...wanted,
    id,
    owner: site.audit.account,
    state: 'available',
    tags: said.tags,
  };
  return { service, endpoint, change: createVpcEndpoint(wanted, said) };
}

/** Lets an endpoint that is there serve all that it is for; what it serves besides, it keeps. */
function complete(site: Site, kind: EndpointKind, service: string): Part {
  const live = liveEndpoint(site, kind, service);
  // What the plan creates is complete.
  if (live === undefined || live.id === standIn(`endpoint-${service}`)) return {};
  const { audit, region } = site;
  const { id } = live;
  const { tables, subnets, names } = difference(site, live, wantedEndpoint(site, kind, service));
  const completed: VpcEndpoint = {
    ...live,
    routeTables: [...live.routeTables, ...tables],
    subnets: [...live.subnets, ...subnets],
    privateDns: live.privateDns || names,
  };
  return {
    ...adopt(site, `endpoint for ${service}`, id),
    ...build(site, {
      id,
      title: `let the endpoint for ${service} serve all of the private tier`,
      resource: ec2Resource(site, 'VPCEndpoint', 'vpc-endpoint', id),
      ...(subnets.length > 0 && {
        cost: `interface endpoint ${service}: charged by the hour in ${subnets.length} more zones`,
      }),
      changes: oneByOne([
        ...tables.map(table => extendVpcEndpoint(region, id, 'routeTables', table)),
        ...subnets.map(subnet => extendVpcEndpoint(region, id, 'subnets', subnet)),
        ...(names ? [takeOverNames(region, id)] : []),
      ]),
      fingerprints: [{ object: vpcEndpointObject(region, id), state: vpcEndpointState(live) }],
      facts: {
        'ec2.vpcEndpoints': known(
          audit.value('ec2.vpcEndpoints').map(other => (other === live ? completed : other)),
        ),
      },
    }),
  };
}

/** What an endpoint lacks: the tables and the subnets that it does not serve, and whether the service's names do not lead to it. */
function difference({ audit }: Site, live: VpcEndpoint, wanted: Wanted) {
  const zoneOf = new Map(audit.value('ec2.subnets').map(({ id, zone }) => [id, zone]));
  const served = new Set(live.subnets.map(id => zoneOf.get(id)));
  return {
    tables: wanted.routeTables.filter(id => !live.routeTables.includes(id)),
    subnets: wanted.subnets.filter(id => !served.has(zoneOf.get(id))),
    names: wanted.privateDns && !live.privateDns,
  };
}

/** EC2 takes no change to an endpoint before the one before it is done. */
const oneByOne = (changes: readonly Change[]): Change[] =>
  changes.map((change, index) => {
    const previous = changes[index - 1];
    return previous === undefined ? change : { ...change, dependsOn: [previous.id] };
  });
