import { BlockList, isIPv6 } from 'node:net';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import type { Component, NetworkAclRow, SecurityGroupRow, Tier } from '../../src/model/baseline/row.ts';

// The oracle: one packet is walked through the rows of a baseline, list by list. Nothing here comes from src/network.

/** Who sends or receives: a component, a stranger in a tier (no name), a service, or somebody outside. */
export interface End {
  readonly address: string;
  readonly component?: Component;
  /** The CIDR of the subnet, and its tier; absent outside the VPC. */
  readonly subnet?: { readonly cidr: string; readonly tier: Tier; readonly zone: string };
  readonly service?: 's3' | 'dynamodb';
  /** Whether it is a public address; what is neither that nor in the VPC is a connected network. */
  readonly isPublic?: boolean;
}

/** One packet's protocol; `port` is the destination's, `type` is ICMP's. */
interface Asked {
  readonly protocol: string;
  readonly port?: number;
  readonly type?: number;
}

export interface Attempt {
  readonly client: End;
  readonly server: End;
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'icmpv6' | '47';
  readonly clientPort: number;
  readonly port: number;
}

/** Whether the request arrives. */
export const arrives = (baseline: Baseline, attempt: Attempt): boolean =>
  routed(baseline, attempt) && request(baseline, attempt);

/** Whether the request arrives and its answer comes back. */
export const converses = (baseline: Baseline, attempt: Attempt): boolean =>
  arrives(baseline, attempt) && reply(baseline, attempt);

const ASKED = { icmp: 8, icmpv6: 128 } as const;
const ANSWERED = { icmp: 0, icmpv6: 129 } as const;

function routed(baseline: Baseline, { client, server }: Attempt): boolean {
  if (client.subnet !== undefined && server.subnet !== undefined) return true;
  if (client.subnet !== undefined) return waysOut(baseline, client, server) !== 'none';
  if (server.subnet === undefined || client.service !== undefined) return false;
  if (client.isPublic !== true) return true;
  return baseline.network.tiers[server.subnet.tier].internetRoute;
}

/** How a host reaches somebody outside. */
function waysOut({ network }: Baseline, host: End, outside: End): 'none' | 'direct' | 'nat' {
  if (outside.service === undefined && outside.isPublic !== true) return 'direct';
  const overIpv6 = isIPv6(outside.address);
  if (outside.service !== undefined && overIpv6) return 'none';
  if (outside.service !== undefined && network.endpoints.gateway.includes(outside.service)) return 'direct';
  if (host.subnet !== undefined && network.tiers[host.subnet.tier].internetRoute) return 'direct';
  return host.subnet?.tier === 'private' && network.egress === 'nat' && !overIpv6 ? 'nat' : 'none';
}

function request(baseline: Baseline, attempt: Attempt): boolean {
  const { client, server, protocol, port } = attempt;
  const viaNat = isOutbound(attempt) && waysOut(baseline, client, server) === 'nat';
  if (viaNat && protocol === '47') return false;
  const asked: Asked = { protocol, port, ...(isIcmp(protocol) && { type: ASKED[protocol] }) };
  const leaves =
    client.component === undefined || grouped(baseline, client.component, 'egress', asked, server);
  const enters =
    server.component === undefined || grouped(baseline, server.component, 'ingress', asked, client);
  if (!leaves || !enters) return false;
  return crossings(baseline, client, server).every(({ tier, direction }) =>
    permitted(baseline, tier, direction, asked, direction === 'outbound' ? server : client),
  );
}

function reply(baseline: Baseline, attempt: Attempt): boolean {
  const { client, server, protocol, clientPort } = attempt;
  const asked: Asked = { protocol, port: clientPort, ...(isIcmp(protocol) && { type: ANSWERED[protocol] }) };
  const viaNat = isOutbound(attempt) && waysOut(baseline, client, server) === 'nat';
  if (viaNat && !natHears(baseline, server, asked)) return false;
  return crossings(baseline, client, server)
    .map(
      ({ tier, direction, isNat }) =>
        ({ tier, isNat, direction: direction === 'outbound' ? 'inbound' : 'outbound' }) as const,
    )
    .filter(({ isNat, direction }) => !(isNat && direction === 'inbound'))
    .every(({ tier, direction }) =>
      permitted(baseline, tier, direction, asked, direction === 'outbound' ? client : server),
    );
}

/** The gateway listens on a port of its own choice: one is enough, and only the bounds of rows can make a difference. */
function natHears(baseline: Baseline, server: End, asked: Asked): boolean {
  if (isIcmp(asked.protocol)) return permitted(baseline, 'public', 'inbound', asked, server);
  const bounds = baseline.networkAcls.rows.flatMap(({ ports = [] }) =>
    ports.flatMap(({ from, to }) => [from, to + 1]),
  );
  const ports = [1024, 65535, ...bounds].filter(port => port >= 1024 && port <= 65535);
  return ports.some(port => permitted(baseline, 'public', 'inbound', { ...asked, port }, server));
}

const isOutbound = ({ client, server }: Attempt): boolean =>
  client.subnet !== undefined && server.subnet === undefined;

/** The borders of subnets on the way of a request, in order. */
function crossings(baseline: Baseline, client: End, server: End) {
  if (client.subnet?.cidr === server.subnet?.cidr) return [];
  const viaNat =
    client.subnet !== undefined && server.subnet === undefined && waysOut(baseline, client, server) === 'nat';
  return [
    ...(client.subnet ? [{ tier: client.subnet.tier, direction: 'outbound', isNat: false } as const] : []),
    ...(viaNat
      ? ([
          { tier: 'public', direction: 'inbound', isNat: false },
          { tier: 'public', direction: 'outbound', isNat: true },
        ] as const)
      : []),
    ...(server.subnet ? [{ tier: server.subnet.tier, direction: 'inbound', isNat: false } as const] : []),
  ];
}

function grouped(
  baseline: Baseline,
  component: Component,
  direction: SecurityGroupRow['direction'],
  asked: Asked,
  far: End,
): boolean {
  return baseline.securityGroups.rows.some(
    row =>
      row.component === component &&
      row.direction === direction &&
      row.effect === 'allow' &&
      asks(row, asked) &&
      isPeer(baseline, row.peer, far),
  );
}

function permitted(
  baseline: Baseline,
  tier: Tier,
  direction: NetworkAclRow['direction'],
  asked: Asked,
  far: End,
): boolean {
  const entries = baseline.networkAcls.rows
    .filter(row => row.tier === tier && row.direction === direction)
    .flatMap(row =>
      row.ports === undefined
        ? [row]
        : row.ports.map((range, index) => ({ ...row, number: row.number + index, ports: [range] })),
    )
    .sort((a, b) => a.number - b.number);
  return entries.find(entry => asks(entry, asked) && isPeer(baseline, entry.peer, far))?.action === 'allow';
}

const asks = ({ protocol, ports }: Pick<NetworkAclRow, 'protocol' | 'ports'>, asked: Asked): boolean =>
  protocol === 'all' ||
  (protocol === asked.protocol &&
    (ports === undefined ||
      ports.some(({ from, to }) => asked.port !== undefined && from <= asked.port && asked.port <= to)));

function isPeer({ network }: Baseline, peer: SecurityGroupRow['peer'], far: End): boolean {
  switch (peer.kind) {
    case 'component':
      return far.component === peer.component;
    case 'service':
      return far.service === peer.service;
    case 'tier':
      return holds(network.tiers[peer.tier].cidr, far.address);
    case 'network':
      return holds(peer.network === 'vpc' ? network.vpc.cidr : '0.0.0.0/0', far.address);
    case 'cidr':
      return holds(peer.cidr, far.address);
    default:
      return peer satisfies never;
  }
}

const lists = new Map<string, BlockList>();

function holds(cidr: string, address: string): boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (cidr.includes(':') !== (family === 'ipv6')) return false;
  let list = lists.get(cidr);
  if (list === undefined) {
    const [net = '', length] = cidr.split('/');
    list = new BlockList();
    list.addSubnet(net, Number(length), family);
    lists.set(cidr, list);
  }
  return list.check(address, family);
}

const isIcmp = (protocol: string): protocol is 'icmp' | 'icmpv6' =>
  protocol === 'icmp' || protocol === 'icmpv6';
