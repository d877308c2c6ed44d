import { bind } from '../../binding/bind.ts';
import { routeTableOf } from '../../findings/subnet-associations.ts';
import { Tier } from '../../model/baseline/row.ts';
import { need } from '../../model/fact.ts';
import type { Change, Fingerprint, LeftAlone } from '../../model/plan.ts';
import type { InternetGateway, Route, RouteTable, Subnet, Vpc } from '../../services/ec2/facts.ts';
import {
  attachInternetGateway,
  createInternetGateway,
  internetGatewayObject,
  internetGatewayState,
} from '../../services/ec2/internet-gateway/changes.ts';
import {
  addInternetRoute,
  associateTable,
  createRouteTable,
  routeTableObject,
  routeTableState,
  subnetTableObject,
  subnetTableState,
} from '../../services/ec2/route-table/changes.ts';
import {
  about,
  building,
  ec2Resource,
  homeOf,
  lookUp,
  notBuilt,
  type Part,
  type Site,
  standIn,
  unchanged,
  withFact,
} from './site.ts';
import { boundVpc } from './vpc.ts';

/** The internet gateway of the VPC: the one that is attached to it, one of our own that is attached to nothing, or a new one. */
export function buildInternetGateway(site: Site): Part {
  const { baseline, region, account } = site;
  if (Tier.options.every(tier => !baseline.network.tiers[tier].internetRoute)) return unchanged(site);
  const vpc = homeOf(site, boundVpc(site));
  const gateways = lookUp(site, 'ec2.internetGateways');
  const attached = gateways.find(({ vpcs }) => vpcs.includes(vpc.id));
  if (attached !== undefined) {
    return { ...unchanged(site), adopted: [{ what: 'internet gateway', region, id: attached.id }] };
  }
  const idle = gateways.find(
    ({ vpcs, tags }) => vpcs.length === 0 && tags['securecart:component'] === 'internet-gateway',
  );
  // Controls tell what a route leads to by the beginning of its target.
  const id = idle?.id ?? `igw-${standIn('internet-gateway')}`;
  const said = about(site, id, {
    component: 'internet-gateway',
    name: 'securecart',
    title: 'create the internet gateway',
  });
  const gateway: InternetGateway = idle ?? { id, owner: account.id, vpcs: [], tags: said.tags };
  return {
    ...unchanged(site),
    mends: building(site, {
      id: 'internet-gateway',
      title: 'give the VPC an internet gateway',
      resource: ec2Resource(site, 'InternetGateway', 'internet-gateway', id),
      changes: [
        ...(idle === undefined ? [createInternetGateway(said)] : []),
        attachInternetGateway(region, id, vpc.id),
      ],
    }),
    fingerprints:
      idle === undefined
        ? []
        : [{ object: internetGatewayObject(region, id), state: internetGatewayState(idle) }],
    facts: withFact(site.facts, 'ec2.internetGateways', [
      ...gateways.filter(other => other.id !== id),
      { ...gateway, vpcs: [vpc.id] },
    ]),
  };
}

/** The route tables of one tier, by which its subnets get to the internet, or do not. */
export const buildRoutes =
  (tier: Tier) =>
  (site: Site): Part => {
    const vpc = homeOf(site, boundVpc(site));
    const tables = lookUp(site, 'ec2.routeTables').filter(table => table.vpc === vpc.id);
    const subnets = need(bind(site.baseline, site.facts, { vpc: site.vpc }).tiers[tier]);
    // What follows the main table and is not ours may need what is in it.
    const lost = subnets.filter(
      ({ id, tags }) =>
        tags['securecart:managed'] === 'true' && !tables.some(table => table.subnets.includes(id)),
    );
    const own = ownTable(tier, tables, subnets);
    const needed = own !== undefined || lost.length > 0;
    const table = own ?? newTable(site, tier, vpc);
    const creation = own === undefined && needed ? [creationOfTable(site, tier, table)] : [];
    const served = { ...table, subnets: [...table.subnets, ...lost.map(({ id }) => id)].sort() };
    const after = needed ? [...tables.filter(({ id }) => id !== table.id), served] : tables;
    const open = openings(site, tier, after, subnets, vpc);
    const { region } = site;
    return {
      ...unchanged(site),
      mends: building(site, {
        id: `routes-${tier}`,
        title: `give the ${tier} tier its routes`,
        resource: ec2Resource(site, 'RouteTable', 'route-table', table.id),
        changes: [
          ...creation,
          ...lost.map(({ id }) => associateTable(region, id, table.id)),
          ...open.changes,
        ],
      }),
      fingerprints: [
        ...lost.map(({ id }) => ({
          object: subnetTableObject(region, id),
          state: subnetTableState(undefined),
        })),
        ...open.fingerprints,
      ],
      leftAlone: open.leftAlone,
      adopted: own === undefined ? [] : [{ what: `route table of the ${tier} tier`, region, id: own.id }],
      facts: withFact(site.facts, 'ec2.routeTables', [
        ...lookUp(site, 'ec2.routeTables').filter(({ vpc: of }) => of !== vpc.id),
        ...open.tables,
      ]),
    };
  };

/** The table that a tier's subnets name, or the one of ours that none names yet. */
const ownTable = (
  tier: Tier,
  tables: readonly RouteTable[],
  subnets: readonly Subnet[],
): RouteTable | undefined =>
  tables.find(table => subnets.some(({ id }) => table.subnets.includes(id))) ??
  tables.find(({ tags }) => tags['securecart:component'] === `route-table-${tier}`);

function newTable(site: Site, tier: Tier, vpc: Vpc): RouteTable {
  const id = standIn(`route-table-${tier}`);
  const { tags } = saidOfTable(site, tier, id);
  return { id, vpc: vpc.id, owner: site.account.id, isMain: false, subnets: [], routes: [], tags };
}

const saidOfTable = (site: Site, tier: Tier, id: string) =>
  about(site, id, {
    component: `route-table-${tier}`,
    name: `securecart-${tier}`,
    title: 'create the route table',
  });

const creationOfTable = (site: Site, tier: Tier, { id, vpc }: RouteTable): Change =>
  createRouteTable(vpc, saidOfTable(site, tier, id));

/** A route to a gateway that is not attached is a blackhole; attached, it leads there again. */
const activeFrom =
  (open: Route) =>
  (route: Route): Route =>
    route === open ? { ...route, active: true } : route;

/** Leads the tables of a tier to the internet that are to be led there, and serve nobody else. */
function openings(
  site: Site,
  tier: Tier,
  tables: readonly RouteTable[],
  subnets: readonly Subnet[],
  vpc: Vpc,
) {
  const { region, baseline } = site;
  const changes: Change[] = [];
  const fingerprints: Fingerprint[] = [];
  const leftAlone: LeftAlone[] = [];
  const gateway = lookUp(site, 'ec2.internetGateways').find(({ vpcs }) => vpcs.includes(vpc.id));
  if (gateway === undefined || !baseline.network.tiers[tier].internetRoute) {
    return { changes, fingerprints, leftAlone, tables };
  }
  const own = new Set(subnets.map(({ id }) => routeTableOf(id, vpc.id, tables)?.id));
  const after = tables.map(table => {
    if (!own.has(table.id)) return table;
    const open = table.routes.find(
      ({ destination }) => destination.kind === 'ipv4' && destination.cidr === '0.0.0.0/0',
    );
    if (open?.target === gateway.id) return { ...table, routes: table.routes.map(activeFrom(open)) };
    const others = table.subnets.filter(id => !subnets.some(subnet => subnet.id === id));
    const why =
      open !== undefined
        ? `it leads 0.0.0.0/0 to ${open.target}${open.active ? '' : ', which is gone'}`
        : table.isMain || others.length > 0
          ? `it serves ${others.join(', ') || 'every subnet that names no table'} as well`
          : undefined;
    if (why !== undefined) {
      const resource = ec2Resource(site, 'RouteTable', 'route-table', table.id);
      const detail = `The ${tier} tier follows it and needs a route to ${gateway.id}, but ${why}: give the tier a table of its own.`;
      leftAlone.push(notBuilt(site, resource, 'ambiguous', detail));
      return table;
    }
    changes.push(addInternetRoute(region, table.id, gateway.id));
    fingerprints.push({ object: routeTableObject(region, table.id), state: routeTableState(table) });
    const route = {
      destination: { kind: 'ipv4' as const, cidr: '0.0.0.0/0' },
      target: gateway.id,
      active: true,
    };
    return { ...table, routes: [...table.routes, route] };
  });
  return { changes, fingerprints, leftAlone, tables: after };
}
