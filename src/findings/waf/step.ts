import { need, UnknownFact } from '../../model/fact.ts';
import type { Rule, RuleAction, Statement, WebAclDefinition } from '../../services/wafv2/facts.ts';
import type { RegionAudit } from '../control.ts';

/** One rule as it acts in a web ACL, whether it stands there or in one of its rule groups. */
export interface Step {
  /** Its priority and name, behind those of the rule group that it is in: `4 BlockSQLInjection`, `4 Shared › 0 SQL`. */
  readonly name: string;
  /** `group`: a managed rule group whose rules keep their actions. */
  readonly action: RuleAction | 'group';
  readonly statement: Statement;
  /** The first step before it that allows some requests, which it then never sees. */
  readonly hole: Step | undefined;
}

/** What the rules of a web ACL refer to. Each throws UnknownFact where it could not be read. */
export interface References {
  readonly rules: (ruleGroup: string) => readonly Rule[];
  readonly addresses: (ipSet: string) => readonly string[];
  readonly ipSetName: (ipSet: string) => string;
}

/** The references of a Region; they want `wafv2.ruleGroups` and `wafv2.ipSets` among the needs. */
export const referencesOf = ({ value }: RegionAudit): References => {
  const ipSet = (arn: string) => found(value('wafv2.ipSets'), arn, 'wafv2:GetIPSet');
  return {
    rules: arn => need(found(value('wafv2.ruleGroups'), arn, 'wafv2:GetRuleGroup').rules),
    addresses: arn => need(ipSet(arn).addresses),
    ipSetName: arn => ipSet(arn).name,
  };
};

function found<Value extends { arn: string }>(values: readonly Value[], arn: string, call: string): Value {
  const value = values.find(one => one.arn === arn);
  if (value === undefined) throw new UnknownFact({ kind: 'not-read', call });
  return value;
}

/**
 * The steps in the order in which AWS WAF takes them: Firewall Manager's first groups, the web ACL's own rules, Firewall
 * Manager's last groups; a rule group's rules in its place. They come one by one, so that a rule group that could not be
 * read matters only to who gets as far as it. Throws UnknownFact.
 */
export function* stepsOf(definition: WebAclDefinition, references: References): Generator<Step> {
  let hole: Step | undefined;
  for (const step of bareSteps(definition, references)) {
    const located = { ...step, hole };
    yield located;
    if (allowsSome(located, references)) hole ??= located;
  }
}

type BareStep = Omit<Step, 'hole'>;

function* bareSteps(definition: WebAclDefinition, references: References): Generator<BareStep> {
  const { firewallManagerFirst, rules, firewallManagerLast } = definition;
  for (const rule of firewallManagerFirst) yield* stepsOfRule(rule, 'Firewall Manager ', references);
  for (const rule of rules) yield* stepsOfRule(rule, '', references);
  for (const rule of firewallManagerLast) yield* stepsOfRule(rule, 'Firewall Manager ', references);
}

function* stepsOfRule(rule: Rule, prefix: string, references: References): Generator<BareStep> {
  const { statement, action = 'count', overrideAction } = rule;
  const name = `${prefix}${rule.priority} ${rule.name}`;
  if (statement.kind === 'managed-rule-group') {
    yield { name, action: overrideAction === 'count' ? 'count' : 'group', statement };
  } else if (statement.kind === 'rule-group') {
    for (const inner of references.rules(statement.arn)) {
      const override = statement.overrides.findLast(({ rule }) => rule === inner.name)?.action;
      yield {
        name: `${name} › ${inner.priority} ${inner.name}`,
        action: overrideAction === 'count' ? 'count' : (override ?? inner.action ?? 'count'),
        statement: inner.statement,
      };
    }
  } else {
    yield { name, action, statement };
  }
}

/** The first step that lets some requests in; undefined where all is left to the default action. Throws UnknownFact. */
export function firstAllowing(definition: WebAclDefinition, references: References): Step | undefined {
  for (const step of stepsOf(definition, references)) if (allowsSome(step, references)) return step;
  return undefined;
}

/** Whether a step lets some requests pass all that come after it. Throws UnknownFact. */
export function allowsSome({ action, statement }: Step, references: References): boolean {
  if (action === 'group' && statement.kind === 'managed-rule-group') {
    return statement.overrides.some(override => override.action === 'allow');
  }
  return action === 'allow' && matches(statement, undefined, references) !== 'never';
}

/** What a statement does with the requests of one country, or of all where none is named. */
export type Match = 'always' | 'never' | 'sometimes';

/** How much of a country's traffic a statement matches, as far as countries and empty IP sets decide it. Throws UnknownFact. */
export function matches(statement: Statement, country: string | undefined, references: References): Match {
  switch (statement.kind) {
    case 'geo-match':
      // A header is the client's to write, whatever country it is in.
      if (country === undefined || statement.forwardedHeader !== undefined) return 'sometimes';
      return statement.countries.includes(country) ? 'always' : 'never';
    case 'ip-set':
      return references.addresses(statement.arn).length === 0 ? 'never' : 'sometimes';
    case 'not':
      return opposite[matches(statement.statement, country, references)];
    case 'and':
      return and(statement.statements.map(one => matches(one, country, references)));
    case 'or':
      return opposite[and(statement.statements.map(one => opposite[matches(one, country, references)]))];
    case 'sqli-match':
    case 'xss-match':
    case 'byte-match':
    case 'regex-match':
    case 'regex-pattern-set':
    case 'size':
    case 'asn-match':
    case 'label-match':
    case 'rate':
    case 'managed-rule-group':
    case 'rule-group':
    case 'other':
      return 'sometimes';
    default:
      return statement satisfies never;
  }
}

const opposite = { always: 'never', never: 'always', sometimes: 'sometimes' } as const satisfies Record<
  Match,
  Match
>;

function and(all: readonly Match[]): Match {
  if (all.includes('never')) return 'never';
  return all.every(one => one === 'always') ? 'always' : 'sometimes';
}

/** The statements of which any one is enough for the whole to match. */
export const alternatives = (statement: Statement): readonly Statement[] =>
  statement.kind === 'or' ? statement.statements.flatMap(alternatives) : [statement];
