import { defineControl } from '../../src/findings/control.ts';
import { webAclRows } from '../../src/findings/waf/rows.ts';

export default defineControl({
  ...webAclRows({
    kind: 'managed-rule-group',
    group: 'AWSManagedRulesSQLiRuleSet',
    threat: 'an SQL injection',
  }),
  id: 'waf/sql-injection',
  title: 'The web ACL blocks SQL injections',
  severity: 'high',
  rationale:
    'One parameter that the shop forgets to bind lets a client read every order and every customer, or write them. A rule that only counts, that a wider rule allows past, or that looks at some requests only, shows green in a console and stops nothing.',
  remediation:
    "Add the managed rule group AWSManagedRulesSQLiRuleSet with the override action None, no rule of it overridden, no scope-down statement, and no Allow rule before it. Where an application needs an exception, have one rule of the group count and block by that rule's label everywhere else.",
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-use-case.html',
    'https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-rule-actions.html',
  ],
  frameworks: { fsbp: ['WAF.10'], 'pci-4.0': ['6.4.1', '6.4.2'] },
});
