import type { Region } from '../../../model/identifiers.ts';
import type { Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { type Creation, creation, ec2Call } from '../creation.ts';
import type { SecurityGroup, SecurityGroupRule } from '../facts.ts';
import { type RuleBody, rulePath, ruleState } from './state.ts';

/** Creates a group. A new one lets out everything, which {@link ruleOfNewGroup} says. */
export function createSecurityGroup(
  { name, description, vpc, owner }: Omit<SecurityGroup, 'id' | 'tags'>,
  about: Pick<Creation, 'region' | 'id' | 'title' | 'tags'>,
): Change {
  return creation({
    ...about,
    kind: 'security-group',
    state: { name, description, vpc, rules: [ruleState(EVERYTHING_OUT, owner)] },
    input: { GroupName: name, Description: description, VpcId: vpc },
  });
}

const EVERYTHING_OUT: RuleBody = {
  direction: 'egress',
  protocol: '-1',
  peer: { kind: 'ipv4', cidr: '0.0.0.0/0' },
};

/** The rule with which EC2 creates a group of a VPC without IPv6. */
export const ruleOfNewGroup = (group: string): SecurityGroupRule => ({
  ...EVERYTHING_OUT,
  id: `${group}-everything-out`,
  group,
});

/** The default group of a VPC, which is created along with it and so is known by the VPC's id. */
export const defaultGroupObject = (region: Region, vpc: string): LiveObject => ({
  kind: 'default-security-group',
  region,
  id: vpc,
});

/** The rules of a new VPC's default group: everything out, and in from the group itself, which is called `self` here. */
export const NEW_DEFAULT_RULES: readonly RuleBody[] = [
  { direction: 'ingress', protocol: '-1', peer: { kind: 'security-group', id: 'self' } },
  EVERYTHING_OUT,
];

/** The default group as plans compare it. */
export const defaultGroupState = (group: string, rules: readonly RuleBody[], owner: string): ObjectState => ({
  rules: rules.map(rule => ruleState(withSelf(rule, group), owner)),
});

/** A rule in which the group itself is called `self`. */
export const withSelf = <R extends RuleBody>(rule: R, group: string): R =>
  rule.peer.kind === 'security-group' && rule.peer.id === group
    ? { ...rule, peer: { ...rule.peer, id: 'self' } }
    : rule;

/** Takes from a new VPC's default group the rules that it comes with; `creation` is the change that creates the VPC, and takes the group along. */
export const emptyDefaultGroup = (region: Region, vpc: string, creation: ChangeId): Change[] =>
  NEW_DEFAULT_RULES.map((rule, index) => {
    const operation =
      rule.direction === 'ingress' ? 'RevokeSecurityGroupIngress' : 'RevokeSecurityGroupEgress';
    const id = { $live: ['rules', ...rulePath(rule, '')] };
    return {
      id: `${vpc}/default-group-${rule.direction}`,
      title: `let the VPC's default security group allow nothing (${rule.direction})`,
      object: defaultGroupObject(region, vpc),
      edit: { kind: 'list', field: 'rules', remove: [ruleState(rule, '')], add: [] },
      call: ec2Call(operation, { GroupId: { $live: ['group'] }, SecurityGroupRuleIds: [id] }),
      permissions: [`ec2:${operation}`],
      effect: NO_EFFECT,
      dependsOn: index === 0 ? [creation] : [`${vpc}/default-group-ingress`],
      undo: { kind: 'with', change: creation },
    };
  });
