import type { IpFamily } from '../model/packet.ts';
import type { Host, Place, RuleList, Way } from './topology.ts';

/** A list of rules that a packet passes on its way, and what of the packet that list looks at. */
export interface Checkpoint {
  readonly leg: 'request' | 'reply';
  readonly list: RuleList;
  /** Whose address it looks at: who began, or who is asked. */
  readonly looksAt: 'client' | 'server';
  /** Which port is the packet's destination there: the one asked for, the client's, or the NAT gateway's. */
  readonly port: 'server' | 'client' | 'nat';
}

/** The way from a client to a server and back. */
export interface Path {
  readonly family: IpFamily;
  readonly client: Place;
  readonly server: Place;
  /** Whether a NAT gateway is on it, which lets through nothing but tcp, udp and icmp. */
  readonly translated: boolean;
  readonly checkpoints: readonly Checkpoint[];
}

/**
 * The way between two places, undefined if no route leads there. Inside the VPC there always is one. Security groups
 * keep state, so that they see requests alone; network ACLs see each packet that enters or leaves a subnet.
 */
export function pathBetween(client: Place, server: Place, family: IpFamily): Path | undefined {
  const way = wayBetween(client, server, family);
  return way && pathBy(way, client, server, family);
}

/** The path that there would be if a route led from one to the other: what stops packets besides the want of it. */
export function pathIfRouted(client: Place, server: Place, family: IpFamily): Path {
  return pathBy({ kind: 'open' }, client, server, family);
}

const pathBy = (way: Way, client: Place, server: Place, family: IpFamily): Path => ({
  family,
  client,
  server,
  translated: way.kind === 'nat',
  checkpoints: checkpoints(client, server, way),
});

function wayBetween(client: Place, server: Place, family: IpFamily): Way | undefined {
  if (client.kind === 'host') {
    return server.kind === 'host' ? { kind: 'open' } : client.ways[family].get(server.name);
  }
  const way = server.kind === 'host' ? server.ways[family].get(client.name) : undefined;
  return way?.kind === 'open' ? way : undefined;
}

function checkpoints(client: Place, server: Place, way: Way): Checkpoint[] {
  const stays = client.kind === 'host' && server.kind === 'host' && client.subnet.id === server.subnet.id;
  const nat = way.kind === 'nat' ? way.subnet.acl : undefined;
  return [
    ...groupsOf(client, 'egress'),
    ...(stays ? [] : subnetOf(client, 'request', 'egress')),
    ...(nat === undefined ? [] : natRequest(nat)),
    ...(stays ? [] : subnetOf(server, 'request', 'ingress')),
    ...groupsOf(server, 'ingress'),
    ...(stays ? [] : subnetOf(server, 'reply', 'egress')),
    ...(nat === undefined ? [] : natReply(nat)),
    ...(stays ? [] : subnetOf(client, 'reply', 'ingress')),
  ];
}

/** A list looks at the far end: on the way in at who sends, on the way out at who receives. */
const FAR_END = {
  request: { egress: 'server', ingress: 'client' },
  reply: { egress: 'client', ingress: 'server' },
} as const;

function groupsOf(place: Place, direction: RuleList['direction']): Checkpoint[] {
  if (place.kind === 'outside' || place.groups === undefined) return [];
  const list = { kind: 'security-group', ids: place.groups, direction } as const;
  return [{ leg: 'request', list, looksAt: FAR_END.request[direction], port: 'server' }];
}

function subnetOf(place: Place, leg: Checkpoint['leg'], direction: RuleList['direction']): Checkpoint[] {
  return place.kind === 'outside' ? [] : [aclCheckpoint(place.subnet.acl, leg, direction)];
}

function aclCheckpoint(
  acl: Host['subnet']['acl'],
  leg: Checkpoint['leg'],
  direction: RuleList['direction'],
): Checkpoint {
  return {
    leg,
    list: { kind: 'network-acl', ids: [acl], direction },
    looksAt: FAR_END[leg][direction],
    port: leg === 'request' ? 'server' : 'client',
  };
}

/** A packet enters the NAT gateway's subnet from the host, and leaves it from the gateway: the same list twice a leg. */
const natRequest = (acl: string): Checkpoint[] => [
  aclCheckpoint(acl, 'request', 'ingress'),
  aclCheckpoint(acl, 'request', 'egress'),
];

/** The reply comes to a port that the gateway chose, and goes on to the one that the host chose. */
const natReply = (acl: string): Checkpoint[] => [
  { ...aclCheckpoint(acl, 'reply', 'ingress'), port: 'nat' },
  aclCheckpoint(acl, 'reply', 'egress'),
];
