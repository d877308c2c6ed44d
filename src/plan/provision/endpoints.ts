import { bind } from '../../binding/bind.ts';
import { routeTableOf } from '../../findings/subnet-associations.ts';
import { need } from '../../model/fact.ts';
import type { Change } from '../../model/plan.ts';
import type { VpcEndpoint } from '../../services/ec2/facts.ts';
import {
  createVpcEndpoint,
  extendVpcEndpoint,
  takeOverNames,
  vpcEndpointObject,
  vpcEndpointState,
} from '../../services/ec2/vpc-endpoint/changes.ts';
import {
  about,
  building,
  ec2Resource,
  homeOf,
  inTurn,
  lookUp,
  type Part,
  type Site,
  standIn,
  unchanged,
  withFact,
} from './site.ts';
import { boundVpc } from './vpc.ts';

/** What an endpoint must have at least. */
type Wanted = Pick<
  VpcEndpoint,
  'vpc' | 'type' | 'service' | 'privateDns' | 'routeTables' | 'subnets' | 'securityGroups'
>;

/** The endpoints by which the private tier reaches AWS: those that are there, completed, and the ones that are missing. */
export function buildEndpoints(site: Site): Part {
  const { gateway, interface: interfaces } = site.baseline.network.endpoints;
  return inTurn(site, [
    at => newEndpoints(at, 'Gateway', gateway),
    at => newEndpoints(at, 'Interface', interfaces),
    ...gateway.map(service => (at: Site) => complete(at, 'Gateway', service)),
    ...interfaces.map(service => (at: Site) => complete(at, 'Interface', service)),
  ]);
}

type EndpointKind = 'Gateway' | 'Interface';

/** Those of one kind that are missing: one mend, since what they cost is decided for all of them. */
function newEndpoints(site: Site, kind: EndpointKind, services: readonly string[]): Part {
  const lacking = services
    .filter(service => liveEndpoint(site, kind, service) === undefined)
    .map(service => newEndpoint(site, kind, service));
  const [first] = lacking;
  if (first === undefined) return unchanged(site);
  const zones = first.endpoint.subnets.length;
  return {
    ...unchanged(site),
    mends: building(site, {
      id: `endpoints-${kind.toLowerCase()}`,
      title: `let the private tier reach ${lacking.map(({ service }) => service).join(', ')} without the internet`,
      resource: ec2Resource(site, 'VPCEndpoint', 'vpc-endpoint', first.endpoint.id),
      ...(kind === 'Interface' && { cost: costOf(lacking.length, zones) }),
      changes: lacking.map(({ change }) => change),
    }),
    facts: withFact(site.facts, 'ec2.vpcEndpoints', [
      ...lookUp(site, 'ec2.vpcEndpoints'),
      ...lacking.map(({ endpoint }) => endpoint),
    ]),
  };
}

/** AWS's list price in us-east-1, https://aws.amazon.com/privatelink/pricing/; other Regions are within a few tenths of it. */
const USD_PER_HOUR = 0.01;
const HOURS_PER_MONTH = 730;

const costOf = (count: number, zones: number): string =>
  `${count} interface endpoints in ${zones} zones, each charged by the hour and zone (in us-east-1 some ${Math.round(count * zones * USD_PER_HOUR * HOURS_PER_MONTH)} USD a month in all) and by the GB; what network.endpoints.interface of the baseline does not list is not created`;

function privateTier(site: Site) {
  const vpc = homeOf(site, boundVpc(site));
  return { vpc, subnets: need(bind(site.baseline, site.facts, { vpc: site.vpc }).tiers.private) };
}

function wantedGateway(site: Site, service: string): Wanted {
  const { vpc, subnets } = privateTier(site);
  const tables = lookUp(site, 'ec2.routeTables');
  const own = subnets.flatMap(({ id }) => routeTableOf(id, vpc.id, tables)?.id ?? []);
  return {
    vpc: vpc.id,
    type: 'Gateway',
    service: `com.amazonaws.${site.region}.${service}`,
    privateDns: false,
    routeTables: [...new Set(own)].sort(),
    subnets: [],
    securityGroups: [],
  };
}

/** One subnet in each zone: an endpoint has one interface a zone. */
function wantedInterface(site: Site, service: string): Wanted {
  const { vpc, subnets } = privateTier(site);
  const { endpoints } = bind(site.baseline, site.facts, { vpc: site.vpc }).components;
  const byZone = new Map(subnets.toReversed().map(({ zone, id }) => [zone, id]));
  return {
    vpc: vpc.id,
    type: 'Interface',
    service: `com.amazonaws.${site.region}.${service}`,
    privateDns: true,
    routeTables: [],
    subnets: [...byZone.values()].sort(),
    securityGroups: [...need(endpoints).groups],
  };
}

const liveEndpoint = (site: Site, kind: EndpointKind, service: string): VpcEndpoint | undefined =>
  lookUp(site, 'ec2.vpcEndpoints').find(
    endpoint =>
      endpoint.vpc === boundVpc(site)?.id &&
      endpoint.type === kind &&
      endpoint.service.endsWith(`.${site.region}.${service}`) &&
      ['available', 'pending'].includes(endpoint.state.toLowerCase()),
  );

const wantedEndpoint = (site: Site, kind: EndpointKind, service: string): Wanted =>
  kind === 'Gateway' ? wantedGateway(site, service) : wantedInterface(site, service);

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
    owner: site.account.id,
    state: 'available',
    tags: said.tags,
  };
  return { service, endpoint, change: createVpcEndpoint(wanted, said) };
}

function complete(site: Site, kind: EndpointKind, service: string): Part {
  const endpoint = liveEndpoint(site, kind, service);
  // What the plan creates is complete.
  if (endpoint === undefined || endpoint.id === standIn(`endpoint-${service}`)) return unchanged(site);
  const wanted = wantedEndpoint(site, kind, service);
  const { region } = site;
  const { id } = endpoint;
  const tables = wanted.routeTables.filter(table => !endpoint.routeTables.includes(table));
  const zoneOf = new Map(lookUp(site, 'ec2.subnets').map(subnet => [subnet.id, subnet.zone]));
  const served = new Set(endpoint.subnets.map(subnet => zoneOf.get(subnet)));
  const subnets = wanted.subnets.filter(subnet => !served.has(zoneOf.get(subnet)));
  const changes: Change[] = [
    ...tables.map(table => extendVpcEndpoint(region, id, 'routeTables', table)),
    ...subnets.map(subnet => extendVpcEndpoint(region, id, 'subnets', subnet)),
    ...(wanted.privateDns && !endpoint.privateDns ? [takeOverNames(region, id)] : []),
  ].map((change, index, all) => {
    const previous = all[index - 1];
    return previous === undefined ? change : { ...change, dependsOn: [previous.id] };
  });
  return {
    ...unchanged(site),
    mends: building(site, {
      id,
      title: `let the endpoint for ${service} serve all of the private tier`,
      resource: ec2Resource(site, 'VPCEndpoint', 'vpc-endpoint', id),
      ...(subnets.length > 0 && {
        cost: `interface endpoint ${service}: charged by the hour in ${subnets.length} more zones`,
      }),
      changes,
    }),
    fingerprints:
      changes.length === 0
        ? []
        : [{ object: vpcEndpointObject(region, id), state: vpcEndpointState(endpoint) }],
    adopted: [{ what: `endpoint for ${service}`, region, id }],
    facts: withFact(
      site.facts,
      'ec2.vpcEndpoints',
      lookUp(site, 'ec2.vpcEndpoints').map(other =>
        other.id === id
          ? {
              ...endpoint,
              routeTables: [...endpoint.routeTables, ...tables],
              subnets: [...endpoint.subnets, ...subnets],
              privateDns: endpoint.privateDns || wanted.privateDns,
            }
          : other,
      ),
    ),
  };
}
