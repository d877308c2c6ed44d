import type { JsonObject } from '../../../model/json.ts';
import type { ObjectState } from '../../../model/plan.ts';
import type { RulePeer, SecurityGroup, SecurityGroupRule } from '../facts.ts';

/** A rule without the id that EC2 gave it: what is written, and what is compared. */
export type RuleBody = Omit<SecurityGroupRule, 'id' | 'group'>;

/** A security group as plans compare it: rules by what they say, since a rule that is revoked and added again has another id. */
export const securityGroupState = (
  group: SecurityGroup,
  rules: readonly SecurityGroupRule[],
): ObjectState => ({
  name: group.name,
  description: group.description,
  vpc: group.vpc,
  tags: group.tags,
  rules: rules.filter(rule => rule.group === group.id).map(rule => ruleState(rule, group.owner)),
});

/** One rule as an item of a group's state. EC2 adds details to a reference, and -1 to ports that mean nothing: both are left out. */
export function ruleState(rule: RuleBody, owner: string): JsonObject {
  const { description, tags } = rule;
  return {
    ...ruleTerms(rule, owner),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && Object.keys(tags).length > 0 && { tags }),
  };
}

/** What EC2 forbids to say twice in a group: direction and service, then the peer. Two rules of the same path are the same rule. */
export function rulePath(rule: RuleBody, owner: string): [service: string, peer: string] {
  const { direction, protocol, from, to, peer } = ruleTerms(rule, owner);
  return [`${direction} ${protocol} ${from ?? ''}-${to ?? ''}`, peer];
}

/** {@link rulePath} as one text. */
export const ruleKey = (rule: RuleBody, owner: string): string => rulePath(rule, owner).join(' ');

/** The ids of a group's rules, each under its {@link rulePath}. */
export function ruleHandles(rules: readonly SecurityGroupRule[], owner: string): JsonObject {
  const handles: Record<string, Record<string, string>> = {};
  for (const rule of rules) {
    const [service, peer] = rulePath(rule, owner);
    handles[service] = { ...handles[service], [peer]: rule.id };
  }
  return handles;
}

function ruleTerms({ direction, protocol, from, to, peer }: RuleBody, owner: string) {
  const withPorts = PORTED.has(protocol) && from !== undefined && to !== undefined;
  return { direction, protocol, ...(withPorts && { from, to }), peer: peerText(peer, owner) };
}

/** For any other protocol EC2 ignores the ports. */
const PORTED: ReadonlySet<string> = new Set(['tcp', 'udp', 'icmp', 'icmpv6']);

function peerText(peer: RulePeer, owner: string): string {
  switch (peer.kind) {
    case 'ipv4':
    case 'ipv6':
      return peer.cidr;
    case 'prefix-list':
      return peer.id;
    case 'security-group':
      return peer.owner === undefined || peer.owner === owner ? peer.id : `${peer.owner}/${peer.id}`;
    default:
      return peer satisfies never;
  }
}
