import type { Region } from '../../../model/identifiers.ts';
import type { Change, ChangeId, Created, Effect } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { ec2Call, setting } from '../creation.ts';
import type { Route, RouteTable, VpcEndpoint } from '../facts.ts';
import { extendVpcEndpoint } from '../vpc-endpoint/changes.ts';
import { createRouteCall, deleteRouteCall } from './calls.ts';
import {
  createRouteTable,
  destinationOf,
  routeState,
  routeTableObject,
  subnetTableObject,
} from './changes.ts';

/** The routes that a table's subnets lose, in words. */
const closing = (routes: readonly Route[]): Effect => ({
  kind: 'narrows',
  opens: [],
  closes: routes.map(routeWords),
});

const routeWords = (route: Route): string => `the route for ${destinationOf(route)} to ${route.target}`;

/** Deletes routes of a table, one after another. */
export const removeRoutes = (region: Region, table: string, routes: readonly Route[]): Change[] =>
  inTurn(
    routes.map(route => ({
      ...setting({
        id: routeId(table, 'delete', route),
        title: `delete ${routeWords(route)}`,
        object: routeTableObject(region, table),
        edit: { kind: 'list', field: 'routes', remove: [routeState(route)], add: [] },
        call: deleteRouteCall(table, route),
        back: createRouteCall(table, route),
      }),
      effect: closing([route]),
    })),
  );

/** One table that subnets are to leave, and what they keep of it. */
export interface Separation {
  readonly region: Region;
  readonly tier: string;
  /** Marks what is created, so that it can be found again: the plan's id. */
  readonly plan: string;
  readonly from: RouteTable;
  readonly subnets: readonly string[];
  /** The routes that they lose. */
  readonly open: readonly Route[];
  /** The gateway endpoints that serve the old table. */
  readonly endpoints: readonly VpcEndpoint[];
  /** A table of the tier that has no such route already. */
  readonly ready?: RouteTable;
}

/**
 * Gives subnets a table of their own, built whole before they follow it: with the routes of the old one, but for those that
 * they are to lose. All in turn, since one endpoint may serve several of the tables.
 */
export const separationChanges = (separations: readonly Separation[]): Change[] =>
  inTurn(
    separations.flatMap(separation => {
      const { region, from, subnets, ready, open } = separation;
      const target = ready?.id ?? { $created: createId(separation) };
      return [
        ...(ready === undefined ? build(separation) : []),
        ...subnets.map(subnet => ({
          ...moveSubnet(region, subnet, from, target),
          effect: closing(open),
        })),
      ];
    }),
  );

/** The routes of a table that one without the open ones has as well: not the local route, nor those that endpoints bring. */
export const keptRoutes = ({ from: { routes }, open }: Pick<Separation, 'from' | 'open'>): Route[] =>
  routes.filter(
    route =>
      route.active && route.target !== 'local' && !route.target.startsWith('vpce-') && !open.includes(route),
  );

const createId = ({ tier, from }: Separation): ChangeId => `routes-${tier}-${from.id}/create`;

function build(separation: Separation): Change[] {
  const { region, tier, plan, from, endpoints } = separation;
  const id = createId(separation);
  const created: Created = { $created: id };
  const create = createRouteTable(from.vpc, {
    region,
    id,
    title: `create a route table for the ${tier} tier, which no subnet follows yet`,
    tags: {
      Name: `securecart-${tier}`,
      'securecart:managed': 'true',
      'securecart:component': `route-table-${tier}`,
      'securecart:plan': plan,
      'securecart:change': id,
    },
  });
  const copies = keptRoutes(separation).map(
    (route): Change => ({
      id: routeId(id, 'add', route),
      title: `give it ${routeWords(route)}`,
      object: { ...routeTableObject(region, from.id), id: created },
      edit: { kind: 'list', field: 'routes', remove: [], add: [routeState(route)] },
      call: createRouteCall(created, route),
      permissions: ['ec2:CreateRoute'],
      effect: NO_EFFECT,
      dependsOn: [],
      undo: { kind: 'with', change: id },
    }),
  );
  return [
    create,
    ...copies,
    ...endpoints.map(endpoint => extendVpcEndpoint(region, endpoint.id, 'routeTables', created)),
  ];
}

/** Lets a subnet follow another table: at one stroke where it names one, and else by naming one. */
export function moveSubnet(region: Region, subnet: string, from: RouteTable, to: string | Created): Change {
  const isNamed = from.subnets.includes(subnet);
  const AssociationId = { $live: ['association'] };
  return setting({
    id: `${subnet}/route-table`,
    title: `let ${subnet} leave ${from.id} for ${typeof to === 'string' ? to : 'the new table'}`,
    object: subnetTableObject(region, subnet),
    edit: { kind: 'set', fields: { table: { from: isNamed ? from.id : null, to } } },
    call: isNamed
      ? ec2Call('ReplaceRouteTableAssociation', { AssociationId, RouteTableId: to })
      : ec2Call('AssociateRouteTable', { RouteTableId: to, SubnetId: subnet }),
    back: isNamed
      ? ec2Call('ReplaceRouteTableAssociation', { AssociationId, RouteTableId: from.id })
      : ec2Call('DisassociateRouteTable', { AssociationId }),
  });
}

const routeId = (table: string, verb: string, route: Route): ChangeId =>
  `${table}/${verb}-${destinationOf(route)}`;

const inTurn = (changes: readonly Change[]): Change[] =>
  changes.map((change, index) => {
    const previous = changes[index - 1];
    return previous === undefined ? change : { ...change, dependsOn: [previous.id] };
  });
