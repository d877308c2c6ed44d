import type { Region } from '../../../model/identifiers.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Change, LiveObject, ObjectState } from '../../../model/plan.ts';
import { type Creation, creation, ec2Call, setting } from '../creation.ts';
import type { Route, RouteTable } from '../facts.ts';
import { createRouteCall, deleteRouteCall } from './calls.ts';

/** A route table as plans compare it. The local route is in every table, and an endpoint brings and takes its own. */
export const routeTableState = ({ vpc, routes, tags }: RouteTable): ObjectState => ({
  vpc,
  routes: routes.filter(({ target }) => target !== 'local' && !target.startsWith('vpce-')).map(routeState),
  tags,
});

/** One route as an item of a table's state. */
export const routeState = (route: Route): JsonObject => ({
  destination: destinationOf(route),
  target: route.target,
});

/** What a route is for: a CIDR, or the id of a prefix list. A table has one route for each. */
export const destinationOf = ({ destination }: Route): string =>
  destination.kind === 'prefix-list' ? destination.id : destination.cidr;

/** The table as an object of a plan. */
export const routeTableObject = (region: Region, id: string): LiveObject => ({
  kind: 'route-table',
  region,
  id,
});

/** A subnet as far as routes go: the table that it names, or null where it follows the main one of its VPC. */
export const subnetTableState = (table: string | undefined): ObjectState => ({ table: table ?? null });

/** The subnet as the holder of an association with a route table. */
export const subnetTableObject = (region: Region, subnet: string): LiveObject => ({
  kind: 'subnet-route-table',
  region,
  id: subnet,
});

/** Creates a route table, in which there is the local route alone. */
export const createRouteTable = (
  vpc: string,
  about: Pick<Creation, 'region' | 'id' | 'title' | 'tags'>,
): Change =>
  creation({
    ...about,
    kind: 'route-table',
    state: { vpc, routes: [] },
    input: { VpcId: vpc, ClientToken: { $token: about.id } },
  });

/** Lets a subnet that followed the main table follow one of its own. */
export const associateTable = (region: Region, subnet: string, table: string): Change =>
  setting({
    id: `${subnet}/route-table`,
    title: `let ${subnet} follow ${table}`,
    object: subnetTableObject(region, subnet),
    edit: { kind: 'set', fields: { table: { from: null, to: table } } },
    call: ec2Call('AssociateRouteTable', { RouteTableId: table, SubnetId: subnet }),
    back: ec2Call('DisassociateRouteTable', { AssociationId: { $live: ['association'] } }),
  });

/** Leads a table's subnets to the internet, through a gateway of either kind. */
export const addInternetRoute = (region: Region, table: string, gateway: string): Change => {
  const route = internetRoute(gateway);
  const opens = [`a way to the internet through ${gateway}`];
  const change = setting({
    id: `${table}/internet`,
    title: `lead ${table} to the internet through ${gateway}`,
    object: routeTableObject(region, table),
    edit: {
      kind: 'list',
      field: 'routes',
      remove: [],
      add: [routeState(route)],
    },
    call: createRouteCall(table, route),
    back: deleteRouteCall(table, route),
  });
  return { ...change, effect: { kind: 'widens', opens, closes: [] } };
};

/** The route for all of the internet that no other route is for. */
export const internetRoute = (gateway: string): Route => ({
  destination: { kind: 'ipv4', cidr: '0.0.0.0/0' },
  target: gateway,
  active: true,
});
