import type { UnknownReason } from '../../model/fact.ts';
import type { Packet } from '../../model/packet.ts';
import { permittedPackets } from '../../network/network-acl.ts';
import { NO_PACKETS, type PacketSet } from '../../network/packet-set.ts';
import { type AllowRule, allowedPackets } from '../../network/security-group.ts';
import type { Filter, Network } from '../../network/topology.ts';
import { prefixLists } from '../prefix-lists.ts';
import { rulesByGroup } from '../rules-by-group.ts';
import type { LiveFacts, LiveHost, LiveLists, LiveNetwork } from './live-network.ts';
import { UNREAD_ACL } from './routing.ts';

type Filters = Pick<Network, 'groups' | 'acls'>;

/** The lists before some hosts, taken for closed and for open where they could not be read. Throws UnknownFact. */
export function filtersOf(
  hosts: readonly LiveHost[],
  live: LiveFacts,
): { least: Filters; most: Filters } & Pick<LiveNetwork, 'unread' | 'lists'> {
  const acls = live.fact('ec2.networkAcls');
  const { lists: known, unresolved } = prefixLists(live.fact('ec2.prefixLists'));
  const groups = [...new Set(hosts.flatMap(host => host.groups ?? []))];
  const all = rulesByGroup(live.value('ec2.securityGroupRules'));
  const rules = new Map(groups.map(id => [id, all.get(id) ?? []]));
  const lists: LiveLists = {
    rules,
    acls: new Map(acls.kind === 'known' ? acls.value.map(acl => [acl.id, acl]) : []),
    known: { prefixLists: known, groups: new Map() },
  };
  const unread: UnknownReason[] = [
    ...(acls.kind === 'unknown' ? [acls.reason] : []),
    ...[...rules.values()].flatMap(own => own.flatMap(rule => unresolved(rule) ?? [])),
  ];
  const least = filters(lists, NO_PACKETS, rule => (unresolved(rule) === undefined ? [rule] : []));
  if (unread.length === 0) return { least, most: least, unread, lists };
  const most = filters(lists, EVERYTHING, rule =>
    unresolved(rule) === undefined ? [rule] : EVERYBODY.map(peer => ({ ...rule, peer })),
  );
  return { least, most, unread, lists };
}

const EVERYBODY = [
  { kind: 'ipv4', cidr: '0.0.0.0/0' },
  { kind: 'ipv6', cidr: '::/0' },
] as const;

const EVERYTHING: PacketSet = allowedPackets(
  EVERYBODY.map(peer => ({ direction: 'ingress', protocol: '-1', peer })),
  'ingress',
  { prefixLists: new Map(), groups: new Map() },
);

function filters(
  { rules, acls, known }: LiveLists,
  unread: PacketSet,
  read: (rule: AllowRule) => AllowRule[],
): Filters {
  return {
    groups: new Map(
      [...rules].map(([id, own]) => [
        id,
        lazily(direction => allowedPackets(own.flatMap(read), direction, known)),
      ]),
    ),
    acls: new Map([
      [UNREAD_ACL, { ingress: unread, egress: unread }],
      ...[...acls].map(([id, { entries }]): [string, Filter] => [
        id,
        lazily(direction => permittedPackets(entries, direction)),
      ]),
    ]),
  };
}

/** A large account has many lists that no packet in question ever meets: those are never computed. */
function lazily(make: (direction: Packet['direction']) => PacketSet): Filter {
  const made = new Map<Packet['direction'], PacketSet>();
  const packets = (direction: Packet['direction']): PacketSet => {
    const known = made.get(direction) ?? make(direction);
    made.set(direction, known);
    return known;
  };
  return {
    get ingress() {
      return packets('ingress');
    },
    get egress() {
      return packets('egress');
    },
  };
}
