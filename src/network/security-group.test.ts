import { describe, expect, test } from 'vitest';
import { known, unknown } from '../model/fact.ts';
import type { PrefixList, RulePeer } from '../services/ec2/facts.ts';
import { describePackets } from './describe.ts';
import { equal, isEmpty, union } from './packet-set.ts';
import {
  type AllowRule,
  allowedPackets,
  compareRules,
  type KnownPeers,
  rulesAllowing,
} from './security-group.ts';

const list = (id: string, family: 'ipv4' | 'ipv6', entries: PrefixList['entries']): [string, PrefixList] => [
  id,
  { id, name: id, owner: 'AWS', family, entries },
];

const PEERS: KnownPeers = {
  prefixLists: new Map([
    list('pl-s3', 'ipv4', known(['52.218.0.0/17', '3.5.0.0/16'])),
    list('pl-open', 'ipv4', known(['0.0.0.0/1', '128.0.0.0/1'])),
    list('pl-open6', 'ipv6', known(['::/0'])),
    list('pl-empty', 'ipv4', known([])),
    list('pl-denied', 'ipv6', unknown({ kind: 'denied', call: 'ec2:GetManagedPrefixListEntries' })),
  ]),
  groups: new Map([
    ['sg-two-hosts', ['10.0.1.5', '10.0.1.4', '2001:db8::4']],
    ['sg-no-hosts', []],
  ]),
};
const OWNER = '111122223333';

/** `tcp 443` and a peer: a CIDR, a `pl-…`, or a `sg-…`. */
function rule(
  service: string,
  peer: string | RulePeer,
  direction: AllowRule['direction'] = 'ingress',
): AllowRule {
  const [protocol = '', from, to = from] = service.split(' ');
  return {
    direction,
    protocol,
    ...(from === undefined ? {} : { from: Number(from), to: Number(to) }),
    peer: typeof peer === 'string' ? peerOf(peer) : peer,
  };
}

function peerOf(text: string): RulePeer {
  if (text.startsWith('pl-')) return { kind: 'prefix-list', id: text };
  if (text.startsWith('sg-')) return { kind: 'security-group', id: text, owner: OWNER };
  return { kind: text.includes(':') ? 'ipv6' : 'ipv4', cidr: text };
}

const group = (rest: object) => ({ kind: 'security-group', id: 'sg-1', ...rest }) as const;
const allowed = (rules: readonly AllowRule[]) => allowedPackets(rules, 'ingress', PEERS);

test.each<[what: string, rules: AllowRule[], words: string[]]>([
  ['no rule allows nothing', [], []],
  ['a CIDR', [rule('tcp 443', '10.0.0.0/16')], ['tcp 443 from 10.0.0.0/16']],
  ['host bits as AWS reads them', [rule('tcp 443', '100.68.0.18/18')], ['tcp 443 from 100.68.0.0/18']],
  ['all IPv6', [rule('tcp 443', '::/0')], ['tcp 443 from ::/0']],
  ['-1', [rule('-1', '0.0.0.0/0')], ['all traffic from 0.0.0.0/0']],
  ['ports of protocol 47', [rule('47 80 443', '10.0.0.0/8')], ['protocol 47 from 10.0.0.0/8']],
  ['an open prefix list', [rule('tcp 22', 'pl-open')], ['tcp 22 from 0.0.0.0/0']],
  ['an open IPv6 prefix list', [rule('tcp 22', 'pl-open6')], ['tcp 22 from ::/0']],
  ['a prefix list', [rule('tcp 443', 'pl-s3')], ['tcp 443 from 3.5.0.0/16', 'tcp 443 from 52.218.0.0/17']],
  ['an empty prefix list', [rule('tcp 443', 'pl-empty')], []],
  ['a prefix list that was not read', [rule('tcp 443', 'pl-denied')], ['tcp 443 from pl-denied']],
  ['a prefix list that was not found', [rule('tcp 443', 'pl-other')], ['tcp 443 from pl-other']],
  ['a group whose hosts are not known', [rule('tcp 443', 'sg-other')], ['tcp 443 from sg-other']],
  [
    'a group of two hosts',
    [rule('tcp 443', 'sg-two-hosts')],
    ['tcp 443 from 10.0.1.4/31', 'tcp 443 from 2001:db8::4/128'],
  ],
  ['a group without hosts', [rule('tcp 443', 'sg-no-hosts')], []],
  ['a group of another account', [rule('tcp 1', group({ owner: '444455556666' }))], ['tcp 1 from sg-1']],
  [
    'a group over an active peering',
    [
      rule(
        'tcp 1',
        group({ owner: OWNER, vpc: 'vpc-2', peeringConnection: 'pcx-1', peeringStatus: 'active' }),
      ),
    ],
    ['tcp 1 from sg-1'],
  ],
  ['a group over a deleted peering', [rule('tcp 1', group({ owner: OWNER, peeringStatus: 'deleted' }))], []],
  ['a deleted group', [rule('tcp 1', group({}))], []],
  ['a rule of the other direction', [rule('tcp 443', '0.0.0.0/0', 'egress')], []],
  [
    'what a few have more',
    [rule('-1', '10.0.0.0/8'), rule('tcp 443', '0.0.0.0/0')],
    ['all traffic from 10.0.0.0/8', 'tcp 443 from 0.0.0.0/0'],
  ],
])('%s', (_, rules, words) => {
  expect(describePackets(allowed(rules), 'ingress')).toEqual(words);
});

describe('rule lists that allow the same packets are equal', () => {
  test.each<[a: AllowRule[], b: AllowRule[]]>([
    [[rule('tcp 22', '0.0.0.0/1'), rule('tcp 22', '128.0.0.0/1')], [rule('tcp 22', '0.0.0.0/0')]],
    [[rule('tcp 22', '::/1'), rule('tcp 22', '8000::/1')], [rule('tcp 22', '::/0')]],
    [[rule('6 22', '10.0.0.0/8')], [rule('tcp 22', '10.0.0.0/8')]],
    [[rule('58 128 -1', '::/0')], [rule('icmpv6 128 -1', '::/0')]],
    [[rule('tcp 80 90', '10.0.0.0/8'), rule('tcp 91 99', '10.0.0.0/8')], [rule('tcp 80 99', '10.0.0.0/8')]],
    [[rule('-1', '10.0.0.0/8'), rule('tcp 22', '10.1.0.0/16')], [rule('-1', '10.0.0.0/8')]],
    [[rule('tcp', '10.0.0.0/8')], [rule('tcp 0 65535', '10.0.0.0/8')]],
    [[rule('47 1 2', '10.0.0.0/8')], [rule('47', '10.0.0.0/8')]],
    [[rule('tcp 443', 'sg-two-hosts')], [rule('tcp 443', '10.0.1.4/31'), rule('tcp 443', '2001:db8::4/128')]],
    [[rule('tcp 1', group({ owner: OWNER }))], [rule('tcp 1', group({ owner: OWNER, vpc: 'vpc-1' }))]],
    [[rule('tcp 1', group({}))], []],
  ])('%j and %j', (a, b) => {
    expect(equal(allowed(a), allowed(b))).toBe(true);
    const { missing, extra } = compareRules(a, b, 'ingress', PEERS);
    expect([isEmpty(missing), isEmpty(extra)]).toEqual([true, true]);
  });
});

test.each<[what: string, live: AllowRule[], wanted: AllowRule[], missing: string[], extra: string[]]>([
  ['nothing', [rule('tcp 1', '10.0.0.0/8')], [rule('tcp 1', '10.0.0.0/8')], [], []],
  [
    'a rule too many',
    [rule('tcp 1', '10.0.0.0/8'), rule('tcp 2', '::/0')],
    [rule('tcp 1', '10.0.0.0/8')],
    [],
    ['tcp 2 from ::/0'],
  ],
  ['a rule too few', [], [rule('udp 53', 'sg-x')], ['udp 53 from sg-x'], []],
  [
    'both',
    [rule('tcp 1 2', '10.0.0.0/9')],
    [rule('tcp 2 3', '10.0.0.0/9')],
    ['tcp 3 from 10.0.0.0/9'],
    ['tcp 1 from 10.0.0.0/9'],
  ],
  [
    'a deleted group of the same id',
    [rule('tcp 1', group({}))],
    [rule('tcp 1', group({ owner: OWNER }))],
    ['tcp 1 from sg-1'],
    [],
  ],
  ['a rule of the other direction', [rule('tcp 1', '::/0', 'egress')], [], [], []],
])('live and wanted rules differ by %s', (_, live, wanted, missing, extra) => {
  const found = compareRules(live, wanted, 'ingress', PEERS);
  expect(describePackets(found.missing, 'ingress')).toEqual(missing);
  expect(describePackets(found.extra, 'ingress')).toEqual(extra);
});

test('the groups of an interface allow together what any of them allows', () => {
  const web = [rule('tcp 443', '0.0.0.0/0')];
  const admin = [rule('tcp 22', '10.0.0.0/8')];
  expect(equal(allowed([...web, ...admin]), union(allowed(web), allowed(admin)))).toBe(true);
});

test('the rules to blame are those that allow some of the packets', () => {
  const rules = [
    { id: 'sgr-https', ...rule('tcp 443', '0.0.0.0/0') },
    { id: 'sgr-low', ...rule('tcp 0 1023', '0.0.0.0/1') },
    { id: 'sgr-all6', ...rule('-1', '::/0') },
    { id: 'sgr-group', ...rule('tcp 22', 'sg-other') },
    { id: 'sgr-out', ...rule('tcp 22', '0.0.0.0/0', 'egress') },
  ];
  const blame = (...packets: AllowRule[]) =>
    rulesAllowing(rules, 'ingress', allowed(packets), PEERS).map(({ id }) => id);
  expect(blame(rule('tcp 22', '0.0.0.0/0'))).toEqual(['sgr-low']);
  expect(blame(rule('tcp 443', '0.0.0.0/0'))).toEqual(['sgr-https', 'sgr-low']);
  expect(blame(rule('tcp 443', '200.0.0.0/8'))).toEqual(['sgr-https']);
  expect(blame(rule('tcp 22', '2001:db8::/32'), rule('tcp 22', 'sg-other'))).toEqual([
    'sgr-all6',
    'sgr-group',
  ]);
  expect(blame(rule('udp 53', '0.0.0.0/0'))).toEqual([]);
});
