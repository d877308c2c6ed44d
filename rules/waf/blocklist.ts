import { defineControl } from '../../src/findings/control.ts';
import { webAclRows } from '../../src/findings/waf/rows.ts';

export default defineControl({
  ...webAclRows({ kind: 'ip-sets', threat: 'an attacker whom GuardDuty caught' }),
  id: 'waf/blocklist',
  title: 'The web ACL blocks the addresses of the blocklist before it allows any',
  severity: 'high',
  rationale:
    'The automation writes the address of an attacker into an IP set. If no rule blocks by that set, or another allows the attacker first, the attack goes on while the log says that it was stopped.',
  remediation:
    'Add a rule with the action Block on the IPv4 and the IPv6 set of the blocklist, and give it the lowest priority number.',
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html',
    'https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing-order.html',
  ],
  frameworks: {},
});
