import { webAclMessages } from '../../src/findings/waf/rows.ts';
import { others } from '../../test/builders/others.ts';
import {
  ACL,
  BEHIND,
  instead,
  rate,
  rule,
  withEmptyAllowList,
  withWebAcl,
} from '../../test/builders/protection.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import rateLimit from './rate-limit.ts';

const limit = (action: 'block' | 'captcha' | 'count', statement: ReturnType<typeof rate>, more = {}) =>
  withWebAcl(instead(3, rule('3 Limit', action, { ...statement, ...more })));
const pass = { status: 'pass' as const, resource: ACL, key: 'waf-rate-limit' };
const fail = (kind: string, message: string) => ({
  status: 'fail' as const,
  resource: ACL,
  key: `waf-rate-limit ${kind}`,
  message: `${message} brute force from one address gets through to ${BEHIND}.`,
  blame: ['3 Limit'],
});

testControl(
  rateLimit,
  {
    'behind a rule group that allows nobody': { given: withEmptyAllowList(), expect: [pass] },
    'a hundred requests in five minutes': { expect: [{ ...pass, message: 'Blocked by rule 3 RateLimit.' }] },
    'fewer requests in a longer window': { given: limit('block', rate(90, 600)), expect: [pass] },
    'a fifth of the requests in a fifth of the window': {
      given: limit('block', rate(20, 60)),
      expect: [pass],
    },
    'as many requests in a fifth of the window': {
      given: limit('block', rate(100, 60)),
      expect: [
        {
          ...fail('lenientLimit', 'Rule 3 Limit lets an address send 100 requests in 60 seconds:'),
          expected: 'block over 100 requests by IP in 300 seconds',
          actual: '3 Limit: block over 100 requests by IP in 60 seconds',
        },
      ],
    },
    "AWS's console proposes 2000": {
      given: limit('block', rate(2000)),
      expect: [fail('lenientLimit', 'Rule 3 Limit lets an address send 2000 requests in 300 seconds:')],
    },
    'it counts and does not block': {
      given: limit('count', rate(100)),
      expect: [fail('lenientAction', 'Rule 3 Limit has the action count, not block:')],
    },
    'it counts by a header': {
      given: limit('block', rate(100), { aggregate: 'FORWARDED_IP' }),
      expect: [
        fail('aggregate', 'Rule 3 Limit counts by FORWARDED_IP and not by the address of the connection:'),
      ],
    },
    'it counts the requests of one path': {
      given: limit('block', rate(100), { scopeDown: { kind: 'other', name: 'ByteMatchStatement' } }),
      expect: [fail('narrowed', 'Rule 3 Limit looks at ByteMatchStatement only: elsewhere')],
    },
    'another rule does it beside one that does not': {
      given: withWebAcl(rules => [rule('2 Loose', 'block', rate(2000)), ...rules]),
      expect: [{ ...pass, message: 'Blocked by rule 3 RateLimit.' }],
    },
    'there is none': {
      given: withWebAcl(instead(3)),
      expect: [{ ...fail('absent', 'No rule looks for it:'), blame: [] }],
    },
  },
  others(webAclMessages, 'blocked', 'absent', 'lenientAction', 'narrowed', 'aggregate', 'lenientLimit'),
);
