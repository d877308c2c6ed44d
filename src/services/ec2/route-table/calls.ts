import type { JsonObject } from '../../../model/json.ts';
import type { Call, Created } from '../../../model/plan.ts';
import { ec2Call } from '../creation.ts';
import type { Route } from '../facts.ts';

/** What CreateRoute calls a target, by the prefix of its id. Instances and gateways of other kinds are not among them: no plan creates a route to those. */
const targets: Readonly<Record<string, string>> = {
  igw: 'GatewayId',
  vgw: 'GatewayId',
  eigw: 'EgressOnlyInternetGatewayId',
  nat: 'NatGatewayId',
  tgw: 'TransitGatewayId',
  pcx: 'VpcPeeringConnectionId',
  eni: 'NetworkInterfaceId',
};

const targetOf = ({ target }: Route): string | undefined => targets[target.slice(0, target.indexOf('-'))];

/** Whether {@link createRouteCall} can make a route: what cannot be made again must not be deleted. */
export const isCreatable = (route: Route): boolean => route.active && targetOf(route) !== undefined;

/** Creates a route. Throws for one that is not {@link isCreatable}. */
export function createRouteCall(table: string | Created, route: Route): Call {
  const name = targetOf(route);
  if (name === undefined) throw new Error(`no call creates a route to ${route.target}`);
  return ec2Call('CreateRoute', {
    RouteTableId: table,
    ...destinationInput(route),
    [name]: route.target,
  });
}

/** Deletes the route of a destination. */
export const deleteRouteCall = (table: string, route: Route): Call =>
  ec2Call('DeleteRoute', { RouteTableId: table, ...destinationInput(route) });

function destinationInput({ destination }: Route): JsonObject {
  switch (destination.kind) {
    case 'ipv4':
      return { DestinationCidrBlock: destination.cidr };
    case 'ipv6':
      return { DestinationIpv6CidrBlock: destination.cidr };
    case 'prefix-list':
      return { DestinationPrefixListId: destination.id };
    default:
      return destination satisfies never;
  }
}
