import { z } from 'zod';
import type { WafRule } from '../../../model/baseline/waf.ts';
import { Json, type JsonObject } from '../../../model/json.ts';
import type { Rule, Statement } from '../facts.ts';

/** The two IP sets of a row, by their ARNs. */
export interface IpSetArns {
  readonly ipv4: string;
  readonly ipv6: string;
}

/** How a new rule is named and placed, and whether it only counts for now. */
export interface Placement {
  readonly name: string;
  readonly priority: number;
  readonly mode: 'block' | 'count';
}

/** The rule that carries out a row of the baseline, as a fact: what it does, and how it is written. */
export function ruleOfRow(row: WafRule, placement: Placement, ipSets: IpSetArns | undefined): Rule {
  const { name, priority, mode } = placement;
  const isGroup = row.statement.kind === 'managed-rule-group';
  return {
    name,
    priority,
    ...(isGroup
      ? { overrideAction: mode === 'count' ? ('count' as const) : ('none' as const) }
      : { action: mode }),
    statement: factOfRow(row.statement, ipSets),
    metrics: true,
    written: writtenRule(row, placement, ipSets),
  };
}

function factOfRow(statement: WafRule['statement'], ipSets: IpSetArns | undefined): Statement {
  switch (statement.kind) {
    case 'managed-rule-group': {
      const { kind, vendor, group, overrides = [] } = statement;
      return { kind, vendor, group, overrides };
    }
    case 'rate': {
      const { kind, limit, windowSeconds } = statement;
      return { kind, limit, windowSeconds, aggregate: 'IP' };
    }
    case 'countries':
      return { kind: 'not', statement: { kind: 'geo-match', countries: [...statement.allowed].sort() } };
    case 'ip-sets':
      return {
        kind: 'or',
        statements:
          ipSets === undefined ? [] : [ipSets.ipv4, ipSets.ipv6].map(arn => ({ kind: 'ip-set', arn })),
      };
    default:
      return statement satisfies never;
  }
}

type Of<Kind extends WafRule['statement']['kind']> = Extract<WafRule['statement'], { kind: Kind }>;

/** The rule that carries out a row of the baseline, in AWS WAF's form (API_Rule). `ipSets` are of the row, where it names some. */
export function writtenRule(
  { statement }: WafRule,
  { name, priority, mode }: Placement,
  ipSets: IpSetArns | undefined,
): JsonObject {
  // A rule group has an override action, and every other rule an action.
  const isGroup = statement.kind === 'managed-rule-group';
  const does = mode === 'count' ? 'Count' : isGroup ? 'None' : 'Block';
  return {
    Name: name,
    Priority: priority,
    [isGroup ? 'OverrideAction' : 'Action']: { [does]: {} },
    Statement: statementOfRow(statement, ipSets),
    VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: name },
  };
}

function statementOfRow(statement: WafRule['statement'], ipSets: IpSetArns | undefined): JsonObject {
  switch (statement.kind) {
    case 'managed-rule-group': {
      const { vendor, group, overrides = [] } = statement;
      const blocks = overrides.map(({ rule }) => blockOverride(rule));
      return {
        ManagedRuleGroupStatement: {
          VendorName: vendor,
          Name: group,
          ...(blocks.length > 0 && { RuleActionOverrides: blocks }),
        },
      };
    }
    case 'rate':
      return { RateBasedStatement: { ...rateOf(statement), AggregateKeyType: 'IP' } };
    case 'countries':
      return notFrom(statement);
    case 'ip-sets':
      return anyOf(ipSets === undefined ? [] : [ipSets.ipv4, ipSets.ipv6]);
    default:
      return statement satisfies never;
  }
}

const blockOverride = (rule: string): JsonObject => ({ Name: rule, ActionToUse: { Block: {} } });

const rateOf = ({ limit, windowSeconds }: Of<'rate'>): JsonObject => ({
  Limit: limit,
  EvaluationWindowSec: windowSeconds,
});

const notFrom = ({ allowed }: Of<'countries'>): JsonObject => ({
  NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: [...allowed] } } },
});

const anyOf = (arns: readonly string[]): JsonObject => ({
  OrStatement: { Statements: arns.map(ARN => ({ IPSetReferenceStatement: { ARN } })) },
});

/** A rule's own form with what it does to a row's requests as the baseline wants it; undefined where the rule is none for the row, or another one beside it is safer. */
export function mendedRule(rule: Rule, row: WafRule, ipSets: IpSetArns | undefined): JsonObject | undefined {
  const { written, action } = rule;
  // What lets requests in was made to let them in.
  if (written === undefined || action === 'allow') return undefined;
  const statement = mendedStatement(rule.statement, row.statement, statementOf(written), ipSets);
  if (statement === undefined) return undefined;
  if (row.statement.kind === 'managed-rule-group') {
    return { ...written, OverrideAction: { None: {} }, Statement: statement };
  }
  return { ...written, ...(action !== 'block' && { Action: { Block: {} } }), Statement: statement };
}

function mendedStatement(
  live: Statement,
  wanted: WafRule['statement'],
  written: Record<string, JsonObject>,
  ipSets: IpSetArns | undefined,
): JsonObject | undefined {
  switch (wanted.kind) {
    case 'managed-rule-group':
      return live.kind === 'managed-rule-group' && live.group === wanted.group && live.scopeDown === undefined
        ? { ManagedRuleGroupStatement: mendedGroup(live, wanted, written.ManagedRuleGroupStatement ?? {}) }
        : undefined;
    case 'rate':
      return live.kind === 'rate' && live.aggregate === 'IP' && live.scopeDown === undefined
        ? { RateBasedStatement: { ...written.RateBasedStatement, ...stricter(live, wanted) } }
        : undefined;
    case 'countries':
      return live.kind === 'not' && live.statement.kind === 'geo-match' && !isForwarded(live.statement)
        ? notFrom(wanted)
        : undefined;
    case 'ip-sets': {
      const own = live.kind === 'or' ? live.statements : [live];
      const arns = own.flatMap(one => (one.kind === 'ip-set' && !isForwarded(one) ? one.arn : []));
      const wants = ipSets === undefined ? [] : [ipSets.ipv4, ipSets.ipv6];
      const isOfRow = arns.length === own.length && wants.some(arn => arns.includes(arn));
      return isOfRow ? anyOf([...new Set([...arns, ...wants])]) : undefined;
    }
    default:
      return wanted satisfies never;
  }
}

const isForwarded = ({ forwardedHeader }: { forwardedHeader?: string | undefined }): boolean =>
  forwardedHeader !== undefined;

/** The row's limit, unless the rule has a tighter one of its own. */
const stricter = (live: Extract<Statement, { kind: 'rate' }>, wanted: Of<'rate'>): JsonObject =>
  live.limit * Math.ceil(wanted.windowSeconds / live.windowSeconds) > wanted.limit ? rateOf(wanted) : {};

const Named = z.array(z.object({ Name: z.string() }).catchall(Json)).default([]);

/** The group without the overrides that take from what it is for; the others are somebody's, and stay. */
function mendedGroup(
  live: Extract<Statement, { kind: 'managed-rule-group' }>,
  { mustBlock, overrides = [] }: Of<'managed-rule-group'>,
  { RuleActionOverrides, ExcludedRules, ...rest }: JsonObject,
): JsonObject {
  const weak = new Set(
    live.overrides.flatMap(({ rule, action }) =>
      action !== 'block' && (mustBlock?.includes(rule) ?? true) ? rule : [],
    ),
  );
  const kept = (list: Json | undefined) => Named.parse(list).filter(({ Name }) => !weak.has(Name));
  const excluded = kept(ExcludedRules);
  const own = kept(RuleActionOverrides);
  const missing = overrides.filter(({ rule }) => !own.some(({ Name }) => Name === rule));
  const blocks = [...own, ...missing.map(({ rule }) => blockOverride(rule))];
  return {
    ...rest,
    ...(excluded.length > 0 && { ExcludedRules: excluded }),
    ...(blocks.length > 0 && { RuleActionOverrides: blocks }),
  };
}

/** The rule with the version of its managed group left to AWS. */
export function unpinned(written: JsonObject): JsonObject {
  const { Version: _, ...group } = statementOf(written).ManagedRuleGroupStatement ?? {};
  return { ...written, Statement: { ManagedRuleGroupStatement: group } };
}

/** The rule, with CloudWatch counting what it matches. */
export const counted = (written: JsonObject): JsonObject => ({
  ...written,
  VisibilityConfig: { ...Visible.parse(written.VisibilityConfig), CloudWatchMetricsEnabled: true },
});

const Visible = z.record(z.string(), Json);

const Written = z.object({ Statement: z.record(z.string(), z.record(z.string(), Json)) });

const statementOf = (written: JsonObject): Record<string, JsonObject> => Written.parse(written).Statement;
