import { isStanding } from '../../binding/standing-endpoint.ts';
import type { Change, ChangeId, Fingerprint } from '../../model/plan.ts';
import type { RouteTable, Subnet, VpcEndpoint } from '../../services/ec2/facts.ts';
import { subnetTableObject, subnetTableState } from '../../services/ec2/route-table/changes.ts';
import { moveSubnet } from '../../services/ec2/route-table/separation.ts';
import {
  extendVpcEndpoint,
  vpcEndpointObject,
  vpcEndpointState,
} from '../../services/ec2/vpc-endpoint/changes.ts';
import type { Site } from './site.ts';

/**
 * Whether these subnets of a tier can leave a table for one of their own: it is ours, leads to endpoints alone, and serves
 * others of the tier, and nobody else.
 */
export function isShared(
  { tags, subnets, routes }: RouteTable,
  own: readonly Subnet[],
  tier: readonly Subnet[],
): boolean {
  const serves = (some: readonly Subnet[]) =>
    subnets.filter(id => some.some(subnet => subnet.id === id)).length;
  return (
    tags['securecart:managed'] === 'true' &&
    serves(own) < subnets.length &&
    serves(tier) === subnets.length &&
    routes.every(({ target }) => target === 'local' || target.startsWith('vpce-'))
  );
}

/** What it takes to let subnets leave such tables for one of their own. */
export interface Leaving {
  readonly changes: readonly Change[];
  readonly fingerprints: readonly Fingerprint[];
  readonly endpoints: readonly VpcEndpoint[];
}

/** Lets subnets leave a table of ours for another, once the gateway endpoints of the old one serve that one too. */
export function leaveTable(site: Site, subnets: readonly string[], from: RouteTable, to: string): Leaving {
  const { audit, region } = site;
  const endpoints = audit.value('ec2.vpcEndpoints');
  const serving = endpoints.filter(
    endpoint => endpoint.routeTables.includes(from.id) && isStanding(endpoint),
  );
  const served = serving.map(endpoint => ({
    ...extendVpcEndpoint(region, endpoint.id, 'routeTables', to),
    title: `let ${endpoint.id} serve ${to}`,
    dependsOn: extensionsOf(site, endpoint),
  }));
  return {
    changes: [
      ...served,
      ...subnets.map(id => ({
        ...moveSubnet(region, id, from, to),
        dependsOn: served.map(change => change.id),
      })),
    ],
    fingerprints: [
      ...serving
        .filter(endpoint => extensionsOf(site, endpoint).length === 0)
        .map(endpoint => ({
          object: vpcEndpointObject(region, endpoint.id),
          state: vpcEndpointState(endpoint),
        })),
      ...subnets.map(id => ({ object: subnetTableObject(region, id), state: subnetTableState(from.id) })),
    ],
    endpoints: endpoints.map(endpoint =>
      serving.includes(endpoint) ? { ...endpoint, routeTables: [...endpoint.routeTables, to] } : endpoint,
    ),
  };
}

/** What the plan does to an endpoint so far: EC2 takes no change to one before the last is done. */
const extensionsOf = ({ planned }: Site, { id }: VpcEndpoint): ChangeId[] =>
  [...planned].filter(change => change.startsWith(`${id}/serve-`));
