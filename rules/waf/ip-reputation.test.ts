import { webAclMessages } from '../../src/findings/waf/rows.ts';
import { others } from '../../test/builders/others.ts';
import {
  ACL,
  BEHIND,
  groupRule,
  instead,
  managed,
  rule,
  withEmptyAllowList,
  withWebAcl,
} from '../../test/builders/protection.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import ipReputation from './ip-reputation.ts';

const GROUP = 'AWSManagedRulesAmazonIpReputationList';
const pass = { status: 'pass' as const, resource: ACL, key: 'waf-malicious-ips' };
const counts = {
  status: 'fail' as const,
  resource: ACL,
  key: 'waf-malicious-ips weakened',
  message: `In rule 2 Reputation, AWSManagedIPDDoSList has the action count, not block: a known malicious address gets through to ${BEHIND}.`,
  blame: ['2 Reputation'],
};

testControl(
  ipReputation,
  {
    'behind a rule group that allows nobody': { given: withEmptyAllowList(), expect: [pass] },
    'all three lists block': { expect: [{ ...pass, message: 'Blocked by rule 2 BlockKnownMaliciousIPs.' }] },
    'the group as it comes, whose third list only counts': {
      given: withWebAcl(instead(2, groupRule('2 Reputation', managed(GROUP)))),
      expect: [counts],
    },
    'the override misses the name by a letter': {
      given: withWebAcl(instead(2, groupRule('2 Reputation', managed(GROUP, 'AWSManagedIPDdosList block')))),
      expect: [counts],
    },
    'a later rule blocks by the label of the list that counts': {
      given: withWebAcl(
        instead(
          2,
          groupRule('2 Reputation', managed(GROUP)),
          rule('3 ByLabel', 'block', {
            kind: 'label-match',
            scope: 'LABEL',
            key: 'awswaf:managed:aws:amazon-ip-list:AWSManagedIPDDoSList',
          }),
        ),
      ),
      expect: [pass],
    },
  },
  others(webAclMessages, 'blocked', 'weakened'),
);
