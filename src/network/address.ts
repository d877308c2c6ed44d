import { Address4, Address6, AddressError } from 'ip-address';
import type { IpFamily } from '../model/packet.ts';
import type { Interval } from './step-function.ts';

/**
 * Peers as an interval of their family's axis: addresses as the numbers they are, and past all of them, one point for
 * each peer whose addresses are not known.
 */
export type Peers = Interval<bigint>;

/** A CIDR block: `cidr` is its canonical form (RFC 5952 for IPv6), `hostBits` whether it was written with host bits set. */
export interface CidrBlock {
  readonly family: IpFamily;
  readonly cidr: string;
  readonly hostBits: boolean;
  readonly peers: Peers;
}

const BITS = { ipv4: 32n, ipv6: 128n } as const satisfies Record<IpFamily, bigint>;

const ADDRESS = { ipv4: Address4, ipv6: Address6 } as const satisfies Record<IpFamily, unknown>;

/** ip-address is strict on the address, but would take a zone, a length of `08`, or none at all. */
const CIDR = /^[0-9a-fA-F:.]+\/(0|[1-9]\d{0,2})$/;

/** Accounts hold few distinct CIDRs, in very many rules. */
const blocks = new Map<string, CidrBlock>();

/** Reads a CIDR, strictly: no leading zeros, no zone, no part missing. Undefined if it is not one. */
export function parseCidr(text: string): CidrBlock | undefined {
  const cached = blocks.get(text);
  if (cached !== undefined) return cached;
  const block = readCidr(text);
  if (block !== undefined) blocks.set(text, block);
  return block;
}

/** The block of a CIDR that AWS gave or that was checked before; throws a RangeError if it is not one. */
export function cidrBlock(text: string): CidrBlock {
  const block = parseCidr(text);
  if (block !== undefined) return block;
  throw new RangeError(`'${text}' is not a CIDR: write it like 10.0.0.0/16 or 2001:db8::/32`);
}

/** The block of one address, which AWS gave or which was checked before; throws a RangeError if it is none. */
export function hostBlock(address: string): CidrBlock {
  return cidrBlock(`${address}/${address.includes(':') ? BITS.ipv6 : BITS.ipv4}`);
}

/** Whether a block holds every address of another. */
export const contains = (outer: CidrBlock, inner: CidrBlock): boolean =>
  outer.family === inner.family &&
  outer.peers.start <= inner.peers.start &&
  inner.peers.end <= outer.peers.end;

function readCidr(text: string): CidrBlock | undefined {
  if (!CIDR.test(text)) return undefined;
  const family = text.includes(':') ? 'ipv6' : 'ipv4';
  const address = readAddress(text, family);
  if (address === undefined) return undefined;
  const written = address.bigInt();
  const size = 1n << (BITS[family] - BigInt(address.subnetMask));
  const start = written - (written % size);
  return {
    family,
    cidr: `${peerAt(start, family)}/${address.subnetMask}`,
    hostBits: written !== start,
    peers: interval(start, start + size),
  };
}

function readAddress(text: string, family: IpFamily): Address4 | Address6 | undefined {
  try {
    return new ADDRESS[family](text);
  } catch (error) {
    if (error instanceof AddressError) return undefined;
    throw error;
  }
}

/** The fewest CIDRs that make up an interval of addresses, ascending. */
export function cidrsOf(addresses: Peers, family: IpFamily): string[] {
  const cidrs: string[] = [];
  let start = addresses.start;
  while (start < addresses.end) {
    let length = BITS[family];
    for (; length > 0n; length -= 1n) {
      const size = 1n << (BITS[family] - length + 1n);
      if (start % size !== 0n || start + size > addresses.end) break;
    }
    cidrs.push(`${peerAt(start, family)}/${length}`);
    start += 1n << (BITS[family] - length);
  }
  return cidrs;
}

function interval(start: bigint, end: bigint): Peers {
  return { start, end, value: true };
}

const FIRST_SYMBOL = 1n << BITS.ipv6;
const CODE_UNITS = 65536n;
const symbols = new Map<string, Peers>();

/**
 * A peer without known addresses, such as a security group, as one point of both axes: its id, read as a number. So the
 * same id is the same point in every set, with no table of ids to share, and no two of them touch.
 */
export function symbol(id: string): Peers {
  let peers = symbols.get(id);
  if (peers === undefined) {
    const number = id.split('').reduce((sum, unit) => sum * CODE_UNITS + BigInt(unit.charCodeAt(0)), 1n);
    const point = FIRST_SYMBOL + 2n * number;
    peers = interval(point, point + 1n);
    symbols.set(id, peers);
  }
  return peers;
}

/** The point of one peer: an address, or whatever else has a symbol. */
export function peerPoint(peer: string): bigint {
  const host = parseCidr(`${peer}/${peer.includes(':') ? BITS.ipv6 : BITS.ipv4}`);
  return (host?.peers ?? symbol(peer)).start;
}

/** The peer at a point: an address in its canonical form, or the id of which the point is the symbol. */
export function peerAt(point: bigint, family: IpFamily): string {
  if (point < FIRST_SYMBOL) return ADDRESS[family].fromBigInt(point).correctForm();
  let id = '';
  for (let number = (point - FIRST_SYMBOL) / 2n; number > 1n; number /= CODE_UNITS) {
    id = String.fromCharCode(Number(number % CODE_UNITS)) + id;
  }
  return id;
}

/** Peers in the words of a rule: a CIDR, the first and the last address of what is not one CIDR, or the id of a symbol. */
export function describePeers(peers: Peers, family: IpFamily): string {
  const first = peerAt(peers.start, family);
  if (peers.start >= FIRST_SYMBOL) return first;
  const [cidr, ...others] = cidrsOf(peers, family);
  return cidr !== undefined && others.length === 0 ? cidr : `${first}-${peerAt(peers.end - 1n, family)}`;
}
