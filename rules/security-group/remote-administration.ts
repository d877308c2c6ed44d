import { ADMINISTRATION, openToAnywhere, tcpPoint } from '../../src/findings/anywhere.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { type PrefixLists, prefixLists } from '../../src/findings/prefix-lists.ts';
import { groupResource } from '../../src/findings/resources.ts';
import { describeRules } from '../../src/findings/rule-words.ts';
import { rulesByGroup } from '../../src/findings/rules-by-group.ts';
import type { Resource } from '../../src/model/finding.ts';
import { allowedPackets } from '../../src/network/security-group.ts';
import { servicesOfRule } from '../../src/network/service.ts';
import type { SecurityGroupRule } from '../../src/services/ec2/facts.ts';

export default defineControl({
  id: 'security-group/remote-administration',
  title: 'No security group lets anywhere on the internet in to SSH or RDP',
  severity: 'high',
  rationale:
    'Ports 22 and 3389 are scanned all day. What answers there is one guessed password, one leaked key or one unpatched hole away from a shell on the machine.',
  remediation:
    'Revoke the rules by their ids. Administer by Systems Manager Session Manager, which needs no open port, or let in the addresses of a VPN only.',
  sources: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13',
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html',
  ],
  frameworks: { fsbp: ['EC2.13', 'EC2.14'], 'cis-5.0': ['5.3', '5.4'], 'pci-4.0': ['1.3.1'] },
  needs: ['ec2.securityGroups', 'ec2.securityGroupRules', 'ec2.prefixLists'],
  scope: 'region',
  messages: {
    closed: 'Neither SSH nor RDP is open to anywhere on the internet.',
    open: '{service} (tcp {port}) is open to the internet at large.',
  },
  evaluate: judgeGroups,
});

function* judgeGroups(audit: RegionAudit): Iterable<Outcome<'closed' | 'open'>> {
  const rules = rulesByGroup(audit.value('ec2.securityGroupRules'));
  const lists = prefixLists(audit.fact('ec2.prefixLists'));
  for (const group of audit.value('ec2.securityGroups')) {
    const resource = groupResource(audit, group);
    const told = [...judgeGroup(rules.get(group.id) ?? [], resource, lists)];
    yield* told;
    if (told.length === 0) yield { status: 'pass', resource, message: 'closed' };
  }
}

/** The ports that are open, or may be, by all rules of the group together: two halves of the internet are the internet. */
function* judgeGroup(
  rules: readonly SecurityGroupRule[],
  resource: Resource,
  { lists, unresolved }: PrefixLists,
): Iterable<Outcome<'open'>> {
  for (const [service, port] of Object.entries(ADMINISTRATION)) {
    const reaching = rules.filter(rule => rule.direction === 'ingress' && reaches(rule, tcpPoint(port)));
    const packets = allowedPackets(reaching, 'ingress', { prefixLists: lists, groups: new Map() });
    const about = { resource, key: `${port}` };
    const reason = reaching.map(unresolved).find(reason => reason !== undefined);
    if (openToAnywhere(packets, port)) {
      const open = reaching.filter(({ peer }) => peer.kind !== 'security-group');
      yield {
        status: 'fail',
        ...about,
        message: 'open',
        data: { service, port },
        actual: describeRules(open),
        blame: open.map(({ id }) => id).sort(),
      };
    } else if (reason !== undefined) yield { status: 'unknown', ...about, reason };
  }
}

function reaches(rule: SecurityGroupRule, point: number): boolean {
  const { start, end } = servicesOfRule(rule);
  return start <= point && point < end;
}
