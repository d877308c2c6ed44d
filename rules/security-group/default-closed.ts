import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { groupResource } from '../../src/findings/resources.ts';
import { describeRules } from '../../src/findings/rule-words.ts';
import { rulesByGroup } from '../../src/findings/rules-by-group.ts';

export default defineControl({
  id: 'security-group/default-closed',
  title: 'The default security group of every VPC has no rules',
  severity: 'high',
  rationale:
    'EC2 gives the default group to whatever is launched without one. With the rules that it is created with, a forgotten resource reaches all others like it and the whole internet, and nobody decided so.',
  remediation:
    'Give what uses the group a group of its own, then revoke every rule of the default group. It cannot be deleted.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2',
  ],
  frameworks: { fsbp: ['EC2.2'], 'cis-5.0': ['5.5'] },
  needs: ['ec2.securityGroups', 'ec2.securityGroupRules'],
  scope: 'region',
  messages: {
    closed: 'The default group of {vpc} has no rules.',
    open: 'The default group of {vpc} should have no rule, and has {count}.',
  },
  evaluate: judgeDefaultGroups,
});

/** All VPCs of the Region, not the baseline's alone, and whether anything is in the group or not: that can change at any time. */
function* judgeDefaultGroups(audit: RegionAudit): Iterable<Outcome<'closed' | 'open'>> {
  const rules = rulesByGroup(audit.value('ec2.securityGroupRules'));
  for (const group of audit.value('ec2.securityGroups')) {
    // EC2 reserves the name: no other group of the VPC can have it.
    if (group.name !== 'default') continue;
    const own = rules.get(group.id) ?? [];
    const about = { resource: groupResource(audit, group), expected: 'no rules' };
    if (own.length === 0) {
      yield { status: 'pass', ...about, message: 'closed', data: { vpc: group.vpc } };
    } else {
      yield {
        status: 'fail',
        ...about,
        message: 'open',
        data: { vpc: group.vpc, count: own.length },
        actual: describeRules(own),
        blame: own.map(({ id }) => id).sort(),
      };
    }
  }
}
