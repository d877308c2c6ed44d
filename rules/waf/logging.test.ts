import { BEHIND, withWebAcl } from '../../test/builders/protection.ts';
import { type Facts, REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import logging from './logging.ts';

type Filter = NonNullable<Facts['wafv2.loggingConfigurations'][number]['filter']>;

const filtered = (filter: Filter) => (facts: Facts) => {
  for (const log of facts['wafv2.loggingConfigurations']) log.filter = filter;
};
const filter = (
  behavior: 'KEEP' | 'DROP',
  actions: string[],
  labels: string[] = [],
  requirement: 'MEETS_ALL' | 'MEETS_ANY' = 'MEETS_ANY',
) => ({ behavior, requirement, actions, labels });
const pass = { status: 'pass' as const, resource: 'acl-1' };
const dropped = {
  status: 'fail' as const,
  resource: 'acl-1',
  key: 'log',
  message: `The filter of its log drops blocked requests: attacks on ${BEHIND} leave no trace.`,
};

testControl(logging, {
  'all requests are logged': {
    expect: [{ ...pass, message: 'It logs what it blocks and counts what it matches.' }],
  },
  'no log': {
    given: facts => {
      facts['wafv2.loggingConfigurations'] = [];
    },
    expect: [
      {
        status: 'fail',
        resource: 'acl-1',
        key: 'log',
        message: `It has no log: attacks on ${BEHIND} leave no trace.`,
      },
    ],
  },
  'a denied list of logs is not a list without one': {
    denied: ['wafv2.loggingConfigurations'],
    expect: [{ status: 'unknown', resource: 'acl-1' }],
  },
  'only what is blocked or counted is kept': {
    given: filtered({ default: 'DROP', filters: [filter('KEEP', ['BLOCK', 'COUNT'])] }),
    expect: [pass],
  },
  'a log is there, and keeps what was allowed': {
    given: filtered({ default: 'DROP', filters: [filter('KEEP', ['ALLOW'])] }),
    expect: [dropped],
  },
  'what was blocked with a label only is kept': {
    given: filtered({ default: 'DROP', filters: [filter('KEEP', ['BLOCK'], ['awswaf:x'], 'MEETS_ALL')] }),
    expect: [dropped],
  },
  'what has a label is dropped, blocked or not': {
    given: filtered({ default: 'KEEP', filters: [filter('DROP', [], ['awswaf:managed:x'])] }),
    expect: [dropped],
  },
  'a rule has no metrics': {
    given: withWebAcl(rules => rules.map(rule => ({ ...rule, metrics: rule.priority !== 3 }))),
    expect: [
      {
        status: 'fail',
        resource: 'acl-1',
        key: 'metrics',
        message: 'CloudWatch has no metrics of rule 3 RateLimit.',
      },
    ],
  },
  'the baseline asks for neither': {
    given: facts => {
      facts['wafv2.loggingConfigurations'] = [];
    },
    baseline: baseline => ({
      ...baseline,
      waf: { ...baseline.waf, logging: { ...baseline.waf.logging, logs: false, metrics: false } },
    }),
    expect: [pass],
  },
  'nothing faces the internet': {
    given: facts => {
      facts['wafv2.associations'] = [];
      facts['apigateway.restApis'] = [];
    },
    expect: [{ status: 'not-applicable', resource: REGION }],
  },
});
