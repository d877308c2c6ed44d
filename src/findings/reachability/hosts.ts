import type { Carrier } from '../../binding/binding.ts';
import type { ComponentBinding } from '../../model/baseline/network.ts';
import { Component } from '../../model/baseline/row.ts';
import { hostBlock } from '../../network/address.ts';
import { allIn } from '../../network/internet.ts';
import type { NetworkInterface, Subnet } from '../../services/ec2/facts.ts';
import type { LiveFacts, LiveHost } from './live-network.ts';
import type { Routing } from './routing.ts';

/** One interface, or one subnet in which a component may get one. */
interface Standing {
  readonly member: string;
  readonly component?: Component | undefined;
  readonly subnet: string;
  readonly groups: readonly string[];
  readonly cidrs: readonly string[];
  readonly publicAddress: boolean;
}

/** EC2's InterfaceType of what hands packets on, and neither begins nor answers a connection. */
const HANDS_ON = new Set(['nat_gateway', 'transit_gateway', 'gateway_load_balancer_endpoint']);

/** All that stands in the VPC, those together that packets meet alike. Throws UnknownFact. */
export function hostsOf(live: LiveFacts, routing: Routing): LiveHost[] {
  const { vpc, value } = live;
  const subnets = new Map(
    value('ec2.subnets')
      .filter(subnet => subnet.vpc === vpc.id)
      .map(subnet => [subnet.id, subnet]),
  );
  const standing = value('ec2.networkInterfaces')
    .filter(one => one.vpc === vpc.id && !HANDS_ON.has(one.type))
    .map(one => standingOf(one, live));
  // What there is comes before what there may be: it makes the better witness.
  const all = [...standing.toSorted(byMember), ...idlePlaces(standing, subnets, live).toSorted(byMember)];
  return alike(all).flatMap(group => {
    const [first] = group;
    const subnet = first && subnets.get(first.subnet);
    return first === undefined || subnet === undefined ? [] : [hostOf(first, group, subnet, routing)];
  });
}

function standingOf(one: NetworkInterface, live: LiveFacts): Standing {
  const own = componentsOf(one, live);
  const [component] = own;
  const carriers = component === undefined ? [] : carriersOf(component, live);
  const addresses = [...one.privateAddresses, ...one.ipv6Addresses];
  return {
    member: one.id,
    component,
    subnet: one.subnet,
    groups: one.securityGroups.toSorted(),
    cidrs: addresses.map(address => hostBlock(address).cidr),
    // A load balancer or a database that is public is so wherever it stands, though an interface may lack it just now.
    publicAddress:
      one.publicAddress !== undefined ||
      carriers.some(
        carrier =>
          carrier.publicAddress &&
          carrier.subnets.includes(one.subnet) &&
          sameGroups(carrier.groups, one.securityGroups),
      ),
  };
}

/** What a component is attached to, by who asked for the interface; whatever is nobody's in particular is a service's. */
function kindOf({ type, requester }: NetworkInterface): ComponentBinding['attachedTo'] {
  if (type === 'vpc_endpoint') return 'vpc-endpoint';
  if (type === 'lambda') return 'function';
  if (requester === 'amazon-rds') return 'db-instance';
  return requester === 'amazon-elb' || type.endsWith('load_balancer') ? 'load-balancer' : 'service';
}

/** The component of an interface: it carries its groups, and is of its kind. So a function in the backend's group is no backend. */
function componentsOf(one: NetworkInterface, live: LiveFacts): Component[] {
  const kind = kindOf(one);
  return Component.options.filter(component => {
    const bound = live.binding.components[component];
    if (bound.kind === 'unknown' || live.baseline.components[component].attachedTo !== kind) return false;
    return (
      bound.value.groups.some(group => one.securityGroups.includes(group)) ||
      carriersOf(component, live).some(({ groups }) => sameGroups(groups, one.securityGroups))
    );
  });
}

function carriersOf(component: Component, { binding }: LiveFacts): readonly Carrier[] {
  const bound = binding.components[component];
  return bound.kind === 'known' && bound.value.carriers.kind === 'known' ? bound.value.carriers.value : [];
}

const sameGroups = (a: readonly string[], b: readonly string[]): boolean =>
  a.toSorted().join() === b.toSorted().join();

/** Where a component has no interface and may get one: the next task, function or failover lands there. */
function idlePlaces(
  standing: readonly Standing[],
  subnets: ReadonlyMap<string, Subnet>,
  live: LiveFacts,
): Standing[] {
  return Component.options.flatMap(component => {
    const own = standing.filter(one => one.component === component);
    const overIpv6 = own.length === 0 || own.some(({ cidrs }) => cidrs.some(cidr => cidr.includes(':')));
    return carriersOf(component, live).flatMap(({ resource, groups, subnets: allowed, publicAddress }) =>
      allowed.flatMap((id): Standing[] => {
        const subnet = subnets.get(id);
        const taken = own.some(one => one.subnet === id && sameGroups(one.groups, groups));
        if (subnet === undefined || taken) return [];
        const cidrs = [
          ...(subnet.cidr === undefined ? [] : [subnet.cidr]),
          ...(overIpv6 ? subnet.ipv6Cidrs : []),
        ];
        return [{ member: resource, component, subnet: id, groups: groups.toSorted(), cidrs, publicAddress }];
      }),
    );
  });
}

const byMember = (a: Standing, b: Standing): number => {
  const [left, right] = [a, b].map(({ member, subnet }) => `${member} ${subnet}`);
  return left === right ? 0 : String(left) < String(right) ? -1 : 1;
};

function alike(all: readonly Standing[]): Standing[][] {
  const groups = new Map<string, Standing[]>();
  for (const one of all) {
    const key = JSON.stringify([one.component, one.subnet, one.groups, one.publicAddress]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function hostOf(
  { component, groups, publicAddress }: Standing,
  alike: readonly Standing[],
  subnet: Subnet,
  routing: Routing,
): LiveHost {
  return {
    kind: 'host',
    name: component ?? OTHER_HOSTS,
    ...(component === undefined ? {} : { component }),
    members: [...new Set(alike.map(({ member }) => member))],
    addresses: allIn([...new Set(alike.flatMap(({ cidrs }) => cidrs))]),
    subnet: { id: subnet.id, acl: routing.aclOf(subnet.id) },
    // An interface without a group, such as an older Network Load Balancer's, has nothing that stops packets.
    ...(groups.length === 0 ? {} : { groups }),
    ways: routing.waysFrom(subnet.id, publicAddress),
  };
}

/** Whatever stands in the VPC and is of no component. */
export const OTHER_HOSTS = 'other hosts';
