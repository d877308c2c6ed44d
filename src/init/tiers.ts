import { routeTableOf } from '../findings/subnet-associations.ts';
import type { NetworkLayout } from '../model/baseline/network.ts';
import { Tier } from '../model/baseline/row.ts';
import type { Region } from '../model/identifiers.ts';
import { type CidrBlock, cidrBlock, cidrsOf, contains } from '../network/address.ts';
import type { NetworkAcl, RouteTable, Subnet, Vpc } from '../services/ec2/facts.ts';
import type { DbInstance } from '../services/rds/facts.ts';

/** What tells the tiers of a VPC apart. */
export interface Grounds {
  readonly vpc: Vpc;
  readonly region: Region;
  /** As the document has it. */
  readonly document: NetworkLayout;
  readonly subnets: readonly Subnet[];
  readonly tables: readonly RouteTable[];
  readonly acls: readonly NetworkAcl[];
  readonly databases: readonly DbInstance[];
}

/** Why a subnet is taken for one of its tier. */
export type Evidence = 'document' | 'route' | 'database' | 'rest';

/** A subnet and why it is taken for one of its tier. */
export interface Placed {
  readonly subnet: Subnet;
  readonly evidence: Evidence;
}

/** One tier, as a baseline has it. */
export interface TierGuess extends Pick<NetworkLayout['tiers'][Tier], 'cidr' | 'subnets'> {
  /** The subnets by which it was told; none where nothing of it is there, and it was given free addresses. */
  readonly live: readonly Placed[];
  /** Those that no one CIDR takes in without some of another tier. */
  readonly apart: readonly Subnet[];
}

/**
 * The tiers of a VPC. In one of the document's CIDR, a subnet is of the tier in whose addresses it lies, so that what is
 * wrong with it is found, and not made right. Else public is what is routed to an internet gateway, database is where RDS
 * stands, and private is the rest. Undefined where a tier of which nothing is there finds no free addresses.
 */
export function guessTiers(grounds: Grounds): Readonly<Record<Tier, TierGuess>> | undefined {
  const [primary = ''] = grounds.vpc.cidrs;
  const vpc = cidrBlock(primary);
  const own = grounds.subnets.filter(
    ({ vpc: of, cidr }) => of === grounds.vpc.id && cidr !== undefined && contains(vpc, cidrBlock(cidr)),
  );
  const placed = own.map(subnet => ({ subnet, ...placeOf(subnet, grounds) }));
  const covers = new Map(
    Tier.options.flatMap(tier => {
      const live = placed.filter(place => place.tier === tier);
      const others = placed.filter(place => place.tier !== tier).map(({ subnet }) => blockOf(subnet));
      return live.length > 0 ? [[tier, coverOf(tier, live, others, vpc, grounds)] as const] : [];
    }),
  );
  const taken = [...own.map(blockOf), ...[...covers.values()].map(({ cidr }) => cidrBlock(cidr))];
  const guess = (tier: Tier): TierGuess | undefined => covers.get(tier) ?? roomIn(vpc, taken);
  const [open, closed, database] = [guess('public'), guess('private'), guess('database')];
  if (open === undefined || closed === undefined || database === undefined) return undefined;
  return { public: open, private: closed, database };
}

function placeOf(subnet: Subnet, grounds: Grounds): { tier: Tier; evidence: Evidence } {
  const { vpc, document, tables, databases } = grounds;
  const tier = Tier.options.find(name => contains(cidrBlock(document.tiers[name].cidr), blockOf(subnet)));
  if (tier !== undefined && vpc.cidrs.includes(document.vpc.cidr)) return { tier, evidence: 'document' };
  const routes = routeTableOf(subnet.id, vpc.id, tables)?.routes ?? [];
  if (routes.some(({ target, active }) => active && target.startsWith('igw-')))
    return { tier: 'public', evidence: 'route' };
  return databases.some(({ subnets }) => subnets.includes(subnet.id))
    ? { tier: 'database', evidence: 'database' }
    : { tier: 'private', evidence: 'rest' };
}

/** A CIDR around the subnets of a tier, of the whole VPC's; those that would take in another tier's with them are left apart. */
function coverOf(
  tier: Tier,
  live: readonly Placed[],
  others: readonly CidrBlock[],
  whole: CidrBlock,
  { document, acls, region }: Grounds,
): TierGuess {
  const sorted = live.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
  const isOurs = (block: CidrBlock) => !others.some(other => contains(block, other));
  const kept: Placed[] = [];
  const apart: Subnet[] = [];
  let cover: CidrBlock | undefined;
  for (const place of sorted) {
    const block = blockOf(place.subnet);
    const wider = cover === undefined ? block : around(cover, block);
    if (isOurs(wider)) {
      kept.push(place);
      cover = wider;
    } else apart.push(place.subnet);
  }
  const narrowest = cover ?? cidrBlock(document.tiers[tier].cidr);
  const isPart = (block: CidrBlock) => block.cidr !== whole.cidr && contains(whole, block);
  const cidr = widerInUse(narrowest, block => isPart(block) && isOurs(block), [
    document.tiers[tier].cidr,
    ...acls.flatMap(({ entries }) => entries.map(entry => entry.cidr)),
  ]);
  return { cidr, subnets: inZones(kept, region), live: kept, apart };
}

/** The widest of the CIDRs that somebody writes already, of those around a tier that take in no other; else the narrowest around it. */
function widerInUse(
  narrowest: CidrBlock,
  isOurs: (block: CidrBlock) => boolean,
  inUse: readonly string[],
): string {
  const around = inUse.map(cidrBlock).filter(block => contains(block, narrowest) && isOurs(block));
  return around.toSorted((a, b) => lengthOf(a) - lengthOf(b))[0]?.cidr ?? narrowest.cidr;
}

/** The narrowest CIDR around two. */
function around(a: CidrBlock, b: CidrBlock): CidrBlock {
  const [address = '', length] = a.cidr.split('/');
  for (let bits = Number(length); bits > 0; bits -= 1) {
    const wider = cidrBlock(`${address}/${bits}`);
    if (contains(wider, b)) return wider;
  }
  return cidrBlock('0.0.0.0/0');
}

/** One subnet of each zone: a baseline has no more, and the others lie in the tier's CIDR. A local zone has no letter. */
function inZones(live: readonly Placed[], region: Region): TierGuess['subnets'] {
  const first = new Map<string, string>();
  for (const { subnet } of live) {
    const { zone, cidr } = subnet;
    const letter = zone.slice(region.length);
    if (zone.startsWith(region) && /^[a-z]$/.test(letter) && !first.has(letter))
      first.set(letter, cidr ?? '');
  }
  return [...first].map(([zone, cidr]) => ({ cidr, zone }));
}

/** Free addresses of a VPC, a sixteenth of them or as many as there are, with a subnet in two zones; they are taken by that. */
function roomIn(vpc: CidrBlock, taken: CidrBlock[]): TierGuess | undefined {
  for (let bits = lengthOf(vpc) + 4; bits <= 26; bits += 1) {
    const room = partsOf(vpc, bits).find(
      part => !taken.some(other => contains(part, other) || contains(other, part)),
    );
    if (room === undefined) continue;
    taken.push(room);
    const [a, b] = partsOf(room, Math.min(28, bits + 4));
    if (a === undefined || b === undefined) return undefined;
    return {
      cidr: room.cidr,
      subnets: [
        { cidr: a.cidr, zone: 'a' },
        { cidr: b.cidr, zone: 'b' },
      ],
      live: [],
      apart: [],
    };
  }
  return undefined;
}

/** The parts of a block that have this length, in order. */
function partsOf({ peers }: CidrBlock, bits: number): CidrBlock[] {
  const size = 1n << BigInt(32 - bits);
  const parts: CidrBlock[] = [];
  for (let { start } = peers; start < peers.end; start += size) {
    parts.push(...cidrsOf({ start, end: start + size, value: true }, 'ipv4').map(cidrBlock));
  }
  return parts;
}

const startOf = ({ subnet }: Placed): bigint => blockOf(subnet).peers.start;

const lengthOf = ({ cidr }: CidrBlock): number => Number(cidr.split('/')[1]);

const blockOf = ({ cidr = '' }: Subnet): CidrBlock => cidrBlock(cidr);
