import { routeTableOf } from '../../findings/subnet-associations.ts';
import type { Tier } from '../../model/baseline/row.ts';
import { known } from '../../model/fact.ts';
import type { Change, Fingerprint, LeftAlone } from '../../model/plan.ts';
import type { Route, RouteTable, Subnet } from '../../services/ec2/facts.ts';
import {
  addInternetRoute,
  associateTable,
  createRouteTable,
  internetRoute,
  routeTableObject,
  routeTableState,
  subnetTableObject,
  subnetTableState,
} from '../../services/ec2/route-table/changes.ts';
import { attachmentIn, internetGatewayOf } from './internet-gateway.ts';
import { natGatewayIn } from './nat-gateways.ts';
import { about, adopt, build, ec2Resource, inTurn, type Part, standIn, unbuilt } from './part.ts';
import { homeOf, type Site } from './site.ts';

/** Subnets that get to the internet by one gateway, or not at all; `name` is that of their tier, or of it and their zone. */
interface Way {
  readonly name: string;
  /** In words. */
  readonly of: string;
  readonly subnets: readonly Subnet[];
  readonly gateway: string | undefined;
}

/** What is done to the route tables of the VPC, and what they are then. */
interface Step {
  readonly tables: readonly RouteTable[];
  readonly changes: readonly Change[];
  readonly fingerprints: readonly Fingerprint[];
  readonly leftAlone: readonly LeftAlone[];
}

/** The route tables of one tier, by which its subnets get to the internet, or do not. */
export const buildRoutes =
  (tier: Tier) =>
  (site: Site): Part =>
    inTurn(
      site,
      waysOf(site, tier).map(way => at => buildTable(at, way)),
    );

/** All subnets of a tier go one way, but for those that get out by NAT: each by the gateway of its own zone. */
function waysOf(site: Site, tier: Tier): Way[] {
  const { audit, region } = site;
  const { egress, tiers } = audit.baseline.network;
  const subnets = audit.tier(tier);
  const of = `the ${tier} tier`;
  if (tier !== 'private' || egress === 'endpoints') {
    const gateway = tiers[tier].internetRoute ? internetGatewayOf(site)?.id : undefined;
    return [{ name: tier, of, subnets, gateway }];
  }
  return [...new Set(subnets.map(({ zone }) => zone))].sort().map(zone => ({
    name: `${tier}-${zone.slice(region.length)}`,
    of: `${of} in ${zone}`,
    subnets: subnets.filter(subnet => subnet.zone === zone),
    gateway: natGatewayIn(site, zone)?.id,
  }));
}

function buildTable(site: Site, way: Way): Part {
  const { name, of } = way;
  const all = site.audit.value('ec2.routeTables');
  const tables = all.filter(({ vpc }) => vpc === homeOf(site).id);
  const live = tableOf(way, tables);
  const table = live ?? newTable(site, way);
  const followed = follow(site, way, table, tables);
  const led = leadOut(site, way, followed.tables);
  return {
    ...adopt(site, `route table of ${of}`, ...(live === undefined ? [] : [live.id])),
    ...build(site, {
      id: `routes-${name}`,
      title: `give ${of} its routes`,
      resource: ec2Resource(site, 'RouteTable', 'route-table', table.id),
      changes: [...followed.changes, ...led.changes],
      fingerprints: [...followed.fingerprints, ...led.fingerprints],
    }),
    leftAlone: led.leftAlone,
    facts: { 'ec2.routeTables': known([...all.filter(one => !tables.includes(one)), ...led.tables]) },
  };
}

/** The table that some of the subnets name, or the one of ours that none names yet. */
const tableOf = ({ name, subnets }: Way, tables: readonly RouteTable[]): RouteTable | undefined =>
  tables.find(table => subnets.some(({ id }) => table.subnets.includes(id))) ??
  tables.find(({ tags }) => tags['securecart:component'] === componentOf(name));

const componentOf = (way: string): string => `route-table-${way}`;

function newTable(site: Site, { name }: Way): RouteTable {
  const { id: vpc } = homeOf(site);
  const id = standIn(componentOf(name));
  const { tags } = saidOfTable(site, name, id);
  return { id, vpc, owner: site.audit.account, isMain: false, subnets: [], routes: [], tags };
}

const saidOfTable = (site: Site, way: string, id: string) =>
  about(site, id, {
    component: componentOf(way),
    name: `securecart-${way}`,
    title: 'create the route table',
  });

/** Lets our own subnets that follow the main table follow this one. What is not ours may need what is in the main one. */
function follow(site: Site, { name, subnets }: Way, table: RouteTable, tables: readonly RouteTable[]): Step {
  const { region } = site;
  const lost = subnets
    .filter(({ tags }) => tags['securecart:managed'] === 'true')
    .map(({ id }) => id)
    .filter(id => !tables.some(one => one.subnets.includes(id)));
  const isNew = !tables.includes(table);
  if (isNew && lost.length === 0) return { tables, changes: [], fingerprints: [], leftAlone: [] };
  return {
    tables: [
      ...tables.filter(one => one !== table),
      { ...table, subnets: [...table.subnets, ...lost].sort() },
    ],
    changes: [
      ...(isNew ? [createRouteTable(table.vpc, saidOfTable(site, name, table.id))] : []),
      ...lost.map(id => associateTable(region, id, table.id)),
    ],
    fingerprints: lost.map(id => ({
      object: subnetTableObject(region, id),
      state: subnetTableState(undefined),
    })),
    leftAlone: [],
  };
}

/** Leads the tables that the subnets follow to their gateway. */
function leadOut(site: Site, way: Way, tables: readonly RouteTable[]): Step {
  const { subnets, gateway } = way;
  const { id: vpc } = homeOf(site);
  const followed = new Set(subnets.map(({ id }) => routeTableOf(id, vpc, tables)?.id));
  const steps = tables.map(table =>
    gateway !== undefined && followed.has(table.id)
      ? leadTable(site, way, table, gateway)
      : { tables: [table], changes: [], fingerprints: [], leftAlone: [] },
  );
  return {
    tables: steps.flatMap(step => step.tables),
    changes: steps.flatMap(step => step.changes),
    fingerprints: steps.flatMap(step => step.fingerprints),
    leftAlone: steps.flatMap(step => step.leftAlone),
  };
}

/** Leads a table to a gateway, unless it leads elsewhere or serves somebody else as well. */
function leadTable(site: Site, { of, subnets }: Way, table: RouteTable, gateway: string): Step {
  const { region } = site;
  const open = table.routes.find(isDefault);
  const none = { changes: [], fingerprints: [], leftAlone: [] };
  if (open?.target === gateway) {
    // A route to a gateway that is not attached is a blackhole; attached, it leads there again.
    const routes = table.routes.map(route => (route === open ? { ...route, active: true } : route));
    return { ...none, tables: [{ ...table, routes }] };
  }
  const others = table.subnets.filter(id => !subnets.some(subnet => subnet.id === id));
  const obstacle =
    open !== undefined
      ? `it leads 0.0.0.0/0 to ${open.target}${open.active ? '' : ', which is gone'}`
      : table.isMain || others.length > 0
        ? `it serves ${others.join(', ') || 'every subnet that names no table'} as well`
        : undefined;
  if (obstacle !== undefined) {
    const resource = ec2Resource(site, 'RouteTable', 'route-table', table.id);
    const detail = `It is followed by ${of}, which needs a route to ${gateway}, but ${obstacle}: give ${of} a table of its own.`;
    return { ...none, tables: [table], leftAlone: [unbuilt(site, resource, 'ambiguous', detail)] };
  }
  return {
    tables: [{ ...table, routes: [...table.routes, internetRoute(gateway)] }],
    changes: [{ ...addInternetRoute(region, table.id, gateway), dependsOn: attachmentIn(site) }],
    fingerprints: [{ object: routeTableObject(region, table.id), state: routeTableState(table) }],
    leftAlone: [],
  };
}

const isDefault = ({ destination }: Route): boolean =>
  destination.kind === 'ipv4' && destination.cidr === '0.0.0.0/0';
