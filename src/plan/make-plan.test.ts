import { describe, expect, test } from 'vitest';
import { planFor, planForShop } from '../../test/apply/planned.ts';
import {
  type Facts,
  GROUP,
  group,
  networkAcl,
  networkInterface,
  rule,
  shop,
} from '../../test/builders/shop.ts';
import { shippedBaseline, snapshotOfShop } from '../../test/builders/snapshot.ts';
import type { SecurityGroupRow } from '../model/baseline/row.ts';
import type { Obstacle } from '../model/plan.ts';
import type { PlanInput } from './make-plan.ts';

/** The shop, drifted by `change`. */
function drifted(change: (facts: Facts) => void): Facts {
  const facts = shop();
  change(facts);
  return facts;
}

const tagged = (facts: Facts, id: string, tags: Record<string, string>): void => {
  facts['ec2.securityGroups'] = facts['ec2.securityGroups'].map(other =>
    other.id === id ? { ...other, tags } : other,
  );
};

const openDatabase = (facts: Facts): void => {
  facts['ec2.securityGroupRules'].push(rule('sgr-0bad', GROUP.rds, 'ingress tcp 5432 0.0.0.0/0'));
};

interface Guarded {
  readonly given: (facts: Facts) => void;
  readonly obstacle: Obstacle;
  readonly says: RegExp;
  /** What the user says, so that the mend is planned all the same; absent where nothing helps. */
  readonly unless?: Partial<PlanInput['options']>;
  readonly options?: Partial<PlanInput['options']>;
}

const guards: Record<string, Guarded> = {
  'of CloudFormation': {
    given: facts => {
      openDatabase(facts);
      tagged(facts, GROUP.rds, { 'aws:cloudformation:stack-name': 'shop' });
    },
    obstacle: 'managed',
    says: /CloudFormation stack shop/,
    unless: { includeManaged: true },
  },
  'of Terraform': {
    given: facts => {
      openDatabase(facts);
      tagged(facts, GROUP.rds, { ManagedBy: 'terraform' });
    },
    obstacle: 'managed',
    says: /Terraform \(tag ManagedBy=terraform\)/,
    unless: { includeManaged: true },
  },
  'that would hold too many rules at its peak': {
    given: facts => {
      facts['ec2.securityGroupRules'] = [
        ...facts['ec2.securityGroupRules'].filter(({ id }) => id !== 'sgr-0d1'),
        ...Array.from({ length: 60 }, (_, n) =>
          rule(`sgr-0bad${n}`, GROUP.rds, `ingress tcp 5432 192.0.2.${n}/32`),
        ),
      ];
    },
    obstacle: 'quota',
    says: /61 ingress rules for ipv4 .* the quota is 60/,
  },
  'by which the caller comes in': {
    given: facts => {
      facts['ec2.securityGroupRules'].push(rule('sgr-0bad', GROUP.backend, 'ingress tcp 22 203.0.113.0/24'));
    },
    options: { callerAddress: '203.0.113.9' },
    obstacle: 'would-lock-out',
    says: /tcp 22 to 203\.0\.113\.9/,
    unless: { allowDisruptive: true },
  },
  'on which a flow to an unbound component may rest': {
    given: facts => {
      facts['rds.dbInstances'] = [];
      facts['ec2.securityGroupRules'] = facts['ec2.securityGroupRules'].map(other =>
        other.id === 'sgr-0b2' ? rule('sgr-0b2', GROUP.backend, 'egress -1 any 0.0.0.0/0') : other,
      );
    },
    obstacle: 'would-cut-flow',
    says: /backend-to-rds may rest on sgr-0b2/,
    unless: { allowDisruptive: true },
  },
  'that is a default group in use': {
    given: facts => {
      facts['ec2.securityGroupRules'].push(rule('sgr-0bad', GROUP.default, 'egress -1 any 0.0.0.0/0'));
      facts['ec2.networkInterfaces'].push(
        networkInterface('eni-0fff', 'subnet-0b1', 'interface', 'someone', GROUP.default),
      );
    },
    obstacle: 'disruptive',
    says: /eni-0fff would lose what the group allows/,
    unless: { allowDisruptive: true },
  },
};

describe.each(Object.entries(guards))('a group %s', (_, { given, obstacle, says, options = {} }) => {
  test('is left alone, and the plan says why', () => {
    const plan = planForShop(drifted(given), options);
    expect(plan.mends).toEqual([]);
    const told = plan.leftAlone.filter(item => item.obstacle === obstacle);
    expect(told.map(({ detail }) => detail)).toEqual([expect.stringMatching(says)]);
  });
});

const avoidable = Object.entries(guards).flatMap(([name, { unless, ...guard }]) =>
  unless === undefined ? [] : [{ name, unless, ...guard }],
);

test.each(avoidable)('a group $name is mended where the user says so', ({ given, options = {}, unless }) => {
  expect(planForShop(drifted(given), { ...options, ...unless }).mends).toHaveLength(1);
});

test('a shop that has not drifted needs no plan', () => {
  const { mends, leftAlone, fingerprints } = planForShop(shop());
  expect({ mends, leftAlone, fingerprints }).toEqual({ mends: [], leftAlone: [], fingerprints: [] });
});

test('a group that is no component’s is left to people', () => {
  const facts = drifted(given => {
    given['ec2.securityGroups'].push(group('sg-0aaa', 'other'));
    given['ec2.securityGroupRules'].push(rule('sgr-0aaa', 'sg-0aaa', 'ingress tcp 22 0.0.0.0/0'));
  });
  const plan = planForShop(facts);
  expect(plan.mends).toEqual([]);
  expect(new Set(plan.leftAlone.map(({ obstacle }) => obstacle))).toEqual(new Set(['no-mend']));
});

test('a NACL that says the same is taken instead of a new one', () => {
  const facts = drifted(given => {
    given['ec2.networkAcls'] = given['ec2.networkAcls'].flatMap(acl =>
      acl.id === 'acl-0d'
        ? [
            { ...acl, associations: [] },
            networkAcl('acl-0e', ['subnet-0d1', 'subnet-0d2'], ['inbound 1 allow all 0.0.0.0/0']),
          ]
        : [acl],
    );
  });
  const [mend] = planForShop(facts).mends;
  expect(mend?.changes.map(({ call }) => call.operation)).toEqual([
    'ReplaceNetworkAclAssociation',
    'ReplaceNetworkAclAssociation',
    'CreateTags',
  ]);
});

describe('a flow that no row of the baseline lets through', () => {
  /** The shipped baseline without the row by which the backend calls the database. */
  const { securityGroups } = shippedBaseline;
  const isRow = ({ component, direction, ports }: SecurityGroupRow) =>
    component === 'backend' && direction === 'egress' && ports?.some(({ from }) => from === 5432) === true;
  const rows = securityGroups.rows.filter(row => !isRow(row));
  const baseline = { ...shippedBaseline, securityGroups: { ...securityGroups, rows } };
  const backendEgress: PlanInput['wanted'] = ({ control }) => control === 'security-group/backend-egress';

  test('is not cut where it passes now', () => {
    expect(rows).toHaveLength(securityGroups.rows.length - 1);
    const plan = planFor(snapshotOfShop(shop()), {}, backendEgress, baseline);
    expect(plan.mends).toEqual([]);
    expect(plan.leftAlone).toMatchObject([
      { obstacle: 'would-cut-flow', detail: expect.stringContaining('backend-to-rds passes now') },
    ]);
  });

  test('stands in no way where it is stopped elsewhere', () => {
    const facts = drifted(given => {
      given['ec2.networkAcls'] = given['ec2.networkAcls'].map(acl =>
        acl.id === 'acl-0d' ? { ...acl, entries: [] } : acl,
      );
    });
    expect(planFor(snapshotOfShop(facts), {}, backendEgress, baseline).mends).toHaveLength(1);
  });
});

describe('a flow that no row of a tier’s network ACL lets through', () => {
  /** The shipped baseline without the row by which the private tier calls the database. */
  const { networkAcls } = shippedBaseline;
  const rows = networkAcls.rows.filter(
    ({ tier, direction, ports }) =>
      !(tier === 'private' && direction === 'outbound' && ports?.some(({ from }) => from === 5432) === true),
  );
  const baseline = { ...shippedBaseline, networkAcls: { ...networkAcls, rows } };
  const plan = (change: (facts: Facts) => void, options: Partial<PlanInput['options']> = {}) =>
    planFor(
      snapshotOfShop(drifted(change)),
      options,
      ({ control }) => control === 'network-acl/private-outbound',
      baseline,
    );
  const noDatabase = (facts: Facts): void => {
    facts['rds.dbInstances'] = [];
    facts['ec2.networkInterfaces'] = facts['ec2.networkInterfaces'].filter(
      ({ securityGroups }) => !securityGroups.includes(GROUP.rds),
    );
  };

  test.each([
    { name: 'where it passes now', given: () => {}, says: 'backend-to-rds passes now' },
    {
      name: 'where nothing is known at its other end, and somebody stands in the tier',
      given: noDatabase,
      says: 'backend-to-rds may pass tcp 5432 to 10.0.32.0/20 now',
    },
  ])('is not cut $name', ({ given, says }) => {
    const { mends, leftAlone } = plan(given);
    expect(mends).toEqual([]);
    expect(leftAlone).toMatchObject([{ obstacle: 'would-cut-flow', detail: expect.stringContaining(says) }]);
    expect(plan(given, { allowDisruptive: true }).mends).toHaveLength(1);
  });

  test.each([
    {
      name: 'where it is stopped elsewhere',
      given: (facts: Facts) => {
        facts['ec2.networkAcls'] = facts['ec2.networkAcls'].map(acl =>
          acl.id === 'acl-0d' ? { ...acl, entries: [] } : acl,
        );
      },
    },
    {
      name: 'where nobody stands in the tier',
      given: (facts: Facts) => {
        noDatabase(facts);
        facts['ec2.networkInterfaces'] = [];
      },
    },
  ])('stands in no way $name', ({ given }) => {
    expect(plan(given).mends).toHaveLength(1);
  });

  test('keeps the findings about what other tiers share with it, which no mend of theirs ends', () => {
    const facts = drifted(given => {
      const all = ['inbound 100 allow all 0.0.0.0/0', 'outbound 100 allow all 0.0.0.0/0'];
      const subnets = given['ec2.networkAcls'].flatMap(({ associations }) =>
        associations.map(({ subnet }) => subnet),
      );
      given['ec2.networkAcls'] = [{ ...networkAcl('acl-0f', subnets, all), isDefault: true }];
    });
    const { mends, leftAlone } = planFor(snapshotOfShop(facts), {}, undefined, baseline);
    const claims = Object.fromEntries(
      mends.map(({ title, for: causes }) => [title, [...new Set(causes.map(({ control }) => control))]]),
    );
    const mended = (tier: string) => ({
      [`give the ${tier} tier's subnets a network ACL with its rows`]: [
        'network-acl/association',
        `network-acl/${tier}-inbound`,
        `network-acl/${tier}-outbound`,
      ],
    });
    expect(claims).toEqual({ ...mended('database'), ...mended('public') });
    const [left, ...others] = leftAlone.filter(({ obstacle }) => obstacle === 'would-cut-flow');
    expect(left?.for.map(({ control }) => control)).toContain('network-acl/remote-administration');
    expect(others).toEqual([]);
  });
});
