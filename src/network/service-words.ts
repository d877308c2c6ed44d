import { CODES, EVERY_SERVICE, type NamedProtocol, POINTS, PROTOCOL_NAMES } from './service.ts';
import { MEMBERSHIP, overlay, type PointSet } from './step-function.ts';

/** First and last of consecutive numbers, both inside. */
type Range = readonly [first: number, last: number];

/** Services in the words of rules, a phrase for each protocol: `tcp 80, 443`, `icmp type 8`, `protocol 47`, `all traffic`. */
export function describeServices(services: PointSet<number>): string[] {
  const points = services.reduce((sum, { start, end }) => sum + end - start, 0);
  if (points === EVERY_SERVICE.end) return ['all traffic'];
  if (points <= EVERY_SERVICE.end / 2) return phrases(services);
  const others = overlay(services, [EVERY_SERVICE], (inside, all) => all && !inside, MEMBERSHIP);
  return [`all traffic except ${phrases(others).join(' and ')}`];
}

function phrases(services: PointSet<number>): string[] {
  const named: string[] = [];
  const numbers: number[] = [];
  for (const [protocol, ranges] of byProtocol(services)) {
    const name = PROTOCOL_NAMES.get(protocol);
    if (name === undefined) numbers.push(protocol);
    else named.push(isWhole(ranges) ? `all ${name}` : `${name} ${parts(name, ranges).join(', ')}`);
  }
  return numbers.length === 0
    ? named
    : [...named, ...consecutive(numbers).map(range => counted('protocol', range))];
}

/** What of each protocol is inside, as ranges of its own 65,536 points. */
function byProtocol(services: PointSet<number>): Map<number, Range[]> {
  const protocols = new Map<number, Range[]>();
  for (const { start, end } of services) {
    for (let protocol = Math.floor(start / POINTS); protocol * POINTS < end; protocol += 1) {
      const base = protocol * POINTS;
      const ranges = protocols.get(protocol) ?? [];
      ranges.push([Math.max(start - base, 0), Math.min(end - base, POINTS) - 1]);
      protocols.set(protocol, ranges);
    }
  }
  return protocols;
}

const isWhole = ([first]: readonly Range[]): boolean => first?.[0] === 0 && first[1] === POINTS - 1;

function parts(name: NamedProtocol, ranges: readonly Range[]): string[] {
  switch (name) {
    case 'tcp':
    case 'udp':
      return ranges.map(printRange);
    case 'icmp':
    case 'icmpv6':
      return ranges.flatMap(typesAndCodes);
    default:
      return name satisfies never;
  }
}

/** Points of icmp, cut where a type is not matched with all its codes. */
function typesAndCodes([first, last]: Range): string[] {
  const phrases: string[] = [];
  let at = first;
  while (at <= last) {
    const type = Math.floor(at / CODES);
    const types = at % CODES === 0 ? Math.floor((last + 1 - at) / CODES) : 0;
    if (types > 0) {
      phrases.push(counted('type', [type, type + types - 1]));
      at += types * CODES;
    } else {
      const end = Math.min(last, type * CODES + CODES - 1);
      phrases.push(`type ${type} ${counted('code', [at % CODES, end % CODES])}`);
      at = end + 1;
    }
  }
  return phrases;
}

function consecutive(ascending: readonly number[]): Range[] {
  const ranges: Range[] = [];
  for (const number of ascending) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] + 1 === number) ranges[ranges.length - 1] = [last[0], number];
    else ranges.push([number, number]);
  }
  return ranges;
}

const counted = (noun: string, range: Range): string =>
  `${noun}${range[0] === range[1] ? '' : 's'} ${printRange(range)}`;

const printRange = ([first, last]: Range): string => (first === last ? `${first}` : `${first}-${last}`);
