import type {
  RuleAction as DescribedAction,
  Rule as DescribedRule,
  Statement as DescribedStatement,
  FieldToMatch,
  ManagedRuleGroupStatement,
  RateBasedStatement,
  RuleGroupReferenceStatement,
} from '@aws-sdk/client-wafv2';
import { z } from 'zod';
import { Json, type JsonObject } from '../../model/json.ts';
import { given } from '../reader.ts';
import type { Field, Rule, RuleAction, Statement } from './facts.ts';

/** A list of rules in the order in which AWS WAF evaluates them. */
export const inOrder = (rules: readonly DescribedRule[] | undefined): Rule[] =>
  (rules ?? []).map(ruleOf).sort((a, b) => a.priority - b.priority);

/** The same for a web ACL's own rules, with what a mend of them must keep. */
export const ownInOrder = (rules: readonly DescribedRule[] | undefined): Rule[] =>
  (rules ?? [])
    .map(rule => ({ ...ruleOf(rule), ...(!holdsText(rule) && { written: asJson(rule) }) }))
    .sort((a, b) => a.priority - b.priority);

/** The members by which a rule looks for a text, or adds one to requests. */
const TEXTS: ReadonlySet<string> = new Set(['SearchString', 'RegexString', 'CustomRequestHandling']);

const holdsText = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(([key, item]) => (TEXTS.has(key) && item !== null) || holdsText(item));

/** A part of an answer in AWS WAF's own form. moto gives null for what a rule does not have. */
export const asJson = (part: object): JsonObject =>
  z
    .record(z.string(), Json)
    .parse(JSON.parse(JSON.stringify(part, (_, value: unknown) => value ?? undefined)));

function ruleOf(from: DescribedRule): Rule {
  const { Action, OverrideAction } = from;
  return {
    name: given(from.Name, 'Name of a rule'),
    priority: given(from.Priority, 'Priority of a rule'),
    // moto gives null for the one that a rule does not have.
    ...(Action && { action: actionOf(Action) }),
    ...(OverrideAction && { overrideAction: OverrideAction.Count === undefined ? 'none' : 'count' }),
    statement: statementOf(given(from.Statement, 'Statement of a rule')),
    metrics: from.VisibilityConfig?.CloudWatchMetricsEnabled ?? false,
  };
}

function actionOf(from: DescribedAction): RuleAction {
  if (from.Block !== undefined) return 'block';
  if (from.Allow !== undefined) return 'allow';
  if (from.Captcha !== undefined) return 'captcha';
  if (from.Challenge !== undefined) return 'challenge';
  // Whatever AWS adds ends no request that is known of.
  return 'count';
}

/** The statement of a rule, or one within it. */
export function statementOf(from: DescribedStatement): Statement {
  const { SqliMatchStatement: sqli, XssMatchStatement: xss, GeoMatchStatement: geo } = from;
  if (sqli) return { kind: 'sqli-match', field: fieldOf(sqli.FieldToMatch) };
  if (xss) return { kind: 'xss-match', field: fieldOf(xss.FieldToMatch) };
  if (geo) {
    return {
      kind: 'geo-match',
      countries: [...(geo.CountryCodes ?? [])].sort(),
      forwardedHeader: geo.ForwardedIPConfig?.HeaderName,
    };
  }
  const { IPSetReferenceStatement: ipSet, LabelMatchStatement: label } = from;
  if (ipSet) {
    return {
      kind: 'ip-set',
      arn: given(ipSet.ARN, 'ARN of an IP set'),
      forwardedHeader: ipSet.IPSetForwardedIPConfig?.HeaderName,
    };
  }
  if (label) {
    return {
      kind: 'label-match',
      scope: given(label.Scope, 'Scope of a label match'),
      key: given(label.Key, 'Key of a label match'),
    };
  }
  return (
    groupOf(from) ?? logicOf(from) ?? textOf(from) ?? { kind: 'other', name: Object.keys(from)[0] ?? '' }
  );
}

function groupOf(from: DescribedStatement): Statement | undefined {
  const {
    ManagedRuleGroupStatement: managed,
    RuleGroupReferenceStatement: own,
    RateBasedStatement: rate,
  } = from;
  if (managed) {
    return {
      kind: 'managed-rule-group',
      vendor: given(managed.VendorName, 'VendorName of a rule group'),
      group: given(managed.Name, 'Name of a rule group'),
      version: managed.Version,
      overrides: overridesOf(managed),
      scopeDown: scopeDownOf(managed),
    };
  }
  if (own)
    return { kind: 'rule-group', arn: given(own.ARN, 'ARN of a rule group'), overrides: overridesOf(own) };
  if (!rate) return undefined;
  return {
    kind: 'rate',
    limit: given(rate.Limit, 'Limit of a rate-based rule'),
    // AWS's default (API_RateBasedStatement).
    windowSeconds: rate.EvaluationWindowSec ?? 300,
    aggregate: given(rate.AggregateKeyType, 'AggregateKeyType'),
    scopeDown: scopeDownOf(rate),
  };
}

function logicOf(from: DescribedStatement): Statement | undefined {
  const { AndStatement: and, OrStatement: or, NotStatement: not } = from;
  if (and) return { kind: 'and', statements: (and.Statements ?? []).map(statementOf) };
  if (or) return { kind: 'or', statements: (or.Statements ?? []).map(statementOf) };
  if (not) return { kind: 'not', statement: statementOf(given(not.Statement, 'Statement of a Not')) };
  return undefined;
}

/** What looks for a text, a pattern or a size; the text and the pattern are left unread. */
function textOf(from: DescribedStatement): Statement | undefined {
  const {
    ByteMatchStatement: text,
    RegexMatchStatement: pattern,
    RegexPatternSetReferenceStatement: set,
    SizeConstraintStatement: size,
    AsnMatchStatement: asn,
  } = from;
  if (text) {
    const position = given(text.PositionalConstraint, 'PositionalConstraint');
    return { kind: 'byte-match', field: fieldOf(text.FieldToMatch), position };
  }
  if (pattern) return { kind: 'regex-match', field: fieldOf(pattern.FieldToMatch) };
  if (set) {
    const arn = given(set.ARN, 'ARN of a regex pattern set');
    return { kind: 'regex-pattern-set', arn, field: fieldOf(set.FieldToMatch) };
  }
  if (size) {
    const comparison = given(size.ComparisonOperator, 'ComparisonOperator');
    return { kind: 'size', field: fieldOf(size.FieldToMatch), comparison, bytes: given(size.Size, 'Size') };
  }
  return asn && { kind: 'asn-match', networks: [...(asn.AsnList ?? [])].sort((a, b) => a - b) };
}

const scopeDownOf = ({
  ScopeDownStatement: scopeDown,
}: ManagedRuleGroupStatement | RateBasedStatement): Statement | undefined =>
  scopeDown && statementOf(scopeDown);

/** ExcludedRules is the older way to have a rule of a group count. */
function overridesOf(from: ManagedRuleGroupStatement | RuleGroupReferenceStatement) {
  const excluded = (from.ExcludedRules ?? []).map(({ Name }) => ({ Name, ActionToUse: { Count: {} } }));
  return [...excluded, ...(from.RuleActionOverrides ?? [])].map(({ Name, ActionToUse }) => ({
    rule: given(Name, 'Name of an overridden rule'),
    action: actionOf(given(ActionToUse, 'ActionToUse')),
  }));
}

/** The names that FieldToMatch has for a part of a request that can be narrowed to some of it. */
function fieldOf(from: FieldToMatch | undefined): Field {
  const { SingleHeader, SingleQueryArgument, Cookies, Headers, JsonBody, Body, ...others } = given(
    from,
    'FieldToMatch',
  );
  if (SingleHeader) return { name: 'SingleHeader', only: SingleHeader.Name };
  if (SingleQueryArgument) return { name: 'SingleQueryArgument', only: SingleQueryArgument.Name };
  if (Body) return { name: 'Body', oversize: Body.OversizeHandling };
  const part = Cookies ?? Headers ?? JsonBody;
  if (part === undefined) return { name: Object.keys(others)[0] ?? '' };
  const name = Cookies ? 'Cookies' : Headers ? 'Headers' : 'JsonBody';
  const isWhole = part.MatchPattern?.All !== undefined && part.MatchScope === 'ALL';
  return {
    name,
    ...(!isWhole && { only: JSON.stringify({ ...part.MatchPattern, scope: part.MatchScope }) }),
    oversize: part.OversizeHandling,
  };
}
