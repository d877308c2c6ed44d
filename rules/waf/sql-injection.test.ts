import { webAclMessages } from '../../src/findings/waf/rows.ts';
import type { Statement } from '../../src/services/wafv2/facts.ts';
import { others } from '../../test/builders/others.ts';
import {
  ACL,
  ALB,
  BEHIND,
  COUNTRIES,
  geo,
  groupRule,
  instead,
  ipSet,
  known,
  managed,
  not,
  refused,
  restApi,
  rule,
  WEB_ACL,
  webAcl,
  withWebAcl,
} from '../../test/builders/protection.ts';
import { OWNER, REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import sqlInjection from './sql-injection.ts';

const ROW = 'waf-sql-injection';
const GROUP = 'AWSManagedRulesSQLiRuleSet';
const shared = `arn:aws:wafv2:${REGION}:${OWNER}:regional/rulegroup/shared/group-1`;
const office = `arn:aws:wafv2:${REGION}:${OWNER}:regional/ipset/office/set-9`;

const pass = (message?: string) => ({
  status: 'pass' as const,
  resource: ACL,
  key: ROW,
  ...(message !== undefined && { message }),
});
const fail = (kind: string, message: string, ...blame: string[]) => ({
  status: 'fail' as const,
  resource: ACL,
  key: `${ROW} ${kind}`,
  message,
  blame,
});
const looksInto = (name: string) => ({ kind: 'sqli-match' as const, field: { name } });
const sqli = (change: Partial<Extract<Statement, { kind: 'managed-rule-group' }>>) =>
  groupRule('4 BlockSQLInjection', { ...managed(GROUP), ...change });
const labelMatch = (scope: 'LABEL' | 'NAMESPACE', key: string) => ({
  kind: 'label-match' as const,
  scope,
  key,
});

testControl(
  sqlInjection,
  {
    "AWS's group blocks": { expect: [pass('Blocked by rule 4 BlockSQLInjection.')] },
    'no rule looks for it': {
      given: withWebAcl(instead(4)),
      expect: [
        {
          ...fail('absent', `No rule looks for it: an SQL injection gets through to ${BEHIND}.`),
          expected: 'AWS AWSManagedRulesSQLiRuleSet blocks',
          actual: 'no such rule',
        },
      ],
    },
    'the group is there, and its override action is Count': {
      given: withWebAcl(instead(4, { ...sqli({}), overrideAction: 'count' })),
      expect: [
        fail(
          'lenientAction',
          `Rule 4 BlockSQLInjection has the action count, not block: an SQL injection gets through to ${BEHIND}.`,
          '4 BlockSQLInjection',
        ),
      ],
    },
    'one rule of the group counts, and nothing blocks by its label': {
      given: withWebAcl(instead(4, groupRule('4 BlockSQLInjection', managed(GROUP, 'SQLi_BODY count')))),
      expect: [
        {
          ...fail(
            'weakened',
            `In rule 4 BlockSQLInjection, SQLi_BODY has the action count, not block: an SQL injection gets through to ${BEHIND}.`,
            '4 BlockSQLInjection',
          ),
          actual: '4 BlockSQLInjection: AWS AWSManagedRulesSQLiRuleSet with SQLi_BODY count',
        },
      ],
    },
    'one rule of the group counts, and a later rule blocks by its label': {
      given: withWebAcl(
        instead(
          4,
          groupRule('4 BlockSQLInjection', managed(GROUP, 'SQLi_BODY count')),
          rule('6 ByLabel', 'block', labelMatch('LABEL', 'awswaf:managed:aws:sql-database:SQLi_Body')),
        ),
      ),
      expect: [pass()],
    },
    "the later rule writes the label as the rule's name, and so matches nothing": {
      given: withWebAcl(
        instead(
          4,
          groupRule('4 BlockSQLInjection', managed(GROUP, 'SQLi_BODY count')),
          rule('6 ByLabel', 'block', labelMatch('LABEL', 'awswaf:managed:aws:sql-database:SQLi_BODY')),
        ),
      ),
      expect: [
        fail(
          'weakened',
          `In rule 4 BlockSQLInjection, SQLi_BODY has the action count, not block: an SQL injection gets through to ${BEHIND}.`,
          '4 BlockSQLInjection',
        ),
      ],
    },
    "the whole group counts, and a later rule blocks by the group's namespace": {
      given: withWebAcl(
        instead(
          4,
          { ...sqli({}), overrideAction: 'count' },
          rule('6 ByLabel', 'block', labelMatch('NAMESPACE', 'awswaf:managed:aws:sql-database:')),
        ),
      ),
      expect: [pass()],
    },
    'the group looks at some requests only': {
      given: withWebAcl(instead(4, sqli({ scopeDown: { kind: 'other', name: 'ByteMatchStatement' } }))),
      expect: [
        fail(
          'narrowed',
          `Rule 4 BlockSQLInjection looks at ByteMatchStatement only: elsewhere an SQL injection gets through to ${BEHIND}.`,
          '4 BlockSQLInjection',
        ),
      ],
    },
    'the scope leaves out the addresses of an empty set, which is nothing': {
      given: facts => {
        withWebAcl(instead(4, sqli({ scopeDown: not(ipSet(office)) })))(facts);
        facts['wafv2.ipSets'].push({ arn: office, name: 'office', addresses: known([]) });
      },
      expect: [pass()],
    },
    'a rule before it allows the approved countries, which ends the evaluation': {
      given: withWebAcl(instead(1, rule('1 AllowCountries', 'allow', geo(...COUNTRIES))), {
        defaultAction: 'block',
      }),
      expect: [
        fail(
          'preceded',
          `Rule 1 AllowCountries allows requests before rule 4 BlockSQLInjection sees them: that way an SQL injection gets through to ${BEHIND}.`,
          '1 AllowCountries',
        ),
      ],
    },
    'a rule before it allows an empty IP set, and so nothing': {
      given: facts => {
        withWebAcl(rules => [rule('0 AllowOffice', 'allow', ipSet(office)), ...rules])(facts);
        facts['wafv2.ipSets'].push({ arn: office, name: 'office', addresses: known([]) });
      },
      expect: [pass()],
    },
    'a group before it turns one of its rules into Allow': {
      given: withWebAcl(
        instead(
          2,
          groupRule('2 Bots', managed('AWSManagedRulesBotControlRuleSet', 'CategoryMonitoring allow')),
        ),
      ),
      expect: [
        fail(
          'preceded',
          `Rule 2 Bots allows requests before rule 4 BlockSQLInjection sees them: that way an SQL injection gets through to ${BEHIND}.`,
          '2 Bots',
        ),
      ],
    },
    "Firewall Manager's first group allows, whatever its priority": {
      given: facts => {
        withWebAcl(rules => rules, {
          firewallManagerFirst: [
            groupRule('9 Corporate', { kind: 'rule-group', arn: shared, overrides: [] }),
          ],
          managedByFirewallManager: true,
        })(facts);
        facts['wafv2.ruleGroups'] = [
          {
            arn: shared,
            rules: known([rule('0 Partners', 'allow', { kind: 'other', name: 'ByteMatchStatement' })]),
          },
        ];
      },
      expect: [
        fail(
          'preceded',
          `Rule Firewall Manager 9 Corporate › 0 Partners allows requests before rule 4 BlockSQLInjection sees them: that way an SQL injection gets through to ${BEHIND}. Firewall Manager owns this web ACL: change its policy.`,
          'Firewall Manager 9 Corporate › 0 Partners',
        ),
      ],
    },
    'own rules in a rule group look into every part of a request': {
      given: facts => {
        withWebAcl(instead(4, groupRule('4 Own', { kind: 'rule-group', arn: shared, overrides: [] })))(facts);
        const statements = ['AllQueryArguments', 'Body', 'Cookies', 'UriPath'].map(looksInto);
        facts['wafv2.ruleGroups'] = [
          { arn: shared, rules: known([rule('0 SQL', 'block', { kind: 'or', statements })]) },
        ];
      },
      expect: [pass('Blocked by rule 4 Own › 0 SQL.')],
    },
    'the rule group as a whole counts': {
      given: facts => {
        withWebAcl(
          instead(4, {
            ...groupRule('4 Own', { kind: 'rule-group', arn: shared, overrides: [] }),
            overrideAction: 'count',
          }),
        )(facts);
        facts['wafv2.ruleGroups'] = [
          { arn: shared, rules: known([rule('0 SQL', 'block', looksInto('Body'))]) },
        ];
      },
      expect: [
        fail(
          'lenientAction',
          `Rule 4 Own › 0 SQL has the action count, not block: an SQL injection gets through to ${BEHIND}.`,
          '4 Own › 0 SQL',
        ),
      ],
    },
    'an own rule looks into the query alone': {
      given: withWebAcl(instead(4, rule('4 OwnSQL', 'block', looksInto('AllQueryArguments')))),
      expect: [
        fail(
          'partial',
          `Rule 4 OwnSQL looks into query only: elsewhere an SQL injection gets through to ${BEHIND}.`,
          '4 OwnSQL',
        ),
      ],
    },
    'a rule group before it could not be read: it may allow anything': {
      given: facts => {
        withWebAcl(instead(2, groupRule('2 Foreign', { kind: 'rule-group', arn: shared, overrides: [] })))(
          facts,
        );
        facts['wafv2.ruleGroups'] = [{ arn: shared, rules: refused('wafv2:GetRuleGroup') }];
      },
      expect: [
        {
          status: 'unknown',
          resource: ACL,
          key: ROW,
          message: 'This cannot be judged without wafv2:GetRuleGroup.',
        },
      ],
    },
    'a rule group behind it could not be read: what is blocked stays blocked': {
      given: facts => {
        withWebAcl(instead(5, groupRule('5 Foreign', { kind: 'rule-group', arn: shared, overrides: [] })))(
          facts,
        );
        facts['wafv2.ruleGroups'] = [{ arn: shared, rules: refused('wafv2:GetRuleGroup') }];
      },
      expect: [pass()],
    },
    'a perfect web ACL that stands before nothing': {
      given: facts => {
        facts['wafv2.associations'] = [{ resource: ALB, webAcl: known(null) }];
      },
      expect: [
        {
          status: 'fail',
          resource: 'shop',
          key: '',
          message: 'No web ACL stands before it: an SQL injection gets through.',
        },
        pass('Blocked by rule 4 BlockSQLInjection.'),
      ],
    },
    'one load balancer could not be asked, and the stage could': {
      given: facts => {
        facts['wafv2.associations'] = [{ resource: ALB, webAcl: refused('wafv2:GetWebACLForResource') }];
      },
      expect: [{ status: 'unknown', resource: 'shop', key: '' }, pass()],
    },
    'the REST APIs could not be listed, and the load balancers could': {
      denied: ['apigateway.restApis'],
      expect: [{ status: 'unknown', resource: 'REST APIs of eu-west-1', key: '' }, pass()],
    },
    'the stages of one API could not be listed': {
      given: facts => {
        facts['apigateway.restApis'] = [restApi({ stages: refused('apigateway:GetStages') })];
      },
      expect: [{ status: 'unknown', resource: 'rest1', key: '' }, pass()],
    },
    'the rules of the web ACL could not be read': {
      given: facts => {
        facts['wafv2.webAcls'] = [{ ...webAcl(WEB_ACL), definition: refused('wafv2:GetWebACL') }];
      },
      expect: [{ status: 'unknown', resource: ACL, key: ROW }],
    },
    'a stage has a web ACL of AWS WAF Classic': {
      given: facts => {
        const [api] = facts['apigateway.restApis'];
        if (api?.stages.kind === 'known') {
          for (const stage of api.stages.value) {
            stage.webAcl = `arn:aws:waf-regional:${REGION}:${OWNER}:webacl/old`;
          }
        }
      },
      expect: [{ status: 'unknown', resource: 'rest1/prod', key: '' }, pass()],
    },
    'nothing faces the internet': {
      given: facts => {
        facts['wafv2.associations'] = [];
        facts['apigateway.restApis'] = [];
      },
      expect: [{ status: 'not-applicable', resource: REGION }],
    },
    'the baseline asks for no such rule': {
      baseline: baseline => ({
        ...baseline,
        waf: { ...baseline.waf, rules: baseline.waf.rules.filter(({ id }) => id !== ROW) },
      }),
      expect: [{ status: 'not-applicable', resource: REGION }],
    },
  },
  others(
    webAclMessages,
    'blocked',
    'unprotected',
    'absent',
    'lenientAction',
    'weakened',
    'narrowed',
    'preceded',
    'partial',
  ),
);
