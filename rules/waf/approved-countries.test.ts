import { webAclMessages } from '../../src/findings/waf/rows.ts';
import { others } from '../../test/builders/others.ts';
import {
  ACL,
  BEHIND,
  COUNTRIES,
  geo,
  instead,
  ipSet,
  known,
  not,
  rule,
  withEmptyAllowList,
  withWebAcl,
} from '../../test/builders/protection.ts';
import { OWNER, REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import approvedCountries from './approved-countries.ts';

const pass = { status: 'pass' as const, resource: ACL, key: 'waf-countries' };
const fail = (kind: string, message: string, ...blame: string[]) => ({
  status: 'fail' as const,
  resource: ACL,
  key: `waf-countries ${kind}`,
  message,
  blame,
});
const countries = (action: 'block' | 'count', ...codes: string[]) =>
  withWebAcl(instead(1, rule('1 Countries', action, not(geo(...codes)))));
const office = `arn:aws:wafv2:${REGION}:${OWNER}:regional/ipset/office/set-9`;
const half = COUNTRIES.length / 2;

testControl(
  approvedCountries,
  {
    'behind a rule group that allows nobody': { given: withEmptyAllowList(), expect: [pass] },
    'all but the approved countries are blocked': {
      expect: [{ ...pass, message: 'Blocked by rule 1 BlockUnapprovedCountries.' }],
    },
    'the approved countries are allowed, and the rest is blocked by default': {
      given: withWebAcl(instead(1, rule('9 Approved', 'allow', geo(...COUNTRIES))), {
        defaultAction: 'block',
      }),
      expect: [{ ...pass, message: 'Blocked by rule 9 Approved.' }],
    },
    'two halves of a list, neither of which is the other': {
      given: withWebAcl(
        instead(
          1,
          rule('1 Countries', 'block', {
            kind: 'and',
            statements: [not(geo(...COUNTRIES.slice(0, half))), not(geo(...COUNTRIES.slice(half)))],
          }),
        ),
      ),
      expect: [pass],
    },
    'one country too many, and one too few': {
      given: countries('block', ...COUNTRIES.filter(code => code !== 'CH'), 'RU'),
      expect: [
        fail(
          'countriesOpen',
          `Rule 1 Countries lets in countries that are not approved, RU, to ${BEHIND}.`,
          '1 Countries',
        ),
        fail(
          'countriesShut',
          `Rule 1 Countries shuts out approved countries, CH, from ${BEHIND}.`,
          '1 Countries',
        ),
      ],
    },
    'a list of countries is blocked, which leaves all others': {
      given: withWebAcl(instead(1, rule('1 Countries', 'block', geo('KP', 'RU')))),
      expect: [
        fail(
          'countriesOpen',
          `Rule 1 Countries lets in countries that are not approved, all others, to ${BEHIND}.`,
          '1 Countries',
        ),
      ],
    },
    'the rule counts': {
      given: countries('count', ...COUNTRIES),
      expect: [
        fail(
          'lenientAction',
          `Rule 1 Countries has the action count, not block: a request from every country gets through to ${BEHIND}.`,
          '1 Countries',
        ),
      ],
    },
    'the country is that of a header': {
      given: withWebAcl(
        instead(
          1,
          rule('1 Countries', 'block', not({ ...geo(...COUNTRIES), forwardedHeader: 'X-Forwarded-For' })),
        ),
      ),
      expect: [
        fail(
          'forwarded',
          `Rule 1 Countries believes the header X-Forwarded-For, which every client can write: a request from every country gets through to ${BEHIND}.`,
          '1 Countries',
        ),
      ],
    },
    'an address is allowed before its country is looked at': {
      given: facts => {
        withWebAcl(rules => [rule('0 Office', 'allow', ipSet(office)), ...rules])(facts);
        facts['wafv2.ipSets'].push({ arn: office, name: 'office', addresses: known(['198.51.100.0/24']) });
      },
      expect: [
        fail(
          'preceded',
          `Rule 0 Office allows requests before rule 1 BlockUnapprovedCountries sees them: that way a request from every country gets through to ${BEHIND}.`,
          '0 Office',
        ),
      ],
    },
    'approved countries are allowed before the rest is blocked': {
      given: withWebAcl(rules => [rule('0 Home', 'allow', geo('DE', 'FR')), ...rules]),
      expect: [pass],
    },
    'no rule looks at the country': {
      given: withWebAcl(instead(1)),
      expect: [
        fail('absent', `No rule looks for it: a request from every country gets through to ${BEHIND}.`),
      ],
    },
  },
  others(
    webAclMessages,
    'blocked',
    'absent',
    'lenientAction',
    'preceded',
    'forwarded',
    'countriesOpen',
    'countriesShut',
  ),
);
