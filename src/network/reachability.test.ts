import { expect, test } from 'vitest';
import { addressesIn, publicOutside } from './internet.ts';
import { permittedPackets } from './network-acl.ts';
import { pathBetween } from './path.ts';
import { exchangesOver } from './reachability.ts';
import { describeServices } from './service-words.ts';
import type { Filter, Host, Network, Outside } from './topology.ts';

const tcp = (number: number, egress: boolean, from: number, to: number) =>
  ({ number, egress, action: 'allow', protocol: '6', cidr: '0.0.0.0/0', ports: { from, to } }) as const;

const filter = (...entries: ReturnType<typeof tcp>[]): Filter => ({
  ingress: permittedPackets(entries, 'ingress'),
  egress: permittedPackets(entries, 'egress'),
});

const open = filter(tcp(1, false, 0, 65535), tcp(1, true, 0, 65535));

const internet: Outside = {
  kind: 'outside',
  name: 'internet',
  addresses: publicOutside(['10.0.0.0/16']),
  prefixLists: [],
};

const host: Host = {
  kind: 'host',
  name: 'worker',
  addresses: { ipv4: addressesIn(['10.0.16.0/24'], 'ipv4'), ipv6: [] },
  subnet: { id: 'private', acl: 'private' },
  ways: {
    ipv4: new Map([['internet', { kind: 'nat', subnet: { id: 'public', acl: 'public' } }]]),
    ipv6: new Map(),
  },
};

const words = (services: Parameters<typeof describeServices>[0]) => describeServices(services).join(', ');

/** The services that are answered from the internet, and to which of the host's ports, through a public tier's list. */
function answered(publicAcl: Filter): string[] {
  const acls = new Map([
    ['private', open],
    ['public', publicAcl],
  ]);
  const network: Network = { places: [host, internet], groups: new Map(), acls };
  const path = pathBetween(host, internet, 'ipv4');
  return path === undefined
    ? []
    : exchangesOver(network, path).map(
        ({ services, replies }) => `${words([services])} answered to ${words([replies])}`,
      );
}

test.each([
  {
    name: 'the host’s port may be any, since the gateway puts one of its own in its place',
    acl: filter(tcp(1, false, 443, 443), tcp(2, false, 1024, 65535), tcp(1, true, 0, 65535)),
    passes: ['tcp 443 answered to all tcp', 'tcp 1024-65535 answered to all tcp'],
  },
  {
    name: 'no port of the gateway is let in',
    acl: filter(tcp(1, false, 443, 443), tcp(1, true, 0, 65535)),
    passes: [],
  },
  {
    name: 'the reply goes on from the gateway to the host’s own port',
    acl: filter(
      tcp(1, false, 443, 443),
      tcp(2, false, 2000, 2000),
      tcp(1, true, 443, 443),
      tcp(2, true, 50000, 50000),
    ),
    passes: ['tcp 443 answered to tcp 443', 'tcp 443 answered to tcp 50000'],
  },
])('through a NAT gateway: $name', ({ acl, passes }) => {
  expect(answered(acl)).toEqual(passes);
});

test('nobody on the internet begins a connection through a NAT gateway', () => {
  expect(pathBetween(internet, host, 'ipv4')).toBeUndefined();
});
