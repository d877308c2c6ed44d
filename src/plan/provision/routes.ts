import { routeTableOf } from '../../findings/subnet-associations.ts';
import type { Tier } from '../../model/baseline/row.ts';
import { known } from '../../model/fact.ts';
import type { Change, Fingerprint, LeftAlone } from '../../model/plan.ts';
import type { Route, RouteTable, Subnet, VpcEndpoint } from '../../services/ec2/facts.ts';
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
import { isShared, leaveTable } from './shared-tables.ts';
import { homeOf, type Site } from './site.ts';

/** Subnets that get to the internet by one gateway, or not at all; `name` is that of their tier, or of it and their zone. */
interface Way {
  readonly name: string;
  /** In words. */
  readonly of: string;
  readonly subnets: readonly Subnet[];
  /** Theirs and the others of their tier. */
  readonly tier: readonly Subnet[];
  readonly gateway: string | undefined;
}

/** What is done to the route tables of the VPC, and what they are then. */
interface Step {
  readonly tables: readonly RouteTable[];
  readonly changes: readonly Change[];
  readonly fingerprints: readonly Fingerprint[];
  readonly leftAlone: readonly LeftAlone[];
  /** The endpoints then, where they serve another table. */
  readonly endpoints?: readonly VpcEndpoint[];
}

const NOTHING_DONE = { changes: [], fingerprints: [], leftAlone: [] };

/** The route tables of one tier, by which its subnets get to the internet, or do not. */
export const buildRoutes =
  (tier: Tier) =>
  (site: Site): Part =>
    inTurn(
      site,
      waysOf(site, tier).map(way => at => buildTable(at, way)),
    );

/** All subnets of a tier go one way, but for those that get out by NAT: each by the gateway of its own zone, which a regional one is of all. */
function waysOf(site: Site, name: Tier): Way[] {
  const { audit, region } = site;
  const { egress, tiers } = audit.baseline.network;
  const tier = audit.tier(name);
  const of = `the ${name} tier`;
  if (name !== 'private' || egress === 'endpoints') {
    const gateway = tiers[name].internetRoute ? internetGatewayOf(site)?.id : undefined;
    return [{ name, of, subnets: tier, tier, gateway }];
  }
  const zones = [...new Set(tier.map(({ zone }) => zone))].sort();
  const gateways = new Map(zones.map(zone => [zone, natGatewayIn(site, zone)?.id]));
  return [...new Set(gateways.values())].map(gateway => {
    const own = zones.filter(zone => gateways.get(zone) === gateway);
    const subnets = tier.filter(({ zone }) => own.includes(zone));
    if (subnets.length === tier.length) return { name, of, subnets, tier, gateway };
    const letters = own.map(zone => zone.slice(region.length)).join('');
    return { name: `${name}-${letters}`, of: `${of} in ${own.join(' and ')}`, subnets, tier, gateway };
  });
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
    facts: {
      'ec2.routeTables': known([...all.filter(one => !tables.includes(one)), ...led.tables]),
      ...(followed.endpoints !== undefined && { 'ec2.vpcEndpoints': known([...followed.endpoints]) }),
    },
  };
}

/** The table that some of the subnets name, or the one of ours that none names yet. */
const tableOf = ({ name, subnets, tier }: Way, tables: readonly RouteTable[]): RouteTable | undefined =>
  tables.find(
    table => subnets.some(({ id }) => table.subnets.includes(id)) && !isShared(table, subnets, tier),
  ) ?? tables.find(({ tags }) => tags['securecart:component'] === componentOf(name));

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

/**
 * Lets the subnets follow this table: ours that follow the main one, and those of a table of ours that cannot serve all who
 * follow it. What is not ours may need what is in its table.
 */
function follow(
  site: Site,
  { name, subnets, tier }: Way,
  table: RouteTable,
  tables: readonly RouteTable[],
): Step {
  const { region } = site;
  const ids = subnets.map(({ id }) => id);
  const lost = subnets
    .filter(({ tags }) => tags['securecart:managed'] === 'true')
    .map(({ id }) => id)
    .filter(id => !tables.some(one => one.subnets.includes(id)));
  const from = tables.find(
    one => one !== table && ids.some(id => one.subnets.includes(id)) && isShared(one, subnets, tier),
  );
  const moved = from?.subnets.filter(id => ids.includes(id)) ?? [];
  const isNew = !tables.includes(table);
  if (isNew && lost.length + moved.length === 0) return { ...NOTHING_DONE, tables };
  const left = from && leaveTable(site, moved, from, table.id);
  return {
    tables: [
      ...tables
        .filter(one => one !== table)
        .map(one =>
          one === from ? { ...one, subnets: one.subnets.filter(id => !moved.includes(id)) } : one,
        ),
      { ...table, subnets: [...table.subnets, ...lost, ...moved].sort() },
    ],
    changes: [
      ...(isNew ? [createRouteTable(table.vpc, saidOfTable(site, name, table.id))] : []),
      ...lost.map(id => associateTable(region, id, table.id)),
      ...(left?.changes ?? []),
    ],
    fingerprints: [
      ...lost.map(id => ({ object: subnetTableObject(region, id), state: subnetTableState(undefined) })),
      ...(left?.fingerprints ?? []),
    ],
    leftAlone: [],
    ...(left !== undefined && { endpoints: left.endpoints }),
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
      : { ...NOTHING_DONE, tables: [table] },
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
  if (open?.target === gateway) {
    // A route to a gateway that is not attached is a blackhole; attached, it leads there again.
    const routes = table.routes.map(route => (route === open ? { ...route, active: true } : route));
    return { ...NOTHING_DONE, tables: [{ ...table, routes }] };
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
    return { ...NOTHING_DONE, tables: [table], leftAlone: [unbuilt(site, resource, 'ambiguous', detail)] };
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
