import { webAclMessages } from '../../src/findings/waf/rows.ts';
import { others } from '../../test/builders/others.ts';
import {
  ACL,
  BEHIND,
  BLOCKLIST,
  geo,
  instead,
  ipSet,
  refused,
  rule,
  withEmptyAllowList,
  withWebAcl,
} from '../../test/builders/protection.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import blocklist from './blocklist.ts';

const THREAT = `an attacker whom GuardDuty caught gets through to ${BEHIND}.`;
const pass = { status: 'pass' as const, resource: ACL, key: 'waf-guardduty-blocklist' };
const fail = (kind: string, message: string, ...blame: string[]) => ({
  status: 'fail' as const,
  resource: ACL,
  key: `waf-guardduty-blocklist ${kind}`,
  message,
  blame,
});

testControl(
  blocklist,
  {
    'behind a rule group that allows nobody': { given: withEmptyAllowList(), expect: [pass] },
    'both sets are blocked by one rule': {
      expect: [{ ...pass, message: 'Blocked by rule 0 GuardDutyBlocklist.' }],
    },
    'each set is blocked by a rule of its own, behind others that block': {
      given: withWebAcl(rules => [
        ...instead(0)(rules),
        rule('8 Four', 'block', ipSet(BLOCKLIST.ipv4)),
        rule('9 Six', 'block', ipSet(BLOCKLIST.ipv6)),
      ]),
      expect: [{ ...pass, message: 'Blocked by rule 8 Four, 9 Six.' }],
    },
    'the set of one family is used by no rule': {
      given: withWebAcl(instead(0, rule('0 Four', 'block', ipSet(BLOCKLIST.ipv4)))),
      expect: [fail('setUnused', `No rule blocks the addresses of securecart-blocklist-ipv6: ${THREAT}`)],
    },
    'the rule counts': {
      given: withWebAcl(
        instead(
          0,
          rule('0 Both', 'count', { kind: 'or', statements: [ipSet(BLOCKLIST.ipv4), ipSet(BLOCKLIST.ipv6)] }),
        ),
      ),
      expect: [fail('lenientAction', `Rule 0 Both has the action count, not block: ${THREAT}`, '0 Both')],
    },
    'a country is allowed before': {
      given: withWebAcl(rules => [rule('0 Home', 'allow', geo('US')), ...rules]),
      expect: [
        fail(
          'preceded',
          `Rule 0 Home allows requests before rule 0 GuardDutyBlocklist sees them: that way ${THREAT}`,
          '0 Home',
        ),
      ],
    },
    'the address is that of a header': {
      given: withWebAcl(
        instead(
          0,
          rule('0 Both', 'block', {
            kind: 'or',
            statements: [
              { ...ipSet(BLOCKLIST.ipv4), forwardedHeader: 'X-Forwarded-For' },
              ipSet(BLOCKLIST.ipv6),
            ],
          }),
        ),
      ),
      expect: [
        fail(
          'forwarded',
          `Rule 0 Both believes the header X-Forwarded-For, which every client can write: ${THREAT}`,
          '0 Both',
        ),
      ],
    },
    'an IP set that could not be read may be empty or not': {
      given: facts => {
        withWebAcl(rules => [rule('0 Some', 'allow', ipSet(BLOCKLIST.ipv6)), ...rules])(facts);
        facts['wafv2.ipSets'] = facts['wafv2.ipSets'].map(set =>
          set.arn === BLOCKLIST.ipv6 ? { ...set, addresses: refused('wafv2:GetIPSet') } : set,
        );
      },
      expect: [{ status: 'unknown', resource: ACL, key: 'waf-guardduty-blocklist' }],
    },
  },
  others(webAclMessages, 'blocked', 'lenientAction', 'preceded', 'forwarded', 'setUnused'),
);
