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
    ...gateway.map(service => (at: Site) => buildEndpoint(at, service, wantedGateway(at, service))),
    ...interfaces.map(service => (at: Site) => buildEndpoint(at, service, wantedInterface(at, service))),
  ]);
}

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

function buildEndpoint(site: Site, service: string, wanted: Wanted): Part {
  const live = lookUp(site, 'ec2.vpcEndpoints').filter(
    endpoint =>
      endpoint.vpc === wanted.vpc &&
      endpoint.type === wanted.type &&
      endpoint.service.endsWith(`.${site.region}.${service}`) &&
      ['available', 'pending'].includes(endpoint.state.toLowerCase()),
  );
  const [endpoint] = live;
  return endpoint === undefined
    ? newEndpoint(site, service, wanted)
    : complete(site, service, wanted, endpoint);
}

function newEndpoint(site: Site, service: string, wanted: Wanted): Part {
  const isGateway = wanted.type === 'Gateway';
  const id = standIn(`endpoint-${service}`);
  const said = about(site, id, {
    component: `endpoint-${service}`,
    name: `securecart-${service}`,
    title: `create the ${isGateway ? 'gateway' : 'interface'} endpoint for ${service}`,
  });
  const endpoint = { ...wanted, id, owner: site.account.id, state: 'available', tags: said.tags };
  const zones = wanted.subnets.length;
  return {
    ...unchanged(site),
    mends: building(site, {
      id: `endpoint-${service}`,
      title: `let the private tier reach ${service} without the internet`,
      resource: ec2Resource(site, 'VPCEndpoint', 'vpc-endpoint', id),
      ...(!isGateway && {
        cost: `interface endpoint ${service}: charged by the hour in ${zones} zones, and by the GB (network.endpoints.interface of the baseline lists it)`,
      }),
      changes: [createVpcEndpoint(wanted, said)],
    }),
    facts: withFact(site.facts, 'ec2.vpcEndpoints', [...lookUp(site, 'ec2.vpcEndpoints'), endpoint]),
  };
}

function complete(site: Site, service: string, wanted: Wanted, endpoint: VpcEndpoint): Part {
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
