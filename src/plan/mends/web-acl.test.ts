import { expect, test } from 'vitest';
import { planForShop } from '../../../test/apply/planned.ts';
import { OWNER, REGION } from '../../../test/builders/place.ts';
import {
  ALB,
  geo,
  groupRule,
  instead,
  known,
  managed,
  rate,
  rule,
  WEB_ACL,
  withWebAcl,
} from '../../../test/builders/protection.ts';
import { type Facts, shop } from '../../../test/builders/shop.ts';
import type { Rule } from '../../services/wafv2/facts.ts';
import type { PlanOptions } from '../scene.ts';

const noRateLimit = withWebAcl(instead(3));

/** A group of AWS's that is held at a version, as AWS WAF writes it. */
function pinned(priority: number, Name: string, group: string): Rule {
  const Version = 'Version_1.4';
  return {
    ...groupRule(`${priority} ${Name}`, { ...managed(group), version: Version }),
    written: {
      Name,
      Priority: priority,
      OverrideAction: { None: {} },
      Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: group, Version } },
      VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: Name },
    },
  };
}

const sqli = pinned(4, 'BlockSQLInjection', 'AWSManagedRulesSQLiRuleSet');
const same = (rules: Rule[]) => rules;
const logs = (logging: Facts['wafv2.loggingConfigurations']) => (facts: Facts) => {
  facts['wafv2.loggingConfigurations'] = logging;
};

interface Case {
  readonly given: (facts: Facts) => void;
  readonly options?: Partial<PlanOptions>;
  readonly adds?: RegExp;
  readonly leaves?: RegExp;
}

const cases: Record<string, Case> = {
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
  'a version is taken out of a rule': {
    given: withWebAcl(instead(4, sqli)),
    adds: /^let AWS update the group of rule 4 BlockSQLInjection$/,
  },
  'a rule that is held at a version and only counts is written anew once, for both': {
    given: withWebAcl(instead(4, { ...sqli, overrideAction: 'count' })),
    adds: /^let rule 4 BlockSQLInjection block as row waf-sql-injection asks; let AWS update the group/,
  },
  'a version in a rule that looks for a text is left to people': {
    given: withWebAcl(instead(4, { ...sqli, written: undefined })),
    leaves: /4 BlockSQLInjection looks for a text.*take the version out of it yourself/,
  },
  "a version in a group of Firewall Manager's is left to its policy": {
    given: withWebAcl(same, {
      firewallManagerFirst: [pinned(0, 'Corporate', 'AWSManagedRulesLinuxRuleSet')],
    }),
    leaves: /Rule group Corporate is of Firewall Manager/,
  },
  'a shop that nobody gets into is opened, since its rules block': {
    given: withWebAcl(same, { defaultAction: 'block' }),
    adds: /^let through what no rule blocks$/,
  },
  'it is opened after the rules that it lacks': {
    given: withWebAcl(instead(3), { defaultAction: 'block' }),
    adds: /^add rule 3 RateLimit, which blocks\nlet through what no rule blocks$/,
  },
  'it stays shut while a row has no rule that blocks': {
    given: withWebAcl(instead(3), { defaultAction: 'block' }),
    options: { wafMode: 'count' },
    adds: /^add rule 3 RateLimit, which counts$/,
    leaves: /no rule blocks yet by waf-rate-limit/,
  },
  'a web ACL without a log gets one, and what it logs to': {
    given: logs([]),
    adds: /^create the log group aws-waf-logs-securecart\nkeep what is logged for 365 days\nlet it log to aws-waf-logs-securecart$/,
  },
  'what is there to log to is used': {
    given: facts => {
      logs([])(facts);
      const arn = `arn:aws:logs:${REGION}:${OWNER}:log-group:aws-waf-logs-securecart`;
      facts['logs.logGroups'] = [{ name: 'aws-waf-logs-securecart', arn, retentionDays: 30, tags: {} }];
    },
    adds: /^let it log to aws-waf-logs-securecart$/,
  },
  'a log that somebody filters is left to them': {
    given: logs([{ webAcl: WEB_ACL, destinations: ['d'], filter: { default: 'DROP', filters: [] } }]),
    leaves: /Somebody has its log drop what is blocked/,
  },
  'metrics are turned on where there are none': {
    given: withWebAcl(
      instead(4, { ...sqli, metrics: false, statement: managed('AWSManagedRulesSQLiRuleSet') }),
      {
        metrics: false,
      },
    ),
    adds: /^turn on the metrics of rule 4 BlockSQLInjection\nturn on the metrics of the web ACL$/,
  },
  'metrics of a rule that looks for a text are left to people': {
    given: withWebAcl(instead(4, { ...sqli, metrics: false, written: undefined })),
    leaves: /4 BlockSQLInjection looks for a text.*turn on its metrics yourself/,
  },
  'what stands behind AWS WAF Classic keeps it': {
    given: facts => {
      const classic = known(`arn:aws:waf-regional:${REGION}:${OWNER}:webacl/old`);
      facts['wafv2.associations'] = [{ resource: ALB, webAcl: classic }];
    },
    leaves: /takes the one of AWS WAF Classic away/,
  },
};

test.each(Object.entries(cases))('%s', (_, { given, options, adds, leaves }) => {
  const facts = shop();
  given(facts);
  const plan = planForShop(facts, options);
  const titles = plan.mends.flatMap(({ changes }) => changes.map(({ title }) => title));
  expect(titles.join('\n')).toMatch(adds ?? /^$/);
  expect(plan.leftAlone.map(({ detail }) => detail).join('\n')).toMatch(leaves ?? /^$/);
});
