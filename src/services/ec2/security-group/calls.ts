import type { JsonObject } from '../../../model/json.ts';
import type { Call } from '../../../model/plan.ts';
import type { RulePeer, SecurityGroupRule } from '../facts.ts';
import { type RuleBody, rulePath } from './state.ts';

const suffix = { ingress: 'Ingress', egress: 'Egress' } as const satisfies Record<
  SecurityGroupRule['direction'],
  string
>;

/** Adds one rule. One at a time: EC2 adds none of a batch in which one is wrong. */
export function authorizeCall(group: string, rule: RuleBody): Call {
  const { tags = {} } = rule;
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    service: 'ec2',
    operation: `AuthorizeSecurityGroup${suffix[rule.direction]}`,
    input: {
      GroupId: group,
      IpPermissions: [permission(rule)],
      ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: 'security-group-rule', Tags }] }),
    },
  };
}

/** The permissions of {@link authorizeCall}: to set tags on creation is a permission of its own. */
export const authorizePermissions = ({ direction, tags = {} }: RuleBody): string[] => [
  `ec2:AuthorizeSecurityGroup${suffix[direction]}`,
  ...(Object.keys(tags).length > 0 ? ['ec2:CreateTags'] : []),
];

/**
 * Revokes one rule by its id, which is exact, where a revoke by properties must repeat them all. The id is looked up just
 * before the call: a rule that was revoked and added again says the same by another id.
 */
export const revokeCall = (group: string, rule: RuleBody, owner: string): Call => ({
  service: 'ec2',
  operation: `RevokeSecurityGroup${suffix[rule.direction]}`,
  input: { GroupId: group, SecurityGroupRuleIds: [{ $live: ['rules', ...rulePath(rule, owner)] }] },
});

export const revokePermissions = (direction: SecurityGroupRule['direction']): string[] => [
  `ec2:RevokeSecurityGroup${suffix[direction]}`,
];

function permission({ protocol, from, to, peer, description }: RuleBody): JsonObject {
  return {
    IpProtocol: protocol,
    ...(from !== undefined && { FromPort: from }),
    ...(to !== undefined && { ToPort: to }),
    ...peerOf(peer, description === undefined ? {} : { Description: description }),
  };
}

function peerOf(peer: RulePeer, description: { Description?: string }): JsonObject {
  switch (peer.kind) {
    case 'ipv4':
      return { IpRanges: [{ CidrIp: peer.cidr, ...description }] };
    case 'ipv6':
      return { Ipv6Ranges: [{ CidrIpv6: peer.cidr, ...description }] };
    case 'prefix-list':
      return { PrefixListIds: [{ PrefixListId: peer.id, ...description }] };
    case 'security-group': {
      const { id, owner, peeringConnection } = peer;
      const pair = {
        GroupId: id,
        ...(owner !== undefined && { UserId: owner }),
        ...(peeringConnection !== undefined && { VpcPeeringConnectionId: peeringConnection }),
      };
      return { UserIdGroupPairs: [{ ...pair, ...description }] };
    }
    default:
      return peer satisfies never;
  }
}
