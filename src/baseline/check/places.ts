import type { Baseline } from '../../model/baseline/baseline.ts';
import { Component, GatewayService, Tier } from '../../model/baseline/row.ts';
import { addressesIn, PUBLIC, privateOutside, publicOutside } from '../../network/internet.ts';
import type { Addresses, Host, Outside, Place, Subnet, Way } from '../../network/topology.ts';

/** Whoever has a public address. */
export const INTERNET = 'internet';

/** Whoever has a private one outside the VPC: peered networks, and those at the end of a VPN. */
export const OTHER_NETWORKS = 'other networks';

/** Whatever else stands in a tier, in groups of which nothing is known. */
export const strangersOf = (tier: Tier): string => `other hosts of the ${tier} tier`;

/** Whether a place is none that the baseline speaks of. */
export const isStranger = ({ name }: Place): boolean =>
  name === OTHER_NETWORKS || Tier.options.some(tier => strangersOf(tier) === name);

/**
 * Everybody that the baseline's network is about. A component stands in every subnet of its tier and could have any of
 * its addresses; over IPv6 any public one, since AWS chooses the VPC's block when it is made.
 */
export function placesOf(baseline: Baseline): Place[] {
  const { network, components } = baseline;
  const hosts = Tier.options.flatMap(tier =>
    network.tiers[tier].subnets.flatMap((subnet): Host[] => {
      const at = {
        kind: 'host',
        subnet: { id: subnet.cidr, acl: tier },
        addresses: { ipv4: addressesIn([subnet.cidr], 'ipv4'), ipv6: PUBLIC.ipv6 },
        ways: waysOf(baseline, tier, subnet.zone),
      } as const;
      const residents = Component.options.filter(component => components[component].tier === tier);
      return [
        ...residents.map(component => ({ ...at, name: component, groups: [component] })),
        { ...at, name: strangersOf(tier) },
      ];
    }),
  );
  const cidrs = [network.vpc.cidr];
  return [
    outside(INTERNET, publicOutside(cidrs), []),
    ...hosts,
    ...GatewayService.options.map(service => outside(service, publicOutside(cidrs), [service])),
    outside(OTHER_NETWORKS, privateOutside(cidrs), []),
  ];
}

const outside = (name: string, addresses: Addresses, prefixLists: readonly string[]): Outside => ({
  kind: 'outside',
  name,
  addresses,
  prefixLists,
});

/**
 * Where the routes of a tier lead. A gateway endpoint serves every tier, and begins nothing. A tier with an internet
 * route is taken to have public addresses. Other networks are taken to be connected: the baseline cannot know.
 */
function waysOf({ network }: Baseline, tier: Tier, zone: string): Host['ways'] {
  const { internetRoute } = network.tiers[tier];
  const nat = tier === 'private' && network.egress === 'nat' ? natWay(network, zone) : undefined;
  const internet: Way | undefined = internetRoute ? { kind: 'open' } : nat;
  const services = GatewayService.options.map(service => {
    const gateway: Way | undefined = network.endpoints.gateway.includes(service)
      ? { kind: 'outbound' }
      : internet && { ...internet, ...(internet.kind === 'open' ? { kind: 'outbound' as const } : {}) };
    return [service, gateway] as const;
  });
  const others = [OTHER_NETWORKS, { kind: 'open' }] as const;
  return {
    ipv4: ways([[INTERNET, internet], ...services, others]),
    ipv6: ways([[INTERNET, internetRoute ? { kind: 'open' } : undefined], others]),
  };
}

const ways = (entries: readonly (readonly [string, Way | undefined])[]): ReadonlyMap<string, Way> =>
  new Map(entries.flatMap(([name, way]): [string, Way][] => (way === undefined ? [] : [[name, way]])));

/** A NAT gateway stands in each subnet of the public tier, and serves its own zone first. */
function natWay({ tiers }: Baseline['network'], zone: string): Way | undefined {
  const { subnets } = tiers.public;
  const [first] = subnets;
  const chosen = subnets.find(subnet => subnet.zone === zone) ?? first;
  if (chosen === undefined) return undefined;
  const subnet: Subnet = { id: chosen.cidr, acl: 'public' };
  return { kind: 'nat', subnet };
}
