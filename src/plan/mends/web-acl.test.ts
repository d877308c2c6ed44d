import { expect, test } from 'vitest';
import { planForShop } from '../../../test/apply/planned.ts';
import { geo, instead, known, rate, rule, WEB_ACL, withWebAcl } from '../../../test/builders/protection.ts';
import { type Facts, shop } from '../../../test/builders/shop.ts';

const noRateLimit = withWebAcl(instead(3));

const cases: Record<string, { given: (facts: Facts) => void; adds?: RegExp; leaves?: RegExp }> = {
  'a missing rule has its own priority': { given: noRateLimit, adds: /add rule 3 RateLimit, which blocks/ },
  'a priority that somebody has is left to them': {
    given: withWebAcl(instead(3, rule('3 Theirs', 'count', geo('KP')))),
    adds: /add rule 6 RateLimit/,
  },
  'a name that somebody has is left to them': {
    given: withWebAcl(instead(3, rule('9 RateLimit', 'count', geo('KP')))),
    adds: /add rule 3 RateLimit-securecart/,
  },
  'no priority is free before a rule that allows requests': {
    given: withWebAcl(rules => [
      rule('0 Office', 'allow', geo('US')),
      ...rules.filter(({ priority }) => priority !== 3).map(one => ({ ...one, priority: one.priority + 1 })),
    ]),
    leaves: /Rule 0 Office allows requests first, and no priority before it is free/,
  },
  'Firewall Manager lets requests in before': {
    given: withWebAcl(instead(3), { firewallManagerFirst: [rule('0 Partners', 'allow', geo('US'))] }),
    leaves: /Partners allows requests before any rule of the web ACL's own/,
  },
  'Firewall Manager owns the web ACL': {
    given: withWebAcl(instead(3), { managedByFirewallManager: true }),
    leaves: /Firewall Manager owns it/,
  },
  'CloudFormation owns the web ACL': {
    given: facts => {
      noRateLimit(facts);
      const tags = known({ 'aws:cloudformation:stack-name': 'shop' });
      facts['wafv2.webAclTags'] = [{ webAcl: WEB_ACL, tags }];
    },
    leaves: /CloudFormation stack shop/,
  },
  'a rule whose form is not known is left, and another stands beside it': {
    given: withWebAcl(instead(3, rule('3 Limit', 'count', rate(100)))),
    adds: /add rule 6 RateLimit/,
  },
};

test.each(Object.entries(cases))('%s', (_, { given, adds, leaves }) => {
  const facts = shop();
  given(facts);
  const plan = planForShop(facts);
  const titles = plan.mends.flatMap(({ changes }) => changes.map(({ title }) => title));
  expect(titles.join('\n')).toMatch(adds ?? /^$/);
  expect(plan.leftAlone.map(({ detail }) => detail).join('\n')).toMatch(leaves ?? /^$/);
});
