import { defineControl } from '../../src/findings/control.ts';
import { webAclRows } from '../../src/findings/waf/rows.ts';

export default defineControl({
  ...webAclRows({
    kind: 'managed-rule-group',
    group: 'AWSManagedRulesAmazonIpReputationList',
    threat: 'a known malicious address',
  }),
  id: 'waf/ip-reputation',
  title: 'The web ACL blocks known malicious addresses',
  severity: 'high',
  rationale:
    'Bots that AWS has seen attack others try stolen passwords and card numbers here next. One of the three lists of the group, AWSManagedIPDDoSList, only counts unless it is told to block, so that the group as it comes stops a part of what it knows.',
  remediation:
    'Add the managed rule group AWSManagedRulesAmazonIpReputationList with the override action None, override its rule AWSManagedIPDDoSList to Block, and let no Allow rule stand before it.',
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-ip-rep.html',
    'https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-rule-group-override-options.html',
  ],
  frameworks: {},
});
