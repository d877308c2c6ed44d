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

const EVERY_ADDRESS: Addresses = { ipv4: [cidrBlock('0.0.0.0/0').peers], ipv6: [cidrBlock('::/0').peers] };

/** The addresses that IANA gives to hosts on the internet: all of IPv6's global unicast. */
export const PUBLIC: Addresses = {
  ipv4: without(EVERY_ADDRESS.ipv4, addressesIn(NOT_PUBLIC, 'ipv4')),
  ipv6: [cidrBlock('2000::/3').peers],
};

/** Public addresses that some CIDRs do not hold. */
export const publicOutside = (cidrs: readonly string[]): Addresses => outside(PUBLIC, cidrs);

/** Addresses that are neither public nor held by some CIDRs: of networks that are peered or connected. */
export const privateOutside = (cidrs: readonly string[]): Addresses =>
  outside(
    {
      ipv4: without(EVERY_ADDRESS.ipv4, PUBLIC.ipv4),
      ipv6: without(EVERY_ADDRESS.ipv6, PUBLIC.ipv6),
    },
    cidrs,
  );

const outside = (addresses: Addresses, cidrs: readonly string[]): Addresses => ({
  ipv4: without(addresses.ipv4, addressesIn(cidrs, 'ipv4')),
  ipv6: without(addresses.ipv6, addressesIn(cidrs, 'ipv6')),
});

function without(set: PointSet<bigint>, other: PointSet<bigint>): PointSet<bigint> {
  return overlay(set, other, (a, b) => a && !b, MEMBERSHIP);
}
