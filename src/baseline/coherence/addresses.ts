import { z } from 'zod';
import { Tier } from '../../model/baseline/row.ts';
import { type CidrBlock, contains, parseCidr } from '../../network/address.ts';
import { type Fault, type Path, quoted } from '../fault.ts';
import { mappingsIn, soundPartsAt } from './parts.ts';

/** CIDRs that are none, or are not written as AWS would, and a layout in which they do not fit each other. */
export function addressFaults(value: unknown): Fault[] {
  const written = mappingsIn(value).flatMap(({ path, value }) => cidrFaults(value.cidr, [...path, 'cidr']));
  return [...written, ...layoutFaults(value)];
}

function cidrFaults(cidr: unknown, path: Path): Fault[] {
  if (typeof cidr !== 'string') return [];
  const block = parseCidr(cidr);
  if (block === undefined) {
    return [
      {
        path,
        at: 'value',
        message: `${quoted(cidr)} is not a CIDR`,
        suggestion: 'write it like 10.0.0.0/16',
      },
    ];
  }
  if (block.hostBits) {
    const message = `${quoted(cidr)} has bits set beyond its prefix`;
    return [{ path, at: 'value', message, suggestion: `did you mean \`${block.cidr}\`?` }];
  }
  const message = `${quoted(cidr)} is not in its canonical form`;
  return block.cidr === cidr ? [] : [{ path, at: 'value', message, suggestion: `write \`${block.cidr}\`` }];
}

/** A part of the VPC's address plan, and what messages call it. */
interface Range {
  path: Path;
  title: string;
  block: CidrBlock;
}

/** As much of a tier as its place in the plan depends on, so that a slip elsewhere in it hides none here. */
const Plan = z.object({
  cidr: z.string(),
  subnets: z.array(z.object({ cidr: z.string(), zone: z.string() })),
});

function layoutFaults(value: unknown): Fault[] {
  const vpc = soundPartsAt(Plan.pick({ cidr: true }), value, ['network', 'vpc']).flatMap(part =>
    range('the VPC', part.path, part.value.cidr),
  );
  const tiers = Tier.options.flatMap(name =>
    soundPartsAt(Plan, value, ['network', 'tiers', name]).map(({ path, value: { cidr, subnets } }) => ({
      tier: range(`tier ${name}`, path, cidr),
      subnets: subnets.flatMap((subnet, index) =>
        range('a subnet', [...path, 'subnets', index], subnet.cidr),
      ),
      zones: subnets.map(({ zone }, index) => ({ zone, path: [...path, 'subnets', index, 'zone'] })),
    })),
  );
  return [
    ...[...vpc, ...tiers.flatMap(({ tier }) => tier)].flatMap(notIpv4),
    ...tiers.flatMap(({ tier }) => outside(tier, vpc)),
    ...tiers.flatMap(({ tier, subnets }) => outside(subnets, tier)),
    ...overlaps(tiers.flatMap(({ tier }) => tier)),
    ...tiers.flatMap(({ subnets }) => overlaps(subnets)),
    ...tiers.flatMap(({ zones }) => repeatedZones(zones)),
  ];
}

function range(title: string, path: Path, cidr: string): Range[] {
  const block = parseCidr(cidr);
  return block === undefined ? [] : [{ title: `${title} (${cidr})`, path: [...path, 'cidr'], block }];
}

function notIpv4({ title, path, block }: Range): Fault[] {
  if (block.family === 'ipv4') return [];
  return [{ path, at: 'value', message: `${title} is not IPv4`, suggestion: 'lay the tiers out in IPv4' }];
}

function outside(ranges: Range[], [around]: Range[]): Fault[] {
  if (around === undefined) return [];
  return ranges
    .filter(({ block }) => block.family === around.block.family && !contains(around.block, block))
    .map(({ path, title }) => ({
      path,
      at: 'value',
      message: `${title} is outside ${around.title}`,
      suggestion: `choose addresses of ${around.block.cidr}`,
    }));
}

/** Each range that meets one before it in the file, once: two CIDRs that meet lie next to each other by their starts. */
function overlaps(ranges: Range[]): Fault[] {
  const order = new Map(ranges.map((range, index) => [range, index]));
  const sorted = ranges.toSorted(
    (a, b) =>
      compare(a.block.peers.start, b.block.peers.start) || compare(b.block.peers.end, a.block.peers.end),
  );
  let widest: Range | undefined;
  return sorted.flatMap((range): Fault[] => {
    const outer = widest;
    if (outer === undefined || !contains(outer.block, range.block)) {
      widest = range;
      return [];
    }
    const rangeIsLater = (order.get(range) ?? 0) > (order.get(outer) ?? 0);
    const [later, earlier] = rangeIsLater ? [range, outer] : [outer, range];
    return [
      {
        path: later.path,
        at: 'value',
        message: `${later.title} overlaps ${earlier.title}`,
        suggestion: 'give each its own addresses',
      },
    ];
  });
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : Number(a > b));

function repeatedZones(zones: { zone: string; path: Path }[]): Fault[] {
  const first = new Set<string>();
  return zones.flatMap(({ zone, path }) => {
    const repeated = first.has(zone);
    first.add(zone);
    const message = `zone ${quoted(zone)} has a subnet of this tier already`;
    return repeated
      ? [{ path, at: 'value' as const, message, suggestion: 'give each subnet of a tier its own zone' }]
      : [];
  });
}
