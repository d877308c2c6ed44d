/**
 * A world so small that every packet of it can be tried: rules whose bounds lie on few addresses, ports and types, one
 * packet for each cell that those bounds cut, and an oracle that walks the rules for a single packet. Nothing here
 * comes from src/network: addresses are compared by Node's BlockList.
 */
import { BlockList } from 'node:net';
import fc from 'fast-check';
import { known, unknown } from '../../src/model/fact.ts';
import { Packet } from '../../src/model/packet.ts';
import type { AllowRule, KnownPeers } from '../../src/network/security-group.ts';
import type { NetworkAclEntry, PrefixList, RulePeer } from '../../src/services/ec2/facts.ts';

const OWNER = '111122223333';
const HOSTS = [0, 1, 2, 3, 4, 5, 6, 7];
const BLOCKS = [32, 31, 30, 29].flatMap(length => {
  const size = 2 ** (32 - length);
  return HOSTS.filter(host => host % size === 0).map(host => ({ host, length }));
});
const CIDRS = [
  '0.0.0.0/0',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '::/0',
  '::/1',
  '8000::/1',
  ...BLOCKS.map(({ host, length }) => `10.0.0.${host}/${length}`),
  ...BLOCKS.map(({ host, length }) => `2001:db8::${host}/${length + 96}`),
];

const prefixList = (
  id: string,
  family: 'ipv4' | 'ipv6',
  entries: PrefixList['entries'],
): [string, PrefixList] => [id, { id, name: id, owner: OWNER, family, entries }];

/** What is known of peers in the small world; the others stay symbols. */
export const PEERS: KnownPeers = {
  prefixLists: new Map([
    prefixList('pl-four', 'ipv4', known(['10.0.0.1/32', '10.0.0.4/30'])),
    prefixList('pl-open', 'ipv6', known(['::/1', '8000::/1'])),
    prefixList('pl-unread', 'ipv6', unknown({ kind: 'denied', call: 'ec2:GetManagedPrefixListEntries' })),
  ]),
  groups: new Map([['sg-hosts', ['10.0.0.2', '10.0.0.5', '2001:db8::3']]]),
};
const SYMBOLS = ['pl-unread', 'pl-missing', 'sg-away', 'sg-awaz'];

const PACKET_SERVICES = [
  ...['tcp', 'udp'].flatMap(protocol => [0, 1, 2, 3, 9, 65535].map(port => ({ protocol, port }))),
  ...['icmp', 'icmpv6'].flatMap(protocol =>
    [0, 7, 8, 255].flatMap(type => [0, 1, 9, 255].map(code => ({ protocol, icmp: { type, code } }))),
  ),
  ...['47', '50', '51'].map(protocol => ({ protocol })),
];
const PACKET_PEERS = {
  ipv4: [...HOSTS.map(host => `10.0.0.${host}`), '1.1.1.1', '100.0.0.1', '200.0.0.1', ...SYMBOLS],
  ipv6: [...HOSTS.map(host => `2001:db8::${host}`), '::1', '4000::1', '9000::1', ...SYMBOLS],
};

/** One packet of every cell of the small world. */
export const PACKETS: readonly Packet[] = (['ipv4', 'ipv6'] as const).flatMap(family =>
  PACKET_PEERS[family].flatMap(peer =>
    PACKET_SERVICES.map(service => Packet.parse({ direction: 'ingress', family, peer, ...service })),
  ),
);

type Limits = Pick<AllowRule, 'protocol' | 'from' | 'to'>;

const ports = fc
  .tuple(fc.constantFrom(0, 1, 2, 3, 65535), fc.constantFrom(0, 1, 2, 3, 65535))
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const anything = fc.constantFrom({}, { from: -1, to: -1 });
const types = fc.record({ from: fc.constantFrom(0, 8, 255), to: fc.constantFrom(-1, 0, 1, 255) });
const withLimits = (
  protocols: string[],
  limits: fc.Arbitrary<Omit<Limits, 'protocol'>>,
): fc.Arbitrary<Limits> =>
  fc.tuple(fc.constantFrom(...protocols), limits).map(([protocol, bounds]) => ({ protocol, ...bounds }));

const limits: fc.Arbitrary<Limits> = fc.oneof(
  { weight: 6, arbitrary: withLimits(['tcp', '6', 'udp', '17'], fc.oneof(ports, ports, anything)) },
  { weight: 3, arbitrary: withLimits(['icmp', '1', 'icmpv6', '58'], fc.oneof(types, types, anything)) },
  { weight: 1, arbitrary: withLimits(['47', '50', '-1'], fc.oneof(ports, anything)) },
);

const cidr = fc.constantFrom(...CIDRS);
const cidrPeer: fc.Arbitrary<RulePeer> = cidr.map(text => ({
  kind: text.includes(':') ? 'ipv6' : 'ipv4',
  cidr: text,
}));
const namedPeer: fc.Arbitrary<RulePeer> = fc.constantFrom(
  ...['pl-four', 'pl-open', 'pl-unread', 'pl-missing'].map(id => ({ kind: 'prefix-list', id }) as const),
  ...['sg-hosts', 'sg-away', 'sg-awaz'].flatMap(id => [
    { kind: 'security-group', id, owner: OWNER } as const,
    { kind: 'security-group', id, owner: '444455556666', peeringStatus: 'active' } as const,
    { kind: 'security-group', id, owner: OWNER, peeringStatus: 'deleted' } as const,
    { kind: 'security-group', id } as const,
  ]),
);

/** Rules of every form. */
export const rules: fc.Arbitrary<AllowRule[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom('ingress', 'ingress', 'ingress', 'egress'),
      limits,
      fc.oneof(cidrPeer, cidrPeer, namedPeer),
    )
    .map(([direction, service, peer]) => ({ direction, ...service, peer })),
  { maxLength: 12 },
);

/** Entries of every form, in any order of their numbers. */
export const entries: fc.Arbitrary<NetworkAclEntry[]> = fc.uniqueArray(
  fc
    .tuple(fc.integer({ min: 1, max: 60 }), fc.boolean(), fc.constantFrom('allow', 'deny'), limits, cidr)
    .map(([number, egress, action, { protocol, from = -1, to = -1 }, cidr]): NetworkAclEntry => {
      const entry = { number, egress, action, protocol: String(NUMBERS[protocol] ?? protocol), cidr };
      if (entry.protocol === '1' || entry.protocol === '58')
        return { ...entry, icmp: { type: from, code: to } };
      return from === -1 ? entry : { ...entry, ports: { from, to } };
    }),
  { maxLength: 20, selector: entry => `${entry.number} ${entry.egress}` },
);

const NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };
const numberOf = (protocol: string): number => NUMBERS[protocol] ?? Number(protocol);

/** The oracle: whether any rule of a direction allows one packet. */
export function isAllowed(
  rules: readonly AllowRule[],
  direction: Packet['direction'],
  packet: Packet,
): boolean {
  return rules.some(
    rule => rule.direction === direction && limitsMatch(rule, packet) && peerMatches(rule.peer, packet),
  );
}

/** The oracle: the first entry that decides one packet. */
export function decidingEntry(
  entries: readonly NetworkAclEntry[],
  direction: Packet['direction'],
  packet: Packet,
): NetworkAclEntry | undefined {
  const inOrder = entries
    .filter(entry => entry.egress === (direction === 'egress'))
    .sort((a, b) => a.number - b.number);
  return inOrder.find(({ protocol, cidr, ports, icmp }) => {
    const ignored = protocol === '58' && !cidr.includes(':');
    const bounds = ignored ? {} : { from: icmp?.type ?? ports?.from, to: icmp?.code ?? ports?.to };
    return limitsMatch({ protocol, ...bounds }, packet) && isInside(cidr, packet);
  });
}

function limitsMatch({ protocol, from = -1, to = -1 }: Limits, packet: Packet): boolean {
  if (protocol === '-1') return true;
  if (numberOf(protocol) !== numberOf(packet.protocol)) return false;
  if (packet.port !== undefined) return from === -1 || (from <= packet.port && packet.port <= to);
  if (packet.icmp === undefined || from === -1) return true;
  return from === packet.icmp.type && (to === -1 || to === packet.icmp.code);
}

function peerMatches(peer: RulePeer, packet: Packet): boolean {
  switch (peer.kind) {
    case 'ipv4':
    case 'ipv6':
      return isInside(peer.cidr, packet);
    case 'prefix-list': {
      const list = PEERS.prefixLists.get(peer.id);
      if (list?.entries.kind === 'known') return list.entries.value.some(cidr => isInside(cidr, packet));
      return packet.peer === peer.id && (list?.family ?? packet.family) === packet.family;
    }
    case 'security-group':
      if (peer.owner === undefined || (peer.peeringStatus ?? 'active') !== 'active') return false;
      return PEERS.groups.get(peer.id)?.includes(packet.peer) ?? packet.peer === peer.id;
    default:
      return peer satisfies never;
  }
}

const inside = new Map<string, boolean>();

/** Whether an address of the packet lies in a block, by Node. */
export function isInside(cidr: string, { peer, family }: Packet): boolean {
  const key = `${cidr} ${peer} ${family}`;
  let answer = inside.get(key);
  if (answer === undefined) {
    const [network = '', length] = cidr.split('/');
    const list = new BlockList();
    const cidrFamily = cidr.includes(':') ? 'ipv6' : 'ipv4';
    list.addSubnet(network, Number(length), cidrFamily);
    answer = cidrFamily === family && !SYMBOLS.includes(peer) && list.check(peer, family);
    inside.set(key, answer);
  }
  return answer;
}
