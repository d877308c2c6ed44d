import { bind } from '../../binding/bind.ts';
import { Tier } from '../../model/baseline/row.ts';
import { SecureCartError } from '../../model/error.ts';
import { need } from '../../model/fact.ts';
import { cidrBlock } from '../../network/address.ts';
import type { NetworkAcl, Subnet, Vpc } from '../../services/ec2/facts.ts';
import { createSubnet } from '../../services/ec2/subnet/changes.ts';
import {
  about,
  building,
  ec2Resource,
  homeOf,
  lookUp,
  notBuilt,
  type Part,
  type Site,
  standIn,
  unchanged,
  withFact,
} from './site.ts';
import { boundVpc } from './vpc.ts';

/** The subnets of one tier: those that are there, and as many new ones as the tier lacks. */
export function buildSubnets(site: Site): Part {
  const vpc = homeOf(site, boundVpc(site));
  const zones = zonesOf(site);
  const { tiers } = bind(site.baseline, site.facts, { vpc: site.vpc });
  const plans = Tier.options.map(tier => planTier(site, tier, need(tiers[tier]), vpc, zones));
  const created = plans.flatMap(({ lacking }) => lacking);
  return {
    ...unchanged(site),
    mends: plans.flatMap(({ tier, lacking }) =>
      building(site, {
        id: `subnets-${tier}`,
        title: `create the subnets of the ${tier} tier, in which nothing is given a public address`,
        resource: ec2Resource(site, 'Subnet', 'subnet', lacking[0]?.id ?? ''),
        changes: lacking.map(({ id, vpc: of, cidr = '', zone, tags }) =>
          createSubnet({ vpc: of, cidr, zone }, { ...said(site, tier, { id, cidr, zone }), tags }),
        ),
      }),
    ),
    leftAlone: plans.flatMap(({ leftAlone }) => leftAlone),
    adopted: plans.flatMap(({ tier, live }) =>
      live.map(({ id }) => ({ what: `subnet of the ${tier} tier`, region: site.region, id })),
    ),
    facts: withFact(
      withFact(site.facts, 'ec2.subnets', [...lookUp(site, 'ec2.subnets'), ...created]),
      'ec2.networkAcls',
      lookUp(site, 'ec2.networkAcls').map(acl => withSubnets(acl, vpc, created)),
    ),
  };
}

function planTier(
  site: Site,
  tier: Tier,
  live: readonly Subnet[],
  vpc: Vpc,
  zones: ReadonlyMap<string, string>,
) {
  const wanted = site.baseline.network.tiers[tier].subnets.map(({ cidr, zone }) => ({
    cidr,
    zone: zones.get(zone) ?? zone,
    letter: zone,
  }));
  const others = live.filter(({ cidr }) => !wanted.some(one => one.cidr === cidr));
  const lacking: Subnet[] = [];
  const leftAlone = [];
  for (const { cidr, zone, letter } of wanted) {
    if (live.some(one => one.cidr === cidr)) continue;
    // Which block of the tier a subnet has makes no difference to any row; one of our own was meant to have this one.
    const instead =
      takeFrom(others, one => one.zone === zone) ??
      takeFrom(others, one => !wanted.some(({ zone: other }) => other === one.zone));
    if (instead !== undefined) {
      if (instead.tags['securecart:managed'] !== 'true') continue;
      const detail = `Its CIDR is ${instead.cidr ?? 'none'} and the baseline's is ${cidr}. It serves its tier as it is; to move it, create another subnet, move what is in it, and delete it.`;
      leftAlone.push(notBuilt(site, ec2Resource(site, 'Subnet', 'subnet', instead.id), 'in-place', detail));
      continue;
    }
    const id = standIn(`subnet-${tier}-${letter}`);
    const inTheWay = lookUp(site, 'ec2.subnets').find(one => one.vpc === vpc.id && overlap(one.cidr, cidr));
    if (inTheWay !== undefined) {
      const detail = `It cannot be created with ${cidr} in ${zone}: ${inTheWay.id} has ${inTheWay.cidr ?? ''}.`;
      leftAlone.push(notBuilt(site, ec2Resource(site, 'Subnet', 'subnet', id), 'in-place', detail));
      continue;
    }
    lacking.push(newSubnet(site, tier, { id, vpc, cidr, zone }));
  }
  return { tier, live, lacking, leftAlone };
}

function newSubnet(
  site: Site,
  tier: Tier,
  { id, vpc, cidr, zone }: { id: string; vpc: Vpc; cidr: string; zone: string },
): Subnet {
  const { arn } = ec2Resource(site, 'Subnet', 'subnet', id);
  const { tags } = said(site, tier, { id, cidr, zone });
  return {
    id,
    arn,
    vpc: vpc.id,
    owner: site.account.id,
    cidr,
    ipv6Cidrs: [],
    zone,
    zoneId: '',
    publicIpOnLaunch: false,
    tags,
  };
}

const said = (site: Site, tier: Tier, { id, cidr, zone }: { id: string; cidr: string; zone: string }) =>
  about(site, id, {
    component: `tier-${tier}`,
    name: `securecart-${tier}-${zone.slice(site.region.length)}`,
    title: `create ${cidr} in ${zone}`,
  });

/** A new subnet has the default NACL of its VPC. */
const withSubnets = (acl: NetworkAcl, vpc: Vpc, subnets: readonly Subnet[]): NetworkAcl =>
  acl.vpc !== vpc.id || !acl.isDefault
    ? acl
    : {
        ...acl,
        associations: [...acl.associations, ...subnets.map(({ id }) => ({ id: `${id}-acl`, subnet: id }))],
      };

function takeFrom<T>(items: T[], test: (item: T) => boolean): T | undefined {
  const index = items.findIndex(test);
  return index < 0 ? undefined : items.splice(index, 1)[0];
}

function overlap(a: string | undefined, b: string): boolean {
  if (a === undefined) return false;
  const [one, other] = [cidrBlock(a).peers, cidrBlock(b).peers];
  return one.start < other.end && other.start < one.end;
}

/**
 * The Region's zone for each letter of the baseline: the one of that letter, else the next that no letter has. Not every
 * account has every letter in every Region.
 */
function zonesOf(site: Site): ReadonlyMap<string, string> {
  const { baseline, region } = site;
  const letters = [
    ...new Set(Tier.options.flatMap(tier => baseline.network.tiers[tier].subnets.map(({ zone }) => zone))),
  ].sort();
  const zones = lookUp(site, 'ec2.availabilityZones');
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
