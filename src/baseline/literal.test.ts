import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Baseline } from '../model/baseline/baseline.ts';
import { literalBaseline } from './literal.ts';
import { readBaseline } from './read.ts';
import { expandNetworkAclRow } from './resolve.ts';

const shipped = readBaseline(readFileSync('securecart-baseline.yaml', 'utf8'), 'securecart-baseline.yaml');

/** A list of NACL entries as `number action protocol ports cidr`, in the order in which AWS evaluates them. */
const entries = (baseline: Baseline, tier: string, direction: string): string[] =>
  baseline.networkAcls.rows
    .filter(row => row.tier === tier && row.direction === direction)
    .flatMap(row => expandNetworkAclRow(row, baseline))
    .sort((a, b) => a.number - b.number)
    .map(({ number, action, protocol, ports, cidr }) =>
      [number, action, protocol, ...(ports === undefined ? [] : [`${ports.from}-${ports.to}`]), cidr].join(
        ' ',
      ),
    );

/** What the document's tables say, by hand. */
const literal: [tier: string, direction: string, entries: string[]][] = [
  [
    'public',
    'inbound',
    ['100 allow tcp 80-80 0.0.0.0/0', '101 allow tcp 443-443 0.0.0.0/0', '110 deny all 0.0.0.0/0'],
  ],
  [
    'public',
    'outbound',
    ['120 allow tcp 80-80 10.0.0.0/16', '121 allow tcp 443-443 10.0.0.0/16', '130 deny all 0.0.0.0/0'],
  ],
  [
    'private',
    'inbound',
    ['200 allow tcp 8080-8080 10.0.0.0/20', '210 allow tcp 5432-5432 10.0.32.0/20', '220 deny all 0.0.0.0/0'],
  ],
  ['private', 'outbound', ['230 allow tcp 443-443 0.0.0.0/0']],
  ['database', 'inbound', ['300 allow tcp 5432-5432 10.0.16.0/20', '310 deny all 0.0.0.0/0']],
  ['database', 'outbound', ['320 deny all 0.0.0.0/0']],
];

/** What works: the document's rows, turned round where they must be, and those that replies need. */
const working: typeof literal = [
  [
    'public',
    'outbound',
    [
      '120 allow tcp 80-80 10.0.0.0/16',
      '121 allow tcp 443-443 10.0.0.0/16',
      '122 allow tcp 8080-8080 10.0.16.0/20',
      '123 deny tcp 1024-65535 10.0.0.0/16',
      '124 allow tcp 1024-65535 0.0.0.0/0',
      '130 deny all 0.0.0.0/0',
    ],
  ],
  [
    'private',
    'outbound',
    [
      '230 allow tcp 443-443 0.0.0.0/0',
      '240 allow tcp 1024-65535 10.0.0.0/20',
      '245 allow tcp 1024-65535 10.0.16.0/20',
      '250 allow tcp 5432-5432 10.0.32.0/20',
    ],
  ],
];

describe('the entries of the network ACLs', () => {
  test.each(literal)('%s %s, of the document alone', (tier, direction, expected) => {
    expect(entries(literalBaseline(shipped), tier, direction)).toEqual(expected);
  });
  test.each(working)('%s %s, as shipped', (tier, direction, expected) => {
    expect(entries(shipped, tier, direction)).toEqual(expected);
  });
});

describe('the security groups of the document alone', () => {
  const { rows } = literalBaseline(shipped).securityGroups;
  test('have its nine rows', () => {
    expect(rows.map(({ component, direction }) => `${component} ${direction}`)).toEqual([
      'alb ingress',
      'alb egress',
      'backend ingress',
      'backend ingress',
      'backend ingress',
      'backend egress',
      'rds ingress',
      'rds ingress',
      'lambda egress',
    ]);
  });
  test('let the database connect to the backend', () => {
    expect(rows.find(({ id }) => id === 'backend-out-rds')).toMatchObject({
      component: 'backend',
      direction: 'ingress',
      ports: [{ from: 5432, to: 5432 }],
      peer: { kind: 'component', component: 'rds' },
    });
  });
});

test('a literal rule replaces all of the row, with the ports that it does not have', () => {
  const [row] = shipped.networkAcls.rows;
  if (row === undefined) throw new Error('the shipped baseline has no NACL row');
  const { ports: _ports, ...rest } = row;
  const literal = {
    ...rest,
    protocol: 'all' as const,
    peer: { kind: 'tier' as const, tier: 'public' as const },
  };
  const changed = {
    ...shipped,
    networkAcls: { ...shipped.networkAcls, rows: [{ ...row, document: { wording: 'All', literal } }] },
  };
  expect(entries(literalBaseline(changed), 'public', 'inbound')).toEqual(['100 allow all 10.0.0.0/20']);
});
