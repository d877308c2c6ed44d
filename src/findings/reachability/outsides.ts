import { INTERNET } from '../../baseline/check/places.ts';
import { GatewayService } from '../../model/baseline/row.ts';
import { allIn, publicOutside, without } from '../../network/internet.ts';
import { isServiceName } from '../../network/service-names.ts';
import type { Outside } from '../../network/topology.ts';
import type { LiveFacts } from './live-network.ts';
import type { Routing } from './routing.ts';

/**
 * Whoever is outside the VPC: the internet, the services that gateway endpoints serve, and behind each peering
 * connection, transit gateway or VPN the networks to which the VPC's routes lead. Throws UnknownFact.
 */
export function outsidesOf(live: LiveFacts, { routes }: Routing): Outside[] {
  const cidrs = [...live.vpc.cidrs, ...live.vpc.ipv6Cidrs];
  const networks = routes.filter(({ kind }) => kind === 'network');
  const targets = [...new Set(networks.map(({ target }) => target))].sort();
  return [
    { kind: 'outside', name: INTERNET, addresses: publicOutside(cidrs), prefixLists: [] },
    ...GatewayService.options.map(service => serviceOutside(service, cidrs, live)),
    ...targets.map((target): Outside => {
      const reached = networks.filter(route => route.target === target).flatMap(route => route.cidrs);
      return {
        kind: 'outside',
        name: target,
        addresses: without(allIn(reached), allIn(cidrs)),
        prefixLists: groupsBehind(target, live),
      };
    }),
  ];
}

/** A service is known by its prefix list; where no rule and no route names that, it could have any public address. */
function serviceOutside(service: GatewayService, cidrs: readonly string[], live: LiveFacts): Outside {
  const lists = live.fact('ec2.prefixLists');
  const list =
    lists.kind === 'known'
      ? lists.value.find(({ name }) => isServiceName(name, live.region, service))
      : undefined;
  const addresses = list?.entries.kind === 'known' ? allIn(list.entries.value) : publicOutside(cidrs);
  return { kind: 'outside', name: service, addresses, prefixLists: list === undefined ? [] : [list.id] };
}

/** The groups of another VPC that rules name. Whose addresses they are is not known: any that the connection leads to. */
function groupsBehind(target: string, { vpc, value }: LiveFacts): string[] {
  const named = value('ec2.securityGroupRules').flatMap(({ peer }) => {
    if (peer.kind !== 'security-group') return [];
    const elsewhere = peer.vpc !== undefined && peer.vpc !== vpc.id && target.startsWith('tgw-');
    return (peer.peeringConnection ?? (elsewhere ? target : undefined)) === target ? [peer.id] : [];
  });
  return [...new Set(named)].sort();
}
