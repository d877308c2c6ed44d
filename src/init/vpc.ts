import { bind, reader } from '../binding/bind.ts';
import type { BoundVpc } from '../binding/binding.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { SecureCartError } from '../model/error.ts';
import { need } from '../model/fact.ts';
import type { Vpc } from '../services/ec2/facts.ts';
import type { Facts } from '../services/facts.ts';

/** A VPC, and why it is taken for the baseline's. */
export interface Home {
  readonly vpc: Vpc;
  readonly because: string;
}

/**
 * The VPC that a baseline is to be about: the one that is named, the one that the document would bind to, the only one, or
 * the one with the most of a shop in it. Undefined where there is none. Throws UnknownFact, and a SecureCartError where
 * only the user can tell.
 */
export function homeOf(baseline: Baseline, facts: Facts, named: string | undefined): Home | undefined {
  const bound = need(bind(baseline, facts, { vpc: named }).vpc);
  if (bound.kind === 'found') return { vpc: bound.vpc, because: WAY[bound.by] };
  if (named !== undefined)
    throw new SecureCartError('usage', `There is no ${named}.`, {
      suggestion: 'Leave out --vpc, or name one that is there.',
    });
  const vpcs = reader(facts)('ec2.vpcs');
  const made = vpcs.filter(({ isDefault }) => !isDefault);
  const [only, ...others] = made.length > 0 ? made : vpcs;
  if (only === undefined) return undefined;
  return others.length === 0
    ? { vpc: only, because: 'there is no other' }
    : busiest([only, ...others], facts);
}

const WAY = {
  option: 'it was named with --vpc',
  id: 'the document has its id',
  tag: 'it has the tag securecart:component=vpc',
  cidr: "its CIDR is the document's",
} as const satisfies Record<Extract<BoundVpc, { kind: 'found' }>['by'], string>;

/** The VPC with the most load balancers, PostgreSQL databases and functions. */
function busiest(vpcs: readonly Vpc[], facts: Facts): Home {
  const value = reader(facts);
  const homes = [
    ...value('elbv2.loadBalancers').map(({ vpc }) => vpc),
    ...value('rds.dbInstances').flatMap(({ vpc, engine }) => (engine.includes('postgres') ? [vpc] : [])),
    ...value('lambda.functions').flatMap(({ vpc }) => vpc?.id ?? []),
  ];
  const counted = vpcs.map(vpc => ({ vpc, count: homes.filter(home => home === vpc.id).length }));
  const most = Math.max(...counted.map(({ count }) => count));
  const [first, ...others] = counted.filter(({ count }) => count === most);
  if (first !== undefined && others.length === 0)
    return { vpc: first.vpc, because: `of the ${most} load balancers, databases and functions in it` };
  throw new SecureCartError(
    'usage',
    `The shop could stand in ${vpcs.map(({ id, cidrs }) => `${id} (${cidrs.join(', ')})`).join(' or ')}.`,
    { suggestion: 'Say where: --vpc ID' },
  );
}
