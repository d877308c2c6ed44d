import { type IpFamily, Protocol } from '../model/packet.ts';
import { cidrBlock } from '../network/address.ts';
import { PUBLIC } from '../network/internet.ts';
import { type PacketSet, packetSet } from '../network/packet-set.ts';
import { EVERY_SERVICE, servicePoint } from '../network/service.ts';
import { MEMBERSHIP, overlay, valueAt } from '../network/step-function.ts';

/**
 * How many public addresses are more than anybody's own: IANA gives registries blocks of a /8 of IPv4 and a /12 of IPv6,
 * so whoever lets in more than one of them lets in strangers. Exact 0.0.0.0/0 would miss the internet in two halves;
 * "any public address" would fail an office, a partner, or a content network whose ranges together are a fraction of a /8.
 */
const ANYWHERE = { ipv4: 1n << 24n, ipv6: 1n << 116n } as const satisfies Record<IpFamily, bigint>;

const TCP = Protocol.parse('tcp');

/** SSH and RDP: the tcp ports by which machines are administered. */
export const ADMINISTRATION = { SSH: 22, RDP: 3389 } as const satisfies Record<string, number>;

/** The point of a tcp port on the axis of services. */
export const tcpPoint = (port: number): number => servicePoint({ protocol: TCP, port });

/** Whether anywhere on the internet is let in to a tcp port: in either family, more public addresses than one registry's block. */
export const openToAnywhere = (packets: PacketSet, port: number): boolean =>
  publicAddresses(packets, 'ipv4', port) > ANYWHERE.ipv4 ||
  publicAddresses(packets, 'ipv6', port) > ANYWHERE.ipv6;

/** Whether CIDRs together hold more public addresses than one registry's block. */
export const isAnywhere = (cidrs: readonly string[]): boolean =>
  openToAnywhere(packetSet(cidrs.map(cidr => ({ ...cidrBlock(cidr), services: EVERY_SERVICE }))), 0);

/** How many public addresses of a family may use a tcp port. */
function publicAddresses(packets: PacketSet, family: IpFamily, port: number): bigint {
  const peers = valueAt(packets[family], tcpPoint(port), []);
  const open = overlay(peers, PUBLIC[family], (a, b) => a && b, MEMBERSHIP);
  return open.reduce((sum, { start, end }) => sum + end - start, 0n);
}
