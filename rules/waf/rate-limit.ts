import { defineControl } from '../../src/findings/control.ts';
import { webAclRows } from '../../src/findings/waf/rows.ts';

export default defineControl({
  ...webAclRows({ kind: 'rate', threat: 'brute force from one address' }),
  id: 'waf/rate-limit',
  title: 'The web ACL blocks an address that sends too many requests',
  severity: 'high',
  rationale:
    'Without a limit one machine tries passwords and vouchers as fast as the shop answers. A limit that counts by a header is none: the client writes another value into it with every request.',
  remediation:
    "Add a rate-based rule with the baseline's limit and window, the aggregate key IP, the action Block and no scope-down statement, and let no Allow rule stand before it.",
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html',
    'https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html',
  ],
  frameworks: {},
});
