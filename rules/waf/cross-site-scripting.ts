import { defineControl } from '../../src/findings/control.ts';
import { webAclRows } from '../../src/findings/waf/rows.ts';

export default defineControl({
  ...webAclRows({
    kind: 'managed-rule-group',
    group: 'AWSManagedRulesCommonRuleSet',
    threat: 'a script in a form',
  }),
  id: 'waf/cross-site-scripting',
  title: 'The web ACL blocks cross-site scripting',
  severity: 'high',
  rationale:
    "A review or an address that holds a script runs in the browser of whoever reads it next, with that customer's session, or a clerk's. AWS has no rule group for it alone: four rules of the common one are what stops it, and each can be turned off by itself while the group still blocks.",
  remediation:
    'Add the managed rule group AWSManagedRulesCommonRuleSet with the override action None, none of its CrossSiteScripting rules overridden, no scope-down statement, and no Allow rule before it.',
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html',
    'https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-rule-group-override-options.html',
  ],
  frameworks: { 'pci-4.0': ['6.4.1'] },
});
