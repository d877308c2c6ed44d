import { Tier } from '../../model/baseline/row.ts';
import { SecureCartError } from '../../model/error.ts';
import { known } from '../../model/fact.ts';
import type { LeftAlone } from '../../model/plan.ts';
import { cidrBlock } from '../../network/address.ts';
import type { NetworkAcl, Subnet } from '../../services/ec2/facts.ts';
import { createSubnet } from '../../services/ec2/subnet/changes.ts';
import { about, adopt, build, ec2Resource, type Part, standIn, unbuilt } from './part.ts';
import { homeOf, type Site } from './site.ts';

/** A subnet that the baseline asks for, and the zone that it names by a letter. */
interface Wanted {
  readonly cidr: string;
  readonly zone: string;
  readonly letter: string;
}

/** The subnets of one tier: those that are there, and as many new ones as the tier lacks. */
export const buildSubnets =
  (tier: Tier) =>
  (site: Site): Part => {
    const { audit } = site;
    const live = audit.tier(tier);
    const { lacking, leftAlone } = compare(site, tier, live);
    const created = lacking.map(wanted => newSubnet(site, tier, wanted));
    const subnets = created.map(({ subnet }) => subnet);
    const [first] = subnets;
    const acls = audit.value('ec2.networkAcls');
    return {
      ...adopt(site, `subnet of the ${tier} tier`, ...live.map(({ id }) => id)),
      leftAlone,
      ...(first !== undefined &&
        build(site, {
          id: `subnets-${tier}`,
          title: `create the subnets of the ${tier} tier, in which nothing is given a public address`,
          resource: ec2Resource(site, 'Subnet', 'subnet', first.id),
          changes: created.map(({ change }) => change),
          facts: {
            'ec2.subnets': known([...audit.value('ec2.subnets'), ...subnets]),
            'ec2.networkAcls': known(acls.map(acl => withSubnets(acl, subnets))),
          },
        })),
    };
  };

/** What of a tier is lacking, and what is not as the baseline has it but stays. */
function compare(site: Site, tier: Tier, live: readonly Subnet[]) {
  const wanted = wantedSubnets(site, tier);
  const others = live.filter(({ cidr }) => !wanted.some(one => one.cidr === cidr));
  const lacking: Wanted[] = [];
  const leftAlone: LeftAlone[] = [];
  for (const one of wanted) {
    if (live.some(({ cidr }) => cidr === one.cidr)) continue;
    // Which block of the tier a subnet has makes no difference to any row; one of our own was meant to have this one.
    const instead =
      takeFrom(others, ({ zone }) => zone === one.zone) ??
      takeFrom(others, ({ zone }) => !wanted.some(other => other.zone === zone));
    const inTheWay = subnetInTheWay(site, one);
    if (instead !== undefined) {
      if (instead.tags['securecart:managed'] === 'true') leftAlone.push(moved(site, instead, one));
    } else if (inTheWay !== undefined) {
      leftAlone.push(blocked(site, tier, inTheWay, one));
    } else {
      lacking.push(one);
    }
  }
  return { lacking, leftAlone };
}

function wantedSubnets(site: Site, tier: Tier): Wanted[] {
  const zones = zonesOf(site);
  return site.audit.baseline.network.tiers[tier].subnets.map(({ cidr, zone: letter }) => ({
    cidr,
    zone: zones.get(letter) ?? letter,
    letter,
  }));
}

function takeFrom<T>(items: T[], test: (item: T) => boolean): T | undefined {
  const index = items.findIndex(test);
  return index < 0 ? undefined : items.splice(index, 1)[0];
}

function subnetInTheWay(site: Site, wanted: Wanted): Subnet | undefined {
  const { id: home } = homeOf(site);
  return site.audit
    .value('ec2.subnets')
    .find(({ vpc, cidr }) => vpc === home && cidr !== undefined && overlap(cidr, wanted.cidr));
}

function overlap(a: string, b: string): boolean {
  const [one, other] = [cidrBlock(a).peers, cidrBlock(b).peers];
  return one.start < other.end && other.start < one.end;
}

function moved(site: Site, subnet: Subnet, { cidr }: Wanted): LeftAlone {
  const detail = `Its CIDR is ${subnet.cidr ?? 'none'} and the baseline's is ${cidr}. It serves its tier as it is; to move it, create another subnet, move what is in it, and delete it.`;
  return unbuilt(site, ec2Resource(site, 'Subnet', 'subnet', subnet.id), 'in-place', detail);
}

function blocked(site: Site, tier: Tier, by: Subnet, { cidr, zone, letter }: Wanted): LeftAlone {
  const detail = `It cannot be created with ${cidr} in ${zone}: ${by.id} has ${by.cidr ?? ''}.`;
  return unbuilt(site, ec2Resource(site, 'Subnet', 'subnet', idOf(tier, letter)), 'in-place', detail);
}

const idOf = (tier: Tier, letter: string): string => standIn(`subnet-${tier}-${letter}`);

function newSubnet(site: Site, tier: Tier, { cidr, zone, letter }: Wanted) {
  const { id: vpc } = homeOf(site);
  const id = idOf(tier, letter);
  const said = about(site, id, {
    component: `tier-${tier}`,
    name: `securecart-${tier}-${zone.slice(site.region.length)}`,
    title: `create ${cidr} in ${zone}`,
  });
  const subnet: Subnet = {
    id,
    arn: ec2Resource(site, 'Subnet', 'subnet', id).arn,
    vpc,
    owner: site.audit.account,
    cidr,
    ipv6Cidrs: [],
    zone,
    zoneId: '',
    publicIpOnLaunch: false,
    tags: said.tags,
  };
  return { subnet, change: createSubnet({ vpc, cidr, zone }, said) };
}

/** A new subnet has the default NACL of its VPC. */
const withSubnets = (acl: NetworkAcl, subnets: readonly Subnet[]): NetworkAcl => ({
  ...acl,
  associations: [
    ...acl.associations,
    ...subnets
      .filter(({ vpc }) => acl.isDefault && acl.vpc === vpc)
      .map(({ id }) => ({ id: `${id}-acl`, subnet: id })),
  ],
});

/**
 * The Region's zone for each letter of the baseline: the one of that letter, else the next that no letter has. Not every
 * account has every letter in every Region.
 */
function zonesOf({ audit, region }: Site): ReadonlyMap<string, string> {
  const { tiers } = audit.baseline.network;
  const letters = [
    ...new Set(Tier.options.flatMap(tier => tiers[tier].subnets.map(({ zone }) => zone))),
  ].sort();
  const zones = audit.value('ec2.availabilityZones');
  const own = new Map(letters.map(letter => [letter, zones.find(zone => zone === `${region}${letter}`)]));
  const spare = zones.filter(zone => ![...own.values()].includes(zone));
  return new Map(
    letters.map(letter => {
      const zone = own.get(letter) ?? spare.shift();
      if (zone !== undefined) return [letter, zone];
      throw new SecureCartError(
        'plan-refused',
        `${region} has ${zones.length} availability zones for this account (${zones.join(', ')}), and the baseline asks for ${letters.length}.`,
      );
    }),
  );
}
