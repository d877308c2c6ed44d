import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../model/baseline/baseline.ts';
import { NetworkAclRow, SecurityGroupRow } from '../../model/baseline/row.ts';
import type { BaselineCheck, RowList } from '../../model/baseline-check.ts';
import { literalBaseline } from '../literal.ts';
import { readBaseline } from '../read.ts';
import { checkBaseline } from './check.ts';

const file = new URL('../../../securecart-baseline.yaml', import.meta.url);
const shipped = readBaseline(readFileSync(file, 'utf8'), 'securecart-baseline.yaml');

const check = (baseline: Baseline, literal = false): BaselineCheck =>
  checkBaseline(baseline, {
    tool: { name: 'securecart', version: '0.0.0' },
    baseline: { name: baseline.name, digest: '', literal },
  });

const nameOf = (list: RowList): string =>
  list.kind === 'security-group' ? `${list.component} ${list.direction}` : `${list.tier} ${list.direction}`;

/** The lists that block a flow, each with its leg and what stops the packets there. */
function obstaclesOf({ flows }: BaselineCheck, id: string): string[] {
  const flow = flows.find(flow => flow.id === id);
  if (flow?.verdict !== 'blocked') return [];
  return flow.obstacles.map(obstacle =>
    obstacle.kind === 'list'
      ? `${obstacle.leg} ${nameOf(obstacle.list)}: ${obstacle.rows.join(', ') || 'no row'}`
      : `no route to ${obstacle.to}`,
  );
}

const told = { purpose: 'A trial.', origin: 'derived', because: 'A trial.', for: ['alb-to-backend'] };

const withGroupRow = (baseline: Baseline, row: object): Baseline => ({
  ...baseline,
  securityGroups: {
    ...baseline.securityGroups,
    rows: [
      ...baseline.securityGroups.rows,
      SecurityGroupRow.parse({ id: 'trial', effect: 'allow', ...told, ...row }),
    ],
  },
});

const withAclRow = (baseline: Baseline, row: object): Baseline => ({
  ...baseline,
  networkAcls: {
    ...baseline.networkAcls,
    rows: [
      ...baseline.networkAcls.rows,
      NetworkAclRow.parse({ id: 'trial', action: 'allow', ...told, ...row }),
    ],
  },
});

const needOfTrial = ({ rows }: BaselineCheck) => rows.find(({ id }) => id === 'trial');

test('the shipped baseline is sound, and each derived row is needed', () => {
  const { summary, rows, openings } = check(shipped);
  expect(summary).toMatchObject({ flows: { sound: 11, total: 11 }, defects: 0 });
  expect(rows.filter(({ origin, level }) => origin === 'derived' && level !== 'sound')).toEqual([]);
  // The document lets Lambda out to 0.0.0.0/0, and the load balancer to all of the VPC, in which it stands itself.
  expect(
    openings.map(({ from, to, services, replies }) => [from, to, services.join(), replies.join()]),
  ).toEqual([
    ['alb', 'alb', 'tcp 80, 443', 'all tcp'],
    ['lambda', 'alb', 'tcp 443', 'tcp 8080'],
    ['lambda', 's3', 'tcp 443', 'tcp 1024-65535'],
    ['lambda', 'dynamodb', 'tcp 443', 'tcp 1024-65535'],
  ]);
});

describe('the document taken literally', () => {
  const literal = check(literalBaseline(shipped), true);

  // What blocks each flow, as it was worked out by hand from the tables.
  test.each([
    ['customer-to-alb', ['reply public outbound: public-out-rest']],
    [
      'alb-to-backend',
      [
        'request alb egress: no row',
        'request public outbound: public-out-rest',
        'reply private outbound: no row',
        'reply public inbound: public-in-rest',
      ],
    ],
    [
      'backend-to-rds',
      [
        'request backend egress: no row',
        'request private outbound: no row',
        'reply database outbound: database-out-rest',
        'reply private inbound: private-in-rest',
      ],
    ],
    ['backend-to-s3', ['reply private inbound: private-in-rest']],
    [
      'lambda-to-aws',
      [
        'request endpoints ingress: no row',
        'request private inbound: private-in-rest',
        'reply private outbound: no row',
        'reply private inbound: private-in-rest',
      ],
    ],
  ])('blocks %s', (flow, obstacles) => {
    expect(obstaclesOf(literal, flow)).toEqual(obstacles);
  });

  test.each([
    ['alb-out-vpc', 'opens', [{ flow: 'alb-to-backend', by: 'ports' }]],
    ['public-out-vpc', 'opens', [{ flow: 'alb-to-backend', by: 'ports' }]],
    ['backend-out-rds', 'dead', [{ flow: 'backend-to-rds', by: 'direction' }]],
    ['private-out-rds', 'dead', [{ flow: 'backend-to-rds', by: 'direction' }]],
  ])('%s is a defect: it was written for a flow, and misses it', (id, kind, misses) => {
    expect(literal.rows.find(row => row.id === id)).toMatchObject({
      level: 'defect',
      need: { kind, misses },
    });
  });

  test('says what AWS cannot hold as it is written, and that IPv6 is denied', () => {
    expect(literal.remarks).toMatchObject([
      { kind: 'deny-in-group', level: 'defect', row: 'backend-in-internet' },
      { kind: 'deny-in-group', level: 'defect', row: 'rds-in-internet' },
      { kind: 'several-entries', level: 'defect', row: 'public-in-web', numbers: [100, 101], opened: 362 },
      { kind: 'several-entries', level: 'defect', row: 'public-out-vpc', numbers: [120, 121], opened: 362 },
      { kind: 'one-family', level: 'defect', flows: ['customer-to-alb'] },
    ]);
  });

  test('is mended by one row in each list that blocks, and two that keep them from opening the VPC', () => {
    const { suggestion } = literal;
    expect(suggestion).toMatchObject({ least: 8, stillBlocked: [], noRoom: [] });
    expect(
      suggestion.networkAcls.map(({ tier, direction, number, action, ports, peer }) =>
        [tier, direction, number, action, ...ports, ...Object.values(peer)].join(' '),
      ),
    ).toEqual([
      'public outbound 122 allow 8080 private',
      'public outbound 123 deny 1024-65535 vpc',
      'public outbound 124 allow 1024-65535 internet',
      'private outbound 240 allow 1024-65535 public',
      'private outbound 250 allow 5432 database',
      'private outbound 260 allow 1024-65535 private',
      'public inbound 102 allow 1024-65535 private',
      'database outbound 310 allow 1024-65535 private',
      'private inbound 211 allow 1024-65535 database',
      'private inbound 212 allow 443 private',
      'private inbound 213 allow 1024-65535 private',
      'private inbound 214 deny 1024-65535 vpc',
      'private inbound 215 allow 1024-65535 internet',
    ]);
  });
});

describe('a row more', () => {
  test.each([
    [
      'that another covers',
      withGroupRow(shipped, {
        component: 'alb',
        direction: 'ingress',
        protocol: 'tcp',
        ports: [443],
        peer: { cidr: '198.51.100.0/24' },
      }),
      { level: 'defect', need: { kind: 'covered', by: ['alb-in-web'] } },
    ],
    [
      'that comes too late',
      withAclRow(shipped, {
        tier: 'public',
        direction: 'inbound',
        number: 111,
        protocol: 'tcp',
        ports: [22],
        peer: { cidr: '198.51.100.0/24' },
      }),
      { level: 'defect', need: { kind: 'contradicted', by: ['public-in-rest'] } },
    ],
    [
      'that denies what nothing allows',
      withAclRow(shipped, {
        tier: 'database',
        direction: 'inbound',
        number: 305,
        action: 'deny',
        protocol: 'udp',
        ports: ['0-65535'],
        peer: { network: 'vpc' },
      }),
      { level: 'defect', need: { kind: 'covered', by: ['database-in-rest'] } },
    ],
    [
      'that opens what no flow asks for',
      withGroupRow(shipped, {
        component: 'backend',
        direction: 'ingress',
        protocol: 'tcp',
        ports: [443],
        peer: { component: 'lambda' },
      }),
      { level: 'defect', need: { kind: 'opens', from: 'lambda', to: 'backend' } },
    ],
    [
      'that nothing reaches',
      withGroupRow(shipped, {
        component: 'backend',
        direction: 'ingress',
        protocol: 'tcp',
        ports: [9999],
        peer: { tier: 'private' },
      }),
      { level: 'defect', need: { kind: 'dead' } },
    ],
    [
      'that says a component denies what another row lets in',
      withGroupRow(shipped, {
        component: 'alb',
        direction: 'ingress',
        effect: 'deny',
        protocol: 'tcp',
        ports: [80],
        peer: { network: 'internet' },
      }),
      { level: 'defect', need: { kind: 'assertion-broken', rows: ['alb-in-web'] } },
    ],
    [
      'of IPv6, which no other list lets through',
      withAclRow(shipped, {
        tier: 'public',
        direction: 'inbound',
        number: 90,
        protocol: 'tcp',
        ports: [443],
        peer: { cidr: '::/0' },
      }),
      { level: 'defect', need: { kind: 'dead' } },
    ],
  ])('%s', (_, baseline, expected) => {
    expect(needOfTrial(check(baseline))).toMatchObject(expected);
  });

  test('over IPv6 in each list lets customers in by IPv6', () => {
    const rows = [
      { tier: 'public', direction: 'inbound', number: 90, protocol: 'tcp', ports: [80, 443] },
      { tier: 'public', direction: 'outbound', number: 90, protocol: 'tcp', ports: ['1024-65535'] },
    ];
    const open = rows.reduce(
      (baseline, row, index) =>
        withAclRow(baseline, { id: `trial-${index}`, peer: { cidr: '::/0' }, ...row }),
      withGroupRow(shipped, {
        component: 'alb',
        direction: 'ingress',
        protocol: 'tcp',
        ports: [80, 443],
        peer: { cidr: '::/0' },
      }),
    );
    const { reach, remarks } = check(open);
    expect(reach).toContainEqual({
      from: 'internet',
      to: 'alb',
      family: 'ipv6',
      services: ['tcp 80, 443'],
      intended: true,
    });
    expect(remarks.filter(({ kind }) => kind === 'one-family')).toEqual([]);
  });
});

describe('another layout', () => {
  const oneZone: Baseline = {
    ...shipped,
    network: {
      ...shipped.network,
      tiers: {
        public: {
          ...shipped.network.tiers.public,
          subnets: shipped.network.tiers.public.subnets.slice(0, 1),
        },
        private: {
          ...shipped.network.tiers.private,
          subnets: shipped.network.tiers.private.subnets.slice(0, 1),
        },
        database: {
          ...shipped.network.tiers.database,
          subnets: shipped.network.tiers.database.subnets.slice(0, 1),
        },
      },
    },
  };

  test('in one zone, the rows for endpoints in another one are needed by nobody', () => {
    const idle = check(oneZone).rows.filter(({ level }) => level === 'defect');
    expect(idle.map(({ id }) => id).sort()).toEqual([
      'private-in-endpoints',
      'private-in-replies-endpoints',
      'private-out-replies-endpoints',
    ]);
  });

  test('without a gateway endpoint no route leads to S3', () => {
    const { network } = shipped;
    const bare = { ...shipped, network: { ...network, endpoints: { ...network.endpoints, gateway: [] } } };
    expect(obstaclesOf(check(bare), 'backend-to-s3')).toEqual(['no route to s3']);
  });

  test('by a NAT gateway, the public tier has to let the requests and replies through as well', () => {
    const { network } = shipped;
    const nat: Baseline = {
      ...shipped,
      network: { ...network, egress: 'nat', endpoints: { ...network.endpoints, gateway: [] } },
    };
    // In by 443 from anywhere; out 443 to the internet by no row; the reply to the gateway's port, then to the backend's.
    expect(obstaclesOf(check(nat), 'backend-to-s3')).toEqual([
      'request public outbound: public-out-rest',
      'reply public inbound: public-in-rest',
      'reply public outbound: public-out-not-vpc',
    ]);
    expect(check(nat).suggestion).toMatchObject({ stillBlocked: [], noRoom: [] });
  });

  test('a network ACL with more entries than AWS allows is told before anybody applies it', () => {
    const many = Array.from({ length: 20 }, (_, index) => index);
    const crowded = many.reduce(
      (baseline, index) =>
        withAclRow(baseline, {
          id: `trial-${index}`,
          tier: 'database',
          direction: 'inbound',
          number: 1 + index,
          protocol: 'tcp',
          ports: [5432],
          peer: { cidr: `10.0.16.${index}/32` },
        }),
      shipped,
    );
    expect(check(crowded).remarks).toContainEqual({
      kind: 'quota',
      level: 'defect',
      quota: 'entries-per-acl',
      of: 'database inbound',
      family: 'ipv4',
      used: 23,
      limit: 20,
    });
  });
});
