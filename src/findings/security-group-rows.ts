import { componentFacts } from '../binding/binding.ts';
import type { Component } from '../model/baseline/row.ts';
import type { Packet } from '../model/packet.ts';
import { cidrBlock } from '../network/address.ts';
import { difference, intersection } from '../network/packet-set.ts';
import { type AllowRule, allowedPackets } from '../network/security-group.ts';
import { servicesOfRule } from '../network/service.ts';
import { witness } from '../network/witness.ts';
import type { SecurityGroupRule } from '../services/ec2/facts.ts';
import type { FactName } from '../services/facts.ts';
import { heldFor } from './baseline-item.ts';
import type { Outcome, VpcAudit } from './control.ts';
import { vpcResource } from './resources.ts';
import {
  beyond,
  type Comparison,
  comparisonOf,
  extraRules,
  type LocatedRow,
  lackingRules,
  namingGroups,
} from './row-comparison.ts';
import { describeRules, packetWords, peerName } from './rule-words.ts';
import { rulesByGroup } from './rules-by-group.ts';
import { wantedRules } from './wanted-rules.ts';

type Message = keyof typeof securityGroupMessages;

/** How the rows of security groups are told, whichever component they are of. */
export const securityGroupMessages = {
  inForce: 'Row {row} is in force.',
  missing: 'Row {row} is not in force: {packets} is not allowed.',
  changed: 'Row {row} stands there in another form: rule {rule} has taken its place.',
  extra: 'Rule {rule} allows {packets}, which no row of the baseline does.',
  nothingElse: 'Nothing is allowed that no row of the baseline allows.',
  peerUnbound: 'Row {row} is about a component to which no security group is bound.',
  unbound: 'No security group is bound to {component}: see security-group/component-binding.',
} as const;

const needs = [
  ...componentFacts,
  'ec2.securityGroupRules',
  'ec2.prefixLists',
] as const satisfies readonly FactName[];

/** What the controls of one component's rows in one direction share; each adds what it demands, and why. */
export const securityGroupRows = (component: Component, direction: Packet['direction']) => ({
  scope: 'vpc' as const,
  needs,
  messages: securityGroupMessages,
  remediation:
    'Add the rules that the missing rows ask for, then revoke, by their ids, those that no row allows: in that order no flow is cut. `securecart fix` plans both.',
  evaluate: (audit: VpcAudit): Iterable<Outcome<Message>> => judgeComponent(audit, component, direction),
});

/**
 * Every row once for each list of groups that go together on an attachment, and every rule that allows more than the
 * rows do once for its group. A rule that has taken a row's place is told with the row, and not again.
 */
function* judgeComponent(
  audit: VpcAudit,
  component: Component,
  direction: Packet['direction'],
): Iterable<Outcome<Message>> {
  const { groups, attachments } = audit.component(component);
  if (groups.length === 0) {
    yield {
      status: 'not-applicable',
      resource: vpcResource(audit, audit.vpc),
      message: 'unbound',
      data: { component },
    };
    return;
  }
  const byGroup = rulesByGroup(audit.value('ec2.securityGroupRules'));
  const liveOf = (group: string) => (byGroup.get(group) ?? []).filter(rule => rule.direction === direction);
  const comparison = comparisonOf(audit, component, direction, groups.flatMap(liveOf));
  const extras = new Map(groups.map(group => [group, extraRules(liveOf(group), comparison)]));
  const told = new Set<SecurityGroupRule>();
  for (const attached of attachments) {
    const live = attached.flatMap(liveOf);
    for (const located of comparison.rows) {
      const candidates = attached.flatMap(group => extras.get(group) ?? []).filter(rule => !told.has(rule));
      yield judgeRow(located, { attached, live, candidates, comparison, told });
    }
  }
  for (const [group, rules] of extras) {
    for (const rule of rules) if (!told.has(rule)) yield judgeExtra(rule, comparison);
    const resource = comparison.resourceOf(group);
    if (rules.length === 0) yield { status: 'pass', resource, key: 'nothing-else', message: 'nothingElse' };
  }
}

interface Attached {
  readonly attached: readonly string[];
  readonly live: readonly SecurityGroupRule[];
  /** The rules of these groups that allow more than the rows do, and are not told yet. */
  readonly candidates: readonly SecurityGroupRule[];
  readonly comparison: Comparison;
  readonly told: Set<SecurityGroupRule>;
}

function judgeRow(
  located: LocatedRow,
  { attached, live, candidates, comparison, told }: Attached,
): Outcome<Message> {
  const { row, peers } = located;
  const { direction, known, unresolved, resourceOf } = comparison;
  const [group = '', ...others] = attached;
  const about = {
    resource: resourceOf(group),
    key: others.length === 0 ? row.id : `${row.id} ${attached.join('+')}`,
    ...heldFor(row),
  };
  if (peers.length === 0)
    return { status: 'not-applicable', ...about, message: 'peerUnbound', data: { row: row.id } };
  const wanted = wantedRules(row, peers.flat());
  const expected = describeRules(wanted);
  const lacking = lackingRules(located, live, comparison);
  const inForce = { status: 'pass', ...about, message: 'inForce', data: { row: row.id }, expected } as const;
  if (lacking.length === 0) return inForce;
  // Where the addresses of the row's own prefix list are not known, any CIDR may hold them.
  const hidden = lacking.filter(wanted =>
    live.some(rule => 'cidr' in rule.peer && holdsServices(rule)(wanted)),
  );
  const reason = [...live, ...hidden].map(unresolved).find(reason => reason !== undefined);
  if (reason !== undefined) return { status: 'unknown', ...about, reason };
  const changed =
    candidates.find(rule => lacking.some(sameServices(rule))) ??
    candidates.find(rule => lacking.some(samePeer(rule)));
  if (changed !== undefined) {
    told.add(changed);
    return {
      status: 'fail',
      ...about,
      message: 'changed',
      data: { row: row.id, rule: changed.id },
      expected,
      actual: describeRules([changed]),
      witness: witness(beyond(changed, comparison), direction),
      blame: [changed.id],
    };
  }
  // What is wider than the row in every way lets its packets through, and is told as an extra rule.
  if (lackingRules(located, namingGroups(live, located, comparison), comparison).length === 0) return inForce;
  const allowed = allowedPackets(live, direction, known);
  const missing = allowedPackets(lacking, direction, known);
  return {
    status: 'fail',
    ...about,
    message: 'missing',
    data: { row: row.id, packets: packetWords(difference(missing, allowed), direction) },
    expected,
    actual: packetWords(intersection(allowedPackets(wanted, direction, known), allowed), direction),
    witness: witness(difference(missing, allowed), direction),
  };
}

function judgeExtra(rule: SecurityGroupRule, comparison: Comparison): Outcome<Message> {
  const { direction, rows, unresolved, resourceOf } = comparison;
  const about = { resource: resourceOf(rule.group), key: rule.id };
  const reason = unresolved(rule);
  if (reason !== undefined) return { status: 'unknown', ...about, reason };
  const extra = beyond(rule, comparison);
  return {
    status: 'fail',
    ...about,
    message: 'extra',
    data: { rule: rule.id, packets: packetWords(extra, direction) },
    expected: describeRules(rows.flatMap(({ row, peers }) => wantedRules(row, peers.flat()))),
    actual: describeRules([rule]),
    witness: witness(extra, direction),
    blame: [rule.id],
  };
}

const sameServices = (a: AllowRule) => (b: AllowRule) => {
  const [x, y] = [servicesOfRule(a), servicesOfRule(b)];
  return x.start === y.start && x.end === y.end;
};

const holdsServices = (outer: AllowRule) => (inner: AllowRule) => {
  const [x, y] = [servicesOfRule(outer), servicesOfRule(inner)];
  return x.start <= y.start && y.end <= x.end;
};

const samePeer = (a: AllowRule) => (b: AllowRule) =>
  a.peer.kind === b.peer.kind && canonicalName(a.peer) === canonicalName(b.peer);

const canonicalName = (peer: AllowRule['peer']): string =>
  'cidr' in peer ? cidrBlock(peer.cidr).cidr : peerName(peer);
