import fc from 'fast-check';
import { z } from 'zod';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { Component, Tier } from '../../src/model/baseline/row.ts';
import type { Connection } from '../../src/model/connection.ts';
import type { Attempt, End } from './packet-walk.ts';

/** An end, and the name that results have for it. */
export interface NamedEnd {
  readonly name: string;
  readonly end: End;
}

const PUBLIC = { ipv4: ['203.0.113.10', '1.1.1.1', '130.0.0.1'], ipv6: ['2001:db8::10', '2600::1'] };
const CONNECTED = { ipv4: ['10.1.0.9', '192.168.1.1'], ipv6: ['fd00::1'] };

/** Everybody who could send a packet in a baseline's network, by address family; hosts at the edges of their subnets. */
export function endsOf({ network, components }: Baseline, family: 'ipv4' | 'ipv6'): NamedEnd[] {
  const hosts = Tier.options.flatMap(tier =>
    network.tiers[tier].subnets.flatMap(subnet => {
      const prefix = subnet.cidr.replace(/0\/24$/, '');
      const addresses = family === 'ipv4' ? [`${prefix}4`, `${prefix}127`, `${prefix}254`] : PUBLIC.ipv6;
      const residents = Component.options.filter(component => components[component].tier === tier);
      return addresses.flatMap(address => [
        ...residents.map(component => ({
          name: component,
          end: { address, component, subnet: { ...subnet, tier } },
        })),
        { name: `other hosts of the ${tier} tier`, end: { address, subnet: { ...subnet, tier } } },
      ]);
    }),
  );
  return [
    ...hosts,
    ...PUBLIC[family].flatMap((address): NamedEnd[] => [
      { name: 'internet', end: { address, isPublic: true } },
      { name: 's3', end: { address, isPublic: true, service: 's3' } },
      { name: 'dynamodb', end: { address, isPublic: true, service: 'dynamodb' } },
    ]),
    ...CONNECTED[family].map(address => ({ name: 'other networks', end: { address } })),
  ];
}

const PORTS = [80, 443, 1023, 1024, 5432, 8080, 32768, 50000, 61000, 61001, 65535];

/** Somebody tries to reach somebody. */
export const attempts = (baseline: Baseline): fc.Arbitrary<Attempt & { from: string; to: string }> =>
  fc.constantFrom('ipv4' as const, 'ipv4' as const, 'ipv6' as const).chain(family => {
    const ends = endsOf(baseline, family);
    return fc
      .record({
        client: fc.constantFrom(...ends),
        server: fc.constantFrom(...ends),
        protocol: fc.constantFrom(
          'tcp' as const,
          'tcp' as const,
          'udp' as const,
          'icmp' as const,
          '47' as const,
        ),
        clientPort: fc.constantFrom(...PORTS),
        port: fc.constantFrom(...PORTS),
      })
      .map(({ client, server, ...rest }) => ({
        ...rest,
        client: client.end,
        server: server.end,
        from: client.name,
        to: server.name,
      }));
  });

/** The attempt that a connection is, between two names; its addresses say in which subnets they stand. */
export function attemptOf(
  baseline: Baseline,
  { from, to, connection }: { from: string; to: string; connection: Connection },
): Attempt {
  const { family, protocol, client, clientPort = 0, server, port = 0 } = connection;
  const end = (name: string, address: string): End => {
    const isNamed = (candidate: NamedEnd) =>
      candidate.name === name &&
      (family === 'ipv6' ||
        candidate.end.subnet === undefined ||
        inSame24(candidate.end.subnet.cidr, address));
    const found = endsOf(baseline, family).find(isNamed);
    if (found === undefined) throw new Error(`nobody is ${name} at ${address}`);
    return { ...found.end, address };
  };
  const known = z.enum(['tcp', 'udp', 'icmp', 'icmpv6']).catch('tcp').parse(protocol);
  return { client: end(from, client), server: end(to, server), protocol: known, clientPort, port };
}

const inSame24 = (cidr: string, address: string): boolean =>
  cidr.split('.').slice(0, 3).join() === address.split('.').slice(0, 3).join();
