import { type IpFamily, type Packet, Protocol } from '../model/packet.ts';
import type { NetworkAclEntry, SecurityGroupRule } from '../services/ec2/facts.ts';
import type { Interval } from './step-function.ts';

/**
 * What packets ask for, as an interval of one axis on which protocol n has the 65,536 points from n * 65,536: one for
 * each port of tcp and udp, one for each type and code of icmp and icmpv6 (type * 256 + code). Of any other protocol
 * EC2 looks at the number alone, so its points are always in or out together. Whatever a rule says is one interval.
 */
export type Services = Interval<number>;

/** How many points of the axis a protocol has. */
export const POINTS = 65536;

/** How many of them an ICMP type has, one for each code. */
export const CODES = 256;

const PROTOCOLS = 256;

/** All of the axis: protocol `-1`. */
export const EVERY_SERVICE: Services = { start: 0, end: PROTOCOLS * POINTS, value: true };

/** A protocol of which EC2 filters ports, or types and codes. */
export type NamedProtocol = 'icmp' | 'tcp' | 'udp' | 'icmpv6';

/** The protocols that EC2 knows by name, by their number. */
export const PROTOCOL_NAMES: ReadonlyMap<number, NamedProtocol> = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'icmpv6'],
]);
const PROTOCOL_NUMBERS: ReadonlyMap<string, number> = new Map(
  [...PROTOCOL_NAMES].map(([number, name]) => [name, number]),
);

/**
 * What a security-group rule matches (EC2's IpPermission): a bound that is absent or -1 is any; the ports of a protocol
 * without a name are ignored. Throws a RangeError at what EC2 cannot have said.
 */
export function servicesOfRule(rule: Pick<SecurityGroupRule, 'protocol' | 'from' | 'to'>): Services {
  if (rule.protocol === '-1') return EVERY_SERVICE;
  const number = protocolNumber(rule.protocol);
  const from = given(rule.from);
  const to = given(rule.to);
  const name = PROTOCOL_NAMES.get(number);
  switch (name) {
    case 'tcp':
    case 'udp':
      return points(number, from ?? 0, to ?? POINTS - 1);
    case 'icmp':
    case 'icmpv6':
      return icmp(number, from, to);
    case undefined:
      return points(number, 0, POINTS - 1);
    default:
      return name satisfies never;
  }
}

/**
 * What a network ACL's entry matches (EC2's CreateNetworkAclEntry): the same as a rule, but that an entry for IPv4
 * matches all of icmpv6, whatever types it gives. Throws a RangeError at what EC2 cannot have said.
 */
export function servicesOfEntry(entry: NetworkAclEntry, family: IpFamily): Services {
  const { protocol, ports, icmp } = entry;
  const name = PROTOCOL_NAMES.get(Number(protocol));
  if (name === 'icmpv6' && family === 'ipv4') return servicesOfRule({ protocol });
  if (name === 'icmp' || name === 'icmpv6')
    return servicesOfRule({ protocol, from: icmp?.type, to: icmp?.code });
  return servicesOfRule({ protocol, from: ports?.from, to: ports?.to });
}

/** The point at which a packet lies. */
export function servicePoint(packet: Pick<Packet, 'protocol' | 'port' | 'icmp'>): number {
  const { protocol, port, icmp } = packet;
  return servicesOfRule({ protocol, from: icmp?.type ?? port, to: icmp?.code ?? port }).start;
}

/** What a packet at a point asks for. */
export function serviceAt(point: number): Pick<Packet, 'protocol' | 'port' | 'icmp'> {
  const number = Math.floor(point / POINTS);
  const offset = point % POINTS;
  const name = PROTOCOL_NAMES.get(number);
  const protocol = Protocol.parse(name ?? String(number));
  switch (name) {
    case 'tcp':
    case 'udp':
      return { protocol, port: offset };
    case 'icmp':
    case 'icmpv6':
      return { protocol, icmp: { type: Math.floor(offset / CODES), code: offset % CODES } };
    case undefined:
      return { protocol };
    default:
      return name satisfies never;
  }
}

function icmp(number: number, type: number | undefined, code: number | undefined): Services {
  if (type === undefined) return points(number, 0, POINTS - 1);
  if (code !== undefined && code >= CODES) throw new RangeError(`${code} is not an ICMP code: use 0 to 255`);
  return points(number, type * CODES + (code ?? 0), type * CODES + (code ?? CODES - 1));
}

function points(number: number, first: number, last: number): Services {
  if (first < 0 || last < first || last >= POINTS) {
    throw new RangeError(`${first}-${last} is not a range of protocol ${number}: use 0 to ${POINTS - 1}`);
  }
  return { start: number * POINTS + first, end: number * POINTS + last + 1, value: true };
}

function protocolNumber(text: string): number {
  const number = PROTOCOL_NUMBERS.get(text) ?? (/^(0|[1-9]\d{0,2})$/.test(text) ? Number(text) : PROTOCOLS);
  if (number < PROTOCOLS) return number;
  throw new RangeError(`'${text}' is not a protocol: use tcp, udp, icmp, icmpv6, a number below 256, or -1`);
}

const given = (bound: number | undefined): number | undefined => (bound === -1 ? undefined : bound);
