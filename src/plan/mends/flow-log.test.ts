import { expect, test } from 'vitest';
import { planFor } from '../../../test/apply/planned.ts';
import { type Facts, OWNER, REGION, shop } from '../../../test/builders/shop.ts';
import { snapshotOf } from '../../../test/builders/snapshot.ts';
import { changesOf, type Obstacle, type Plan } from '../../model/plan.ts';
import type { FactName } from '../../services/facts.ts';

const planOf = (regions: Record<string, Facts>, without: readonly FactName[] = []): Plan =>
  planFor(snapshotOf(regions, without), {}, ({ control }) => control === 'vpc/flow-logs');

function unlogged(change: (facts: Facts) => void = () => {}): Facts {
  const facts = shop();
  facts['ec2.flowLogs'] = [];
  change(facts);
  return facts;
}

test('a VPC without a flow log gets one, with all that it delivers by, and what it costs is said', () => {
  const plan = planOf({ [REGION]: unlogged() });
  expect(plan.leftAlone).toEqual([]);
  expect(plan.mends).toMatchObject([
    { for: [{ control: 'vpc/flow-logs' }], cost: expect.stringContaining('by the GB') },
  ]);
  expect(changesOf(plan).map(({ call }) => call.operation)).toEqual([
    'CreateLogGroup',
    'PutRetentionPolicy',
    'CreateRole',
    'PutRolePolicy',
    'CreateFlowLogs',
  ]);
});

test('two Regions without one get one each, told apart by their names', () => {
  const plan = planOf({ [REGION]: unlogged(), 'us-east-1': unlogged() });
  expect(plan.mends.map(({ id, region }) => `${id} ${region}`).sort()).toEqual([
    'flow-log/eu-west-1 eu-west-1',
    'flow-log/us-east-1 us-east-1',
  ]);
});

const theirs = {
  name: `securecart-flow-logs-${REGION}`,
  arn: `arn:aws:iam::${OWNER}:role/securecart/securecart-flow-logs-${REGION}`,
  trust: {},
  policies: {},
  tags: {},
};

test.each<{ name: string; facts: Facts; without?: FactName[]; obstacle: Obstacle; says: RegExp }>([
  {
    name: 'a role of that name trusts another',
    facts: unlogged(facts => {
      facts['iam.roles'] = [theirs];
    }),
    obstacle: 'ambiguous',
    says: /trusts another than VPC flow logs/,
  },
  {
    name: 'roles may not be read',
    facts: unlogged(),
    without: ['iam.roles'],
    obstacle: 'unknown',
    says: /iam\.roles was not answered/,
  },
])('where $name, none is created', ({ facts, without, obstacle, says }) => {
  const plan = planOf({ [REGION]: facts }, without);
  expect(plan.mends).toEqual([]);
  expect(plan.leftAlone).toMatchObject([
    { obstacle, detail: expect.stringMatching(says), for: [{ control: 'vpc/flow-logs' }] },
  ]);
});
