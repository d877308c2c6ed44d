/** Rules over all of the address space and all services, with what they mean kept beside their text as plain numbers. */
import fc from 'fast-check';
import type { IpFamily } from '../../src/model/packet.ts';

/** A CIDR with its network as a number, so that an oracle need not parse it. */
export interface WideCidr {
  readonly family: IpFamily;
  readonly network: bigint;
  readonly length: number;
  readonly text: string;
}

/** A service as EC2 writes it, with its protocol's number; -1 is any. */
export interface WideService {
  readonly protocol: string;
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

export interface WideRule {
  readonly service: WideService;
  readonly cidr: WideCidr;
}

/** How long an address is. */
export const BITS = { ipv4: 32, ipv6: 128 } as const;

/** Addresses near which blocks begin, so that they nest and touch rather than lie far apart. */
const NEAR = {
  ipv4: [0n, 0x0a000000n, 0xac100000n, 0xffffffffn],
  ipv6: [0n, 0x20010db8n << 96n, 0xfd00n << 112n, (1n << 128n) - 1n],
} as const;

/** CIDRs of a family, without host bits, that often nest and touch. */
export function wideCidrs(family: IpFamily): fc.Arbitrary<WideCidr> {
  const bits = BITS[family];
  const address = fc.oneof(
    fc
      .tuple(fc.constantFrom(...NEAR[family]), fc.bigInt(0n, 0xffn), fc.nat(bits - 8))
      .map(([near, noise, shift]) => near ^ (noise << BigInt(shift))),
    fc.bigInt(0n, (1n << BigInt(bits)) - 1n),
  );
  return fc.tuple(address, fc.oneof(fc.nat(bits), fc.nat(2))).map(([address, length]) => {
    const host = BigInt(bits - length);
    const network = (address >> host) << host;
    return { family, network, length, text: `${print(network, family)}/${length}` };
  });
}

function print(address: bigint, family: IpFamily): string {
  const [size, count, separator, radix] =
    family === 'ipv4' ? ([8n, 4, '.', 10] as const) : ([16n, 8, ':', 16] as const);
  const parts = Array.from(
    { length: count },
    (_, i) => (address >> (size * BigInt(count - 1 - i))) & ((1n << size) - 1n),
  );
  return parts.map(part => part.toString(radix)).join(separator);
}

/** The number of an address, read by hand so that an oracle need not trust the engine's parser. */
export function addressNumber(text: string, family: IpFamily): bigint {
  if (family === 'ipv4') return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = [], tail = []] = text.split('::').map(half => half.split(':').filter(part => part !== ''));
  const gap = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...gap, ...tail].reduce((sum, part) => sum * 65536n + BigInt(`0x${part}`), 0n);
}

/** The protocols that EC2 names. */
export const PROTOCOL_NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

const named = (protocols: readonly (readonly [string, number])[]) => fc.constantFrom(...protocols);
const port = fc.oneof(fc.nat(65535), fc.constantFrom(0, 22, 80, 443, 1024, 65535));
const portRange = fc.tuple(port, port).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const any = fc.constant({ from: -1, to: -1 });
const octet = fc.oneof(fc.nat(255), fc.constantFrom(0, 3, 8, 255));
const typeAndCode = fc.record({ from: octet, to: fc.oneof(fc.constant(-1), octet) });

const services: fc.Arbitrary<WideService> = fc
  .oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(
        named([
          ['tcp', 6],
          ['6', 6],
          ['udp', 17],
          ['17', 17],
        ]),
        fc.oneof(portRange, portRange, any),
      ),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(
        named([
          ['icmp', 1],
          ['1', 1],
          ['icmpv6', 58],
          ['58', 58],
        ]),
        fc.oneof(typeAndCode, typeAndCode, any),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(
        fc
          .nat(255)
          .filter(n => ![1, 6, 17, 58].includes(n))
          .map(n => [String(n), n] as const),
        portRange,
      ),
    },
    { weight: 1, arbitrary: fc.tuple(fc.constant(['-1', -1] as const), any) },
  )
  .map(([[protocol, number], bounds]) => ({ protocol, number, ...bounds }));

const rulesOf = (family: IpFamily) => fc.record({ service: services, cidr: wideCidrs(family) });

/** Rules of one family and of every protocol form. */
export const wideRules = (family: IpFamily): fc.Arbitrary<WideRule[]> =>
  fc.array(rulesOf(family), { maxLength: 12 });

/** Two lists that often allow the same: the second is the first with blocks cut in two, in another order, and sometimes a rule less. */
export const wideRulePairs = (family: IpFamily): fc.Arbitrary<readonly [WideRule[], WideRule[]]> =>
  fc.tuple(wideRules(family), fc.boolean()).chain(([rules, whole]) => {
    const others = (whole ? rules : rules.slice(1)).flatMap(halves);
    return fc.tuple(fc.constant(rules), fc.shuffledSubarray(others, { minLength: others.length }));
  });

function halves({ service, cidr }: WideRule): WideRule[] {
  const length = cidr.length + 1;
  const bits = BITS[cidr.family];
  if (length > bits) return [{ service, cidr }];
  return [cidr.network, cidr.network | (1n << BigInt(bits - length))].map(network => {
    return { service, cidr: { ...cidr, network, length, text: `${print(network, cidr.family)}/${length}` } };
  });
}

/** An entry of a network ACL; its number is its place in the list. */
export interface WideEntry {
  readonly allow: boolean;
  readonly rule: WideRule;
}

/** Entries of one family in the order of their numbers; EC2 does not look at icmpv6 types in entries for IPv4. */
export const wideEntries = (family: IpFamily): fc.Arbitrary<WideEntry[]> =>
  fc.array(
    fc.record({
      allow: fc.boolean(),
      rule: rulesOf(family).map(rule =>
        family === 'ipv4' && rule.service.number === 58 ? unlimited(rule) : rule,
      ),
    }),
    { maxLength: 12 },
  );

const unlimited = (rule: WideRule): WideRule => ({ ...rule, service: { ...rule.service, from: -1, to: -1 } });
