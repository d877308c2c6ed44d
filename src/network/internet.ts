import type { IpFamily } from '../model/packet.ts';
import { cidrBlock } from './address.ts';
import { MEMBERSHIP, overlay, type PointSet } from './step-function.ts';
import type { Addresses } from './topology.ts';

/** Addresses that nobody on the internet has (IANA's IPv4 special-purpose registry); those for documentation stand for any. */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
];

/** The addresses of a family that some CIDRs hold. */
export const addressesIn = (cidrs: readonly string[], family: IpFamily): PointSet<bigint> =>
  cidrs
    .map(cidrBlock)
    .filter(block => block.family === family)
    .reduce<PointSet<bigint>>((all, { peers }) => overlay(all, [peers], (a, b) => a || b, MEMBERSHIP), []);

/** The addresses of both families that some CIDRs hold. */
export const allIn = (cidrs: readonly string[]): Addresses => ({
  ipv4: addressesIn(cidrs, 'ipv4'),
  ipv6: addressesIn(cidrs, 'ipv6'),
});

/** The addresses that are not among others. */
export const without = (addresses: Addresses, others: Addresses): Addresses => ({
  ipv4: difference(addresses.ipv4, others.ipv4),
  ipv6: difference(addresses.ipv6, others.ipv6),
});

function difference(set: PointSet<bigint>, other: PointSet<bigint>): PointSet<bigint> {
  return overlay(set, other, (a, b) => a && !b, MEMBERSHIP);
}

const EVERY_ADDRESS: Addresses = allIn(['0.0.0.0/0', '::/0']);

/** The addresses that IANA gives to hosts on the internet: all of IPv6's global unicast. */
export const PUBLIC: Addresses = {
  ipv4: difference(EVERY_ADDRESS.ipv4, addressesIn(NOT_PUBLIC, 'ipv4')),
  ipv6: [cidrBlock('2000::/3').peers],
};

/** Public addresses that some CIDRs do not hold. */
export const publicOutside = (cidrs: readonly string[]): Addresses => without(PUBLIC, allIn(cidrs));

/** Addresses that are neither public nor held by some CIDRs: of networks that are peered or connected. */
export const privateOutside = (cidrs: readonly string[]): Addresses =>
  without(without(EVERY_ADDRESS, PUBLIC), allIn(cidrs));
