import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { groupResource } from '../../src/findings/resources.ts';
import { describeRules } from '../../src/findings/rule-words.ts';
import { rulesByGroup } from '../../src/findings/rules-by-group.ts';
import { isStale } from '../../src/network/security-group.ts';
import type { SecurityGroupRule } from '../../src/services/ec2/facts.ts';

export default defineControl({
  id: 'security-group/stale-references',
  title: 'No rule names a security group that is gone',
  severity: 'low',
  rationale:
    'A rule for a group that was deleted, or behind a peering that is not active, allows nobody today. It hides what was meant, counts towards the quota, and comes to life where the peering does.',
  remediation: 'Revoke the rule by its id, or name the group that took the place of the one that is gone.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html#vpc-peering-stale-groups',
  ],
  frameworks: {},
  needs: ['ec2.securityGroups', 'ec2.securityGroupRules'],
  scope: 'region',
  messages: {
    none: 'Every security group that its rules name is there.',
    stale: 'Rule {rule} names {peer}, which is deleted or behind a peering that is not active.',
  },
  evaluate: judgeGroups,
});

function* judgeGroups(audit: RegionAudit): Iterable<Outcome<'none' | 'stale'>> {
  const rules = rulesByGroup(audit.value('ec2.securityGroupRules'));
  for (const group of audit.value('ec2.securityGroups')) {
    const resource = groupResource(audit, group);
    const stale = (rules.get(group.id) ?? []).flatMap(staleReference);
    for (const { rule, peer } of stale) {
      const data = { rule: rule.id, peer };
      yield {
        status: 'fail',
        resource,
        key: rule.id,
        message: 'stale',
        data,
        actual: describeRules([rule]),
        blame: [rule.id],
      };
    }
    if (stale.length === 0) yield { status: 'pass', resource, message: 'none' };
  }
}

const staleReference = (rule: SecurityGroupRule) =>
  rule.peer.kind === 'security-group' && isStale(rule.peer) ? [{ rule, peer: rule.peer.id }] : [];
