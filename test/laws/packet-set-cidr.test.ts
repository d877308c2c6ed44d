import { excludeCidr, mergeCidr } from 'cidr-tools';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IpFamily } from '../../src/model/packet.ts';
import { cidrBlock, cidrsOf } from '../../src/network/address.ts';
import { difference, type PacketSet, packetSet } from '../../src/network/packet-set.ts';
import { servicesOfRule } from '../../src/network/service.ts';
import { cases } from './cases.ts';
import { wideCidrs } from './wide-world.ts';

const services = servicesOfRule({ protocol: 'tcp', from: 443, to: 443 });

const https = (cidrs: readonly string[]): PacketSet =>
  packetSet(cidrs.map(cidr => ({ services, ...cidrBlock(cidr) })));

/** The CIDRs of a set that has no more than one service. */
const peersOf = (set: PacketSet, family: IpFamily): string[] =>
  set[family].flatMap(({ value }) => value.flatMap(peers => cidrsOf(peers, family)));

const canonical = (cidrs: readonly string[]): string[] => cidrs.map(text => cidrBlock(text).cidr);

test.each(IpFamily.options)('%s CIDRs are merged, and one taken from another, as cidr-tools does', family => {
  const lists = fc.array(
    wideCidrs(family).map(cidr => cidr.text),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(lists, lists, (a, b) => {
      expect(peersOf(https(a), family)).toEqual(canonical(mergeCidr(a)));
      expect(peersOf(difference(https(a), https(b)), family)).toEqual(canonical(excludeCidr(a, b)));
    }),
    cases(`cidr-tools, ${family}`, { sampled: 300, deep: 20_000 }),
  );
});
