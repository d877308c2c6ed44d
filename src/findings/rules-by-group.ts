import type { SecurityGroupRule } from '../services/ec2/facts.ts';

const indexes = new WeakMap<
  readonly SecurityGroupRule[],
  ReadonlyMap<string, readonly SecurityGroupRule[]>
>();

/** The rules of each group, by its id, in the order of theirs; one list of rules is sorted into groups once, however many controls ask. */
export function rulesByGroup(
  rules: readonly SecurityGroupRule[],
): ReadonlyMap<string, readonly SecurityGroupRule[]> {
  const known = indexes.get(rules);
  if (known !== undefined) return known;
  const index = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const own = index.get(rule.group);
    if (own === undefined) index.set(rule.group, [rule]);
    else own.push(rule);
  }
  for (const own of index.values()) own.sort((a, b) => (a.id < b.id ? -1 : 1));
  indexes.set(rules, index);
  return index;
}
