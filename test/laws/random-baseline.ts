import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readBaseline } from '../../src/baseline/read.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { Component, NetworkAclRow, SecurityGroupRow, Tier } from '../../src/model/baseline/row.ts';

const file = new URL('../../securecart-baseline.yaml', import.meta.url);

/** The baseline that is shipped. */
export const shipped: Baseline = readBaseline(readFileSync(file, 'utf8'), 'securecart-baseline.yaml');

const traffic = fc.oneof(
  fc.constantFrom({ protocol: 'all' }, { protocol: 'all' }, { protocol: 'icmp' }, { protocol: 'icmpv6' }),
  fc.record({
    protocol: fc.constantFrom('tcp', 'udp'),
    ports: fc.array(
      fc.constantFrom(80, 443, 5432, 8080, '0-65535', '1024-65535', '400-8080', '32768-61000'),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
  }),
);

const addressPeer = fc.oneof(
  fc.constantFrom(
    { network: 'internet' },
    { network: 'vpc' },
    { tier: 'public' },
    { tier: 'private' },
    { tier: 'database' },
  ),
  fc
    .constantFrom(
      '0.0.0.0/1',
      '10.0.0.0/8',
      '10.0.0.128/25',
      '10.0.16.0/23',
      '203.0.113.0/24',
      '::/0',
      '2001:db8::/32',
    )
    .map(cidr => ({ cidr })),
);

const groupPeer = fc.oneof(
  addressPeer,
  fc.constantFrom('alb', 'backend', 'rds', 'lambda', 'endpoints').map(component => ({ component })),
  fc.constantFrom({ service: 's3' }, { service: 'dynamodb' }),
);

const told = { purpose: 'A trial.', origin: 'derived', because: 'A trial.', for: ['backend-to-rds'] };

const groupRow = fc
  .tuple(
    fc.constantFrom('alb', 'backend', 'rds', 'lambda', 'endpoints'),
    fc.constantFrom('ingress', 'egress'),
    fc.constantFrom('allow', 'allow', 'deny'),
    traffic,
    groupPeer,
    fc.nat(),
  )
  .map(([component, direction, effect, traffic, peer, id]) =>
    SecurityGroupRow.parse({ ...told, id: `sg-${id}`, component, direction, effect, ...traffic, peer }),
  );

const aclRow = fc
  .tuple(
    fc.constantFrom('public', 'private', 'database'),
    fc.constantFrom('inbound', 'outbound'),
    fc.constantFrom('allow', 'allow', 'deny'),
    traffic,
    addressPeer,
    fc.nat(),
    fc.integer({ min: 1, max: 130 }),
  )
  .map(([tier, direction, action, traffic, peer, id, number]) =>
    NetworkAclRow.parse({
      ...told,
      id: `acl-${id}`,
      tier,
      direction,
      number: number * 3,
      action,
      ...traffic,
      peer,
    }),
  );

/** More than a table of the baseline has rows. */
const ROWS = 40;

/** Rows that let through what no other row decides, so that those that deny, or are narrow, are put to the proof. */
const openAcls = Tier.options.flatMap(tier =>
  (['inbound', 'outbound'] as const).map(direction =>
    NetworkAclRow.parse({
      ...told,
      id: `open-${tier}-${direction}`,
      tier,
      direction,
      number: 99,
      action: 'allow',
      protocol: 'all',
      peer: { network: 'internet' },
    }),
  ),
);
const openGroups = Component.options.flatMap(component =>
  (['ingress', 'egress'] as const).map(direction =>
    SecurityGroupRow.parse({
      ...told,
      id: `open-${component}-${direction}`,
      component,
      direction,
      effect: 'allow',
      protocol: 'all',
      peer: { network: 'internet' },
    }),
  ),
);

const uniqueId = { selector: ({ id }: { id: string }) => id };

/**
 * The shipped baseline with rows of its own left out and others put in, with one or two zones, with and without a NAT
 * gateway, gateway endpoints and internet routes.
 */
export const randomBaseline: fc.Arbitrary<Baseline> = fc
  .record({
    groupRows: fc.uniqueArray(groupRow, { ...uniqueId, maxLength: 16 }),
    aclRows: fc.uniqueArray(aclRow, { ...uniqueId, maxLength: 16 }),
    kept: fc.array(fc.boolean(), { minLength: ROWS, maxLength: ROWS }),
    keepsAll: fc.boolean(),
    egress: fc.constantFrom('endpoints' as const, 'nat' as const),
    gateway: fc.subarray(['s3' as const, 'dynamodb' as const]),
    zones: fc.constantFrom(1, 2),
    exposed: fc.boolean(),
    opened: fc.boolean(),
  })
  .map(({ groupRows, aclRows, kept, keepsAll, egress, gateway, zones, exposed, opened }) => {
    const some = <Row>(rows: readonly Row[]) => rows.filter((_, index) => keepsAll || kept[index] === true);
    const taken = new Set<string>();
    const numbers = aclRows.filter(({ tier, direction, number }) => {
      const key = `${tier} ${direction} ${number}`;
      // The shipped rows begin at 100, and none has a number that ends in 8 or 9.
      const isFree = !taken.has(key) && (number < 97 || number % 10 === 8);
      taken.add(key);
      return isFree;
    });
    const { network, securityGroups, networkAcls } = shipped;
    const cut = <Tier extends { subnets: unknown[] }>(tier: Tier) => ({
      ...tier,
      subnets: tier.subnets.slice(0, zones),
    });
    return {
      ...shipped,
      network: {
        ...network,
        egress,
        endpoints: { ...network.endpoints, gateway },
        tiers: {
          public: cut(network.tiers.public),
          private: { ...cut(network.tiers.private), internetRoute: exposed },
          database: cut(network.tiers.database),
        },
      },
      securityGroups: {
        ...securityGroups,
        rows: [...some(securityGroups.rows), ...groupRows, ...(opened ? openGroups : [])],
      },
      networkAcls: {
        ...networkAcls,
        rows: [...some(networkAcls.rows), ...numbers, ...(opened ? openAcls : [])],
      },
    };
  });
