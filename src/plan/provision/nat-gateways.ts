import { isLive } from '../../findings/nat-gateways.ts';
import { routeTableOf } from '../../findings/subnet-associations.ts';
import { count } from '../../model/count.ts';
import { known } from '../../model/fact.ts';
import type { Change, Fingerprint } from '../../model/plan.ts';
import type { ElasticIp, NatGateway, Subnet } from '../../services/ec2/facts.ts';
import {
  allocateAddress,
  createNatGateway,
  elasticIpObject,
  elasticIpState,
} from '../../services/ec2/nat-gateway/changes.ts';
import { usdAMonth } from './cost.ts';
import { attachmentIn } from './internet-gateway.ts';
import { about, adopt, build, ec2Resource, type Part, standIn, unbuilt } from './part.ts';
import { overQuota } from './quotas.ts';
import { homeOf, type Site } from './site.ts';

/** Where the private tier gets out by NAT: a gateway with an address of its own in each of its zones, in the public tier. */
export function buildNatGateways(site: Site): Part {
  const { audit } = site;
  if (audit.baseline.network.egress !== 'nat') return {};
  const zones = [...new Set(audit.tier('private').map(({ zone }) => zone))].sort();
  const live = zones.flatMap(zone => natGatewayIn(site, zone) ?? []);
  const lacking = zones.filter(zone => natGatewayIn(site, zone) === undefined);
  const places = lacking.flatMap(zone => audit.tier('public').find(subnet => subnet.zone === zone) ?? []);
  const homeless = lacking.filter(zone => !places.some(place => place.zone === zone));
  return {
    ...adopt(site, 'NAT gateway', ...new Set(live.map(({ id }) => id))),
    ...newNatGateways(site, places),
    leftAlone: homeless.map(zone => {
      const resource = ec2Resource(site, 'NatGateway', 'natgateway', idIn(site, zone));
      const detail = `It would stand in the public tier in ${zone}, and that has no subnet there: add one to network.tiers.public.subnets of the baseline.`;
      return unbuilt(site, resource, 'no-mend', detail);
    }),
  };
}

/** The NAT gateway by which the private tier gets out in a zone: one of the public tier there, or a regional one, which stands in every zone. Of several, it is the one to which the tier is led already. */
export function natGatewayIn({ audit, vpc }: Site, zone: string): NatGateway | undefined {
  const stands = ({ subnet }: NatGateway): boolean =>
    subnet === undefined || audit.tier('public').some(place => place.id === subnet && place.zone === zone);
  const gateways = audit
    .value('ec2.natGateways')
    .filter(one => one.vpc === vpc?.id && one.connectivity === 'public' && isLive(one) && stands(one));
  const tables = audit.value('ec2.routeTables');
  const targets = audit
    .tier('private')
    .filter(subnet => subnet.zone === zone)
    .flatMap(({ id, vpc: of }) => routeTableOf(id, of, tables)?.routes ?? [])
    .map(({ target }) => target);
  return gateways.find(({ id }) => targets.includes(id)) ?? gateways[0];
}

/** AWS's list prices in us-east-1 of a NAT gateway and of a public address, https://aws.amazon.com/vpc/pricing/; other Regions are within a half of them. */
const USD_AN_HOUR = 0.045 + 0.005;

const costOf = (amount: number): string =>
  `${count(amount, 'NAT gateway')}, charged by the hour with an address each (in us-east-1 some ${usdAMonth(amount * USD_AN_HOUR)} USD a month in all) and by the GB; with network.egress: endpoints in the baseline none is created`;

function newNatGateways(site: Site, places: readonly Subnet[]): Part {
  const { audit } = site;
  const created = places.map(place => newNatGateway(site, place));
  const [first] = created;
  if (first === undefined) return {};
  return build(site, {
    id: 'nat-gateways',
    title: 'let the private tier get out to the internet, and nothing in',
    resource: ec2Resource(site, 'NatGateway', 'natgateway', first.gateway.id),
    cost: costOf(created.length),
    ...overQuota(site, 'Elastic IP addresses', {
      there: audit.value('ec2.elasticIps').length,
      more: created.filter(({ changes }) => changes.some(({ object }) => object.kind === 'elastic-ip'))
        .length,
    }),
    changes: created.flatMap(({ changes }) => changes),
    fingerprints: created.flatMap(({ fingerprints }) => fingerprints),
    facts: {
      'ec2.natGateways': known([...audit.value('ec2.natGateways'), ...created.map(({ gateway }) => gateway)]),
    },
  });
}

/** The letter of a zone. */
const letterOf = ({ region }: Site, zone: string): string => zone.slice(region.length);

/** Controls tell what a route leads to by the beginning of its target. */
const idIn = (site: Site, zone: string): string => `nat-${standIn(`nat-gateway-${letterOf(site, zone)}`)}`;

function newNatGateway(site: Site, { id: subnet, zone }: Subnet) {
  const id = idIn(site, zone);
  const said = about(site, id, {
    component: `nat-gateway-${letterOf(site, zone)}`,
    name: `securecart-${letterOf(site, zone)}`,
    title: `create the NAT gateway in ${zone}`,
  });
  const address = addressIn(site, zone);
  const gateway: NatGateway = {
    id,
    vpc: homeOf(site).id,
    subnet,
    state: 'available',
    connectivity: 'public',
    tags: said.tags,
  };
  const creation = createNatGateway({ subnet, address: address.id }, said);
  return {
    gateway,
    // AWS gives it up where the internet gateway is not attached yet.
    changes: [...address.changes, { ...creation, dependsOn: attachmentIn(site) }],
    fingerprints: address.fingerprints,
  };
}

/** The address for the gateway in a zone: one of ours that a run has allocated and not used, or a new one. */
function addressIn(
  site: Site,
  zone: string,
): { id: string; changes: readonly Change[]; fingerprints: readonly Fingerprint[] } {
  const component = `nat-address-${letterOf(site, zone)}`;
  const idle = site.audit.value('ec2.elasticIps').find(isIdle(component));
  if (idle !== undefined) {
    const object = elasticIpObject(site.region, idle.id);
    return { id: idle.id, changes: [], fingerprints: [{ object, state: elasticIpState(idle) }] };
  }
  const id = standIn(component);
  const said = about(site, id, {
    component,
    name: `securecart-nat-${letterOf(site, zone)}`,
    title: `allocate an address for the NAT gateway in ${zone}`,
  });
  return { id, changes: [allocateAddress(said)], fingerprints: [] };
}

const isIdle =
  (component: string) =>
  ({ inUse, tags }: ElasticIp): boolean =>
    !inUse && tags['securecart:component'] === component;
