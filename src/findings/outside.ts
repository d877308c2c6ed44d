import { componentFacts } from '../binding/binding.ts';
import type { Component } from '../model/baseline/row.ts';
import { difference, isEmpty } from '../network/packet-set.ts';
import { type AllowRule, allowedPackets, type KnownPeers } from '../network/security-group.ts';
import { witness } from '../network/witness.ts';
import type { SecurityGroup, SecurityGroupRule, Vpc } from '../services/ec2/facts.ts';
import type { FactName } from '../services/facts.ts';
import { heldFor } from './baseline-item.ts';
import type { Outcome, VpcAudit } from './control.ts';
import { prefixLists } from './prefix-lists.ts';
import { groupResource, vpcResource } from './resources.ts';
import { describeRules, packetWords } from './rule-words.ts';
import { rulesByGroup } from './rules-by-group.ts';

const messages = {
  closed: 'Nothing is let in from outside the VPC.',
  open: 'Rule {rule} lets in {packets}, which is outside the VPC.',
  unbound: 'No security group is bound to {component}: see security-group/component-binding.',
} as const;

type Message = keyof typeof messages;

const needs = [
  ...componentFacts,
  'ec2.securityGroupRules',
  'ec2.prefixLists',
] as const satisfies readonly FactName[];

/**
 * What the controls of the rows that deny a component the internet share. Groups only allow, so such a row is an
 * assertion: no rule, whatever it names, lets in a packet from outside the VPC's own addresses.
 */
export const nothingFromOutside = (component: Component) => ({
  scope: 'vpc' as const,
  needs,
  messages,
  remediation:
    'Revoke each rule by its id; where somebody has to reach the component, let in their security group instead. `securecart fix` plans it.',
  evaluate: (audit: VpcAudit): Iterable<Outcome<Message>> => judgeComponent(audit, component),
});

function* judgeComponent(audit: VpcAudit, component: Component): Iterable<Outcome<Message>> {
  const { groups: bound, carriers } = audit.component(component);
  // Whatever is carried beside the component's own groups lets in as well.
  const carried = carriers.kind === 'known' ? carriers.value.flatMap(({ groups }) => groups) : [];
  const groups = [...new Set([...bound, ...carried])];
  const whole = vpcResource(audit, audit.vpc);
  if (groups.length === 0) {
    yield { status: 'not-applicable', resource: whole, message: 'unbound', data: { component } };
  }
  if (carriers.kind === 'unknown') yield { status: 'unknown', resource: whole, reason: carriers.reason };
  const row = assertionOf(audit, component);
  const all = new Map(audit.value('ec2.securityGroups').map(group => [group.id, group]));
  const rules = rulesByGroup(audit.value('ec2.securityGroupRules'));
  const judge = judgeRule(audit, all);
  for (const id of groups) {
    const resource = groupResource(audit, all.get(id) ?? { id, owner: audit.vpc.owner, name: id });
    const told = (rules.get(id) ?? []).flatMap(rule => judge(rule) ?? []);
    for (const outcome of told) yield { ...outcome, resource, ...row };
    if (told.length === 0) yield { status: 'pass', resource, ...row, message: 'closed' };
  }
}

/** The row of the baseline that is held, where the baseline has one. */
function assertionOf({ baseline }: VpcAudit, component: Component) {
  const found = baseline.securityGroups.rows.find(
    row => row.component === component && row.direction === 'ingress' && row.effect === 'deny',
  );
  return found && heldFor(found);
}

/** A fail for what a rule lets in from outside, unknown where that is not known, and nothing where it lets in nothing. */
function judgeRule(audit: VpcAudit, groups: ReadonlyMap<string, SecurityGroup>) {
  const { lists, unresolved } = prefixLists(audit.fact('ec2.prefixLists'));
  const inside = allowedPackets(everythingFrom(audit.vpc), 'ingress', {
    prefixLists: lists,
    groups: new Map(),
  });
  const known: KnownPeers = { prefixLists: lists, groups: membersInside(groups, audit.vpc) };
  return (rule: SecurityGroupRule) => {
    if (rule.direction !== 'ingress') return undefined;
    const reason = unresolved(rule);
    if (reason !== undefined) return { status: 'unknown' as const, key: rule.id, reason };
    const outside = difference(allowedPackets([rule], 'ingress', known), inside);
    if (isEmpty(outside)) return undefined;
    return {
      status: 'fail' as const,
      key: rule.id,
      message: 'open' as const,
      data: { rule: rule.id, packets: packetWords(outside, 'ingress') },
      expected: 'nothing from outside the VPC',
      actual: describeRules([rule]),
      witness: witness(outside, 'ingress'),
      blame: [rule.id],
    };
  };
}

const everythingFrom = ({ cidrs, ipv6Cidrs }: Vpc): AllowRule[] => [
  ...cidrs.map(cidr => ({
    direction: 'ingress' as const,
    protocol: '-1',
    peer: { kind: 'ipv4' as const, cidr },
  })),
  ...ipv6Cidrs.map(cidr => ({
    direction: 'ingress' as const,
    protocol: '-1',
    peer: { kind: 'ipv6' as const, cidr },
  })),
];

/**
 * The groups of the VPC, as peers without an address that matters: their interfaces have addresses of the VPC. Of a
 * group of a peered VPC or of another account that cannot be said, so it stays a peer from outside.
 */
const membersInside = (groups: ReadonlyMap<string, SecurityGroup>, vpc: Vpc): Map<string, string[]> =>
  new Map([...groups.values()].filter(group => group.vpc === vpc.id).map(({ id }) => [id, []]));
