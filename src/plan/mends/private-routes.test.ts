import { describe, expect, test } from 'vitest';
import { planForShop } from '../../../test/apply/planned.ts';
import { type Facts, route, shop } from '../../../test/builders/shop.ts';
import { changesOf } from '../../model/plan.ts';

/** The shop with routes added to a table. */
const open =
  (table: string, ...routes: ReturnType<typeof route>[]) =>
  (facts: Facts): void => {
    for (const { id, routes: own } of facts['ec2.routeTables']) if (id === table) own.push(...routes);
  };

/** Lets a subnet follow another table, or the main one. */
function follow(facts: Facts, subnet: string, table?: string): void {
  for (const other of facts['ec2.routeTables']) {
    other.subnets = other.subnets.filter(id => id !== subnet);
    if (other.id === table) other.subnets.push(subnet);
  }
}

function drifted(...changes: ((facts: Facts) => void)[]): Facts {
  const facts = shop();
  for (const change of changes) change(facts);
  return facts;
}

const out = route('0.0.0.0/0', 'igw-0a');

/** What is given, and the calls that mend it: the operation, and the part of its input that tells. */
const cases: Record<string, { facts: Facts; calls: readonly string[] }> = {
  'the table of a tier loses the routes': {
    facts: drifted(open('rtb-0d', out, route('::/0', 'eigw-0a'))),
    calls: ['DeleteRoute rtb-0d 0.0.0.0/0', 'DeleteRoute rtb-0d ::/0'],
  },
  'so does one that two tiers follow': {
    facts: drifted(open('rtb-0d', out), facts => follow(facts, 'subnet-0b2', 'rtb-0d')),
    calls: ['DeleteRoute rtb-0d 0.0.0.0/0'],
  },
  'a subnet that follows the public table gets the table of its tier': {
    facts: drifted(facts => follow(facts, 'subnet-0d1', 'rtb-0a')),
    calls: ['ReplaceRouteTableAssociation rtb-0d'],
  },
  'so does one that follows the main table': {
    facts: drifted(open('rtb-0f', out), facts => follow(facts, 'subnet-0d1')),
    calls: ['AssociateRouteTable rtb-0d subnet-0d1'],
  },
  'a tier without a table gets a new one, with the other routes and the gateway endpoints of the old one': {
    facts: drifted(open('rtb-0f', out, route('10.9.0.0/16', 'pcx-0a')), facts => {
      follow(facts, 'subnet-0b1');
      follow(facts, 'subnet-0b2');
      facts['ec2.vpcEndpoints'] = facts['ec2.vpcEndpoints'].map(endpoint =>
        endpoint.type === 'Gateway' ? { ...endpoint, routeTables: ['rtb-0f'] } : endpoint,
      );
    }),
    calls: [
      'CreateRouteTable',
      'CreateRoute 10.9.0.0/16 pcx-0a',
      'ModifyVpcEndpoint vpce-0a3',
      'ModifyVpcEndpoint vpce-0adb',
      'AssociateRouteTable subnet-0b1',
      'AssociateRouteTable subnet-0b2',
    ],
  },
};

/** The ids and CIDRs of a call's input. */
const callInWords = ({ operation, input }: { operation: string; input: object }): string => {
  const told = Object.entries(input).filter(([key]) => !['AssociationId', 'VpcId'].includes(key));
  const values = told.flatMap(([, value]) => (typeof value === 'string' ? [value] : []));
  return [operation, ...values].join(' ');
};

describe.each(Object.entries(cases))('%s', (_, { facts, calls }) => {
  test('where the user agrees to the disruption', () => {
    const plan = planForShop(facts, { allowDisruptive: true });
    expect(changesOf(plan).map(({ call }) => callInWords(call))).toEqual(calls);
    expect(changesOf(plan).filter(({ effect }) => effect.kind === 'widens')).toEqual([]);
  });

  test('and is left alone where they do not', () => {
    const plan = planForShop(facts);
    expect(plan.mends).toEqual([]);
    const told = plan.leftAlone.filter(({ obstacle }) => obstacle === 'disruptive');
    expect(told.flatMap(({ for: causes }) => causes.map(({ control }) => control))).toContain(
      'vpc/private-routes',
    );
  });
});

test('a table with a route that no plan creates is left to people', () => {
  const facts = drifted(open('rtb-0f', out, route('10.9.0.0/16', 'lgw-0a')), given => {
    follow(given, 'subnet-0b1');
    follow(given, 'subnet-0b2');
  });
  const plan = planForShop(facts, { allowDisruptive: true });
  expect(plan.mends).toEqual([]);
  expect(plan.leftAlone.map(({ detail }) => detail)).toContainEqual(expect.stringContaining('lgw-0a'));
});
