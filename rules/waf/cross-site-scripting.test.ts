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
import crossSiteScripting from './cross-site-scripting.ts';

const GROUP = 'AWSManagedRulesCommonRuleSet';
const pass = { status: 'pass' as const, resource: ACL, key: 'waf-xss' };
const fields = (...names: string[]) => names.map(name => ({ kind: 'xss-match' as const, field: { name } }));

testControl(
  crossSiteScripting,
  {
    'behind a rule group that allows nobody': { given: withEmptyAllowList(), expect: [pass] },
    'the common group blocks': { expect: [{ ...pass, message: 'Blocked by rule 5 BlockXSS.' }] },
    'the group blocks, but for the one rule that matters': {
      given: withWebAcl(
        instead(
          5,
          groupRule(
            '5 BlockXSS',
            managed(GROUP, 'CrossSiteScripting_BODY count', 'NoUserAgent_HEADER count'),
          ),
        ),
      ),
      expect: [
        {
          status: 'fail',
          resource: ACL,
          key: 'waf-xss weakened',
          message: `In rule 5 BlockXSS, CrossSiteScripting_BODY has the action count, not block: a script in a form gets through to ${BEHIND}.`,
          blame: ['5 BlockXSS'],
        },
      ],
    },
    'rules that have nothing to do with scripts count': {
      given: withWebAcl(
        instead(
          5,
          groupRule('5 BlockXSS', managed(GROUP, 'SizeRestrictions_BODY count', 'NoUserAgent_HEADER count')),
        ),
      ),
      expect: [pass],
    },
    'an override has a name that the group does not have, and so no effect': {
      given: withWebAcl(instead(5, groupRule('5 BlockXSS', managed(GROUP, 'CrossSiteScripting_Body count')))),
      expect: [pass],
    },
    'own rules look into every part': {
      given: withWebAcl(
        instead(
          5,
          rule('5 XssA', 'block', { kind: 'or', statements: fields('QueryString', 'Body') }),
          rule('6 XssB', 'block', { kind: 'or', statements: fields('Cookies', 'UriPath') }),
        ),
      ),
      expect: [{ ...pass, message: 'Blocked by rule 5 XssA, 6 XssB.' }],
    },
    'own rules let a body pass that is larger than AWS WAF inspects': {
      given: withWebAcl(
        instead(
          5,
          rule('5 Xss', 'block', {
            kind: 'or',
            statements: [
              ...fields('QueryString', 'Cookies', 'UriPath'),
              { kind: 'xss-match', field: { name: 'Body', oversize: 'NO_MATCH' } },
            ],
          }),
        ),
      ),
      expect: [
        {
          status: 'fail',
          resource: ACL,
          key: 'waf-xss partial',
          message: `Rule 5 Xss looks into query, cookies, path only: elsewhere a script in a form gets through to ${BEHIND}.`,
          blame: ['5 Xss'],
        },
      ],
    },
  },
  others(webAclMessages, 'blocked', 'weakened', 'partial'),
);
