import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Baseline } from '../../model/baseline/baseline.ts';
import { type Component, NetworkAclRow, SecurityGroupRow } from '../../model/baseline/row.ts';
import { readBaseline } from '../read.ts';
import { designOf } from './design.ts';
import { quotaRemarks } from './quotas.ts';

const file = new URL('../../../securecart-baseline.yaml', import.meta.url);
const shipped = readBaseline(readFileSync(file, 'utf8'), 'securecart-baseline.yaml');

type Change = (baseline: Baseline) => Baseline;

/** The backend lets in that many ports of a peer, and nothing else. */
const backendIngress =
  (count: number, peer: object): Change =>
  baseline => ({
    ...baseline,
    securityGroups: {
      ...baseline.securityGroups,
      rows: [
        ...baseline.securityGroups.rows.filter(
          ({ component, direction }) => component !== 'backend' || direction !== 'ingress',
        ),
        SecurityGroupRow.parse({
          id: 'trial',
          component: 'backend',
          direction: 'ingress',
          effect: 'allow',
          protocol: 'tcp',
          // Every other port, so that no two make one range.
          ports: Array.from({ length: count }, (_, index) => 1000 + 2 * index),
          peer,
          purpose: 'A trial.',
          origin: 'document',
        }),
      ],
    },
  });

/** The public tier lets in that many ports, and nothing else. */
const publicInbound =
  (count: number): Change =>
  baseline => ({
    ...baseline,
    networkAcls: {
      ...baseline.networkAcls,
      rows: [
        ...baseline.networkAcls.rows.filter(
          ({ tier, direction }) => tier !== 'public' || direction !== 'inbound',
        ),
        NetworkAclRow.parse({
          id: 'trial',
          tier: 'public',
          direction: 'inbound',
          number: 100,
          action: 'allow',
          protocol: 'tcp',
          ports: Array.from({ length: count }, (_, index) => 1000 + 2 * index),
          peer: { network: 'vpc' },
          purpose: 'A trial.',
          origin: 'document',
        }),
      ],
    },
  });

/** A component is that many groups. */
const groups =
  (component: Component, count: number): Change =>
  baseline => ({
    ...baseline,
    components: {
      ...baseline.components,
      [component]: {
        ...baseline.components[component],
        securityGroups: Array.from({ length: count }, (_, index) => `sg-${index}`),
      },
    },
  });

const CIDR = { cidr: '192.0.2.0/24' };

test.each<[string, Change[], string[]]>([
  ['the shipped baseline is far from every quota', [], []],
  ['53 rules leave room', [backendIngress(53, CIDR)], []],
  [
    '54 rules are nearly a full group',
    [backendIngress(54, CIDR)],
    ['note rules-per-group backend ingress ipv4 54/60'],
  ],
  ['60 rules fill it', [backendIngress(60, CIDR)], ['note rules-per-group backend ingress ipv4 60/60']],
  ['61 rules do not fit', [backendIngress(61, CIDR)], ['defect rules-per-group backend ingress ipv4 61/60']],
  [
    'a reference to a group counts in both families',
    [backendIngress(61, { component: 'alb' })],
    [
      'defect rules-per-group backend ingress ipv4 61/60',
      'defect rules-per-group backend ingress ipv6 61/60',
    ],
  ],
  [
    'a component of three groups is three references',
    [backendIngress(21, { component: 'lambda' }), groups('lambda', 3)],
    [
      'defect rules-per-group backend ingress ipv4 63/60',
      'defect rules-per-group backend ingress ipv6 63/60',
    ],
  ],
  [
    'the entry that denies the rest counts',
    [publicInbound(20)],
    ['defect entries-per-acl public inbound ipv4 21/20'],
  ],
  [
    '19 entries and that one fill an ACL',
    [publicInbound(19)],
    ['note entries-per-acl public inbound ipv4 20/20'],
  ],
  ['four groups on an interface leave room', [groups('rds', 4)], []],
  ['five fill it', [groups('rds', 5)], ['note groups-per-interface rds 5/5']],
  ['six do not fit', [groups('rds', 6)], ['defect groups-per-interface rds 6/5']],
  [
    'each group on an interface has all of its rules',
    [backendIngress(50, CIDR), groups('backend', 21)],
    ['defect groups-per-interface backend 21/5', 'defect rules-per-interface backend 1050/1000'],
  ],
])('%s', (_, changes, expected) => {
  const baseline = changes.reduce((changed, change) => change(changed), shipped);
  const said = quotaRemarks(designOf(baseline)).map(remark => {
    if (remark.kind !== 'quota') return remark.kind;
    const { level, quota, of, family, used, limit } = remark;
    return [level, quota, of, ...(family === undefined ? [] : [family]), `${used}/${limit}`].join(' ');
  });
  expect(said).toEqual(expected);
});
