import { z } from 'zod';
import { Tiers } from '../../model/baseline/network.ts';
import { type CidrBlock, parseCidr } from '../../network/address.ts';
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

/** A named range of the VPC's address plan. */
interface Range {
  path: Path;
  name: string;
  cidr: string;
  block: CidrBlock;
}

function layoutFaults(value: unknown): Fault[] {
  const vpc = soundPartsAt(z.looseObject({ cidr: z.string() }), value, ['network', 'vpc']).flatMap(part =>
    range('the VPC', part.path, part.value.cidr),
  );
  const tiers = soundPartsAt(Tiers, value, ['network', 'tiers']).flatMap(({ path, value }) =>
    Object.entries(value).map(([name, tier]) => ({
      tier: range(`tier ${name}`, [...path, name], tier.cidr),
      subnets: tier.subnets.flatMap((subnet, index) =>
        range(`subnet ${subnet.cidr}`, [...path, name, 'subnets', index], subnet.cidr),
      ),
      zones: tier.subnets.map(({ zone }, index) => ({
        zone,
        path: [...path, name, 'subnets', index, 'zone'],
      })),
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

function range(name: string, path: Path, cidr: string): Range[] {
  const block = parseCidr(cidr);
  return block === undefined ? [] : [{ name, path: [...path, 'cidr'], cidr, block }];
}

function notIpv4({ name, path, cidr, block }: Range): Fault[] {
  const message = `${name} is ${quoted(cidr)}, an IPv6 CIDR`;
  return block.family === 'ipv4'
    ? []
    : [{ path, at: 'value', message, suggestion: 'a tier is laid out in IPv4' }];
}

function outside(ranges: Range[], [around]: Range[]): Fault[] {
  if (around === undefined) return [];
  return ranges
    .filter(({ block }) => !contains(around.block, block))
    .map(({ path, name, cidr }) => ({
      path,
      at: 'value',
      message: name.endsWith(cidr)
        ? `${name} is outside ${around.name}`
        : `${name}, ${cidr}, is outside ${around.name}`,
      suggestion: `choose it within \`${around.cidr}\``,
    }));
}

function overlaps(ranges: Range[]): Fault[] {
  return ranges.flatMap(({ path, name, cidr, block }, index) =>
    ranges
      .slice(0, index)
      .filter(earlier => contains(earlier.block, block) || contains(block, earlier.block))
      .map(earlier => ({
        path,
        at: 'value' as const,
        message: name.endsWith(cidr)
          ? `${name} overlaps ${earlier.name}`
          : `${name}, ${cidr}, overlaps ${earlier.name}, ${earlier.cidr}`,
      })),
  );
}

/** Of two CIDRs, either one contains the other or they have nothing in common. */
const contains = (outer: CidrBlock, inner: CidrBlock): boolean =>
  outer.family === inner.family &&
  outer.peers.start <= inner.peers.start &&
  inner.peers.end <= outer.peers.end;

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
