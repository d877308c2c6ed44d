import { isAnywhere } from '../../src/findings/anywhere.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { prefixListResource } from '../../src/findings/resources.ts';
import { need } from '../../src/model/fact.ts';
import type { PrefixList } from '../../src/services/ec2/facts.ts';

export default defineControl({
  id: 'security-group/open-prefix-lists',
  title: 'No prefix list that a rule names holds the internet',
  severity: 'medium',
  rationale:
    'A rule that names a prefix list looks narrow, and lets in whatever the list holds. Whoever may edit the list opens every rule that names it, and nothing about the groups changes.',
  remediation:
    'Take the wide entries out of the list. Where something has to be open to everybody, say so in the rule itself, as 0.0.0.0/0 or ::/0.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists-referencing.html',
  ],
  frameworks: {},
  needs: ['ec2.securityGroupRules', 'ec2.prefixLists'],
  scope: 'region',
  messages: {
    narrow: 'The addresses of the list are fewer than one registry’s block of the internet.',
    open: 'The list holds the internet at large; rules that name it: {count}.',
  },
  evaluate: judgeLists,
});

function judgeLists(audit: RegionAudit): Iterable<Outcome<'narrow' | 'open'>> {
  const rules = audit.value('ec2.securityGroupRules');
  const naming = ({ id }: PrefixList) =>
    rules.filter(({ peer }) => peer.kind === 'prefix-list' && peer.id === id).map(rule => rule.id);
  const named = audit.value('ec2.prefixLists').filter(list => naming(list).length > 0);
  const about = (list: PrefixList) => ({ resource: prefixListResource(audit, list) });
  return judgeEach(named, about, function* (list) {
    const cidrs = need(list.entries);
    const { resource } = about(list);
    if (!isAnywhere(cidrs)) yield { status: 'pass', resource, message: 'narrow' };
    else {
      const blame = naming(list);
      yield {
        status: 'fail',
        resource,
        message: 'open',
        data: { count: blame.length },
        actual: cidrs.join(', '),
        blame,
      };
    }
  });
}
