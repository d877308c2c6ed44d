import type { WafRule } from '../../model/baseline/waf.ts';
import type { Field } from '../../services/wafv2/facts.ts';
import { closest, type Judgement, precededBy, type Shortfall } from './judgement.ts';
import { alternatives, matches, type References, type Step } from './step.ts';
import { statementWords } from './words.ts';

type Wanted = Extract<WafRule['statement'], { kind: 'managed-rule-group' }>;

/** The namespaces of the labels that AWS's groups put on what they match (AWS WAF's list of managed rule groups). */
const namespaces = new Map([
  ['AWSManagedRulesSQLiRuleSet', 'awswaf:managed:aws:sql-database:'],
  ['AWSManagedRulesCommonRuleSet', 'awswaf:managed:aws:core-rule-set:'],
  ['AWSManagedRulesAmazonIpReputationList', 'awswaf:managed:aws:amazon-ip-list:'],
]);

/** The statements by which own rules can look for what a group looks for. */
const ownStatements = new Map<string, 'sqli-match' | 'xss-match'>([
  ['AWSManagedRulesSQLiRuleSet', 'sqli-match'],
  ['AWSManagedRulesCommonRuleSet', 'xss-match'],
]);

/** Whether a managed rule group blocks, or own rules that look for the same in every part of a request. */
export function judgeManagedGroup(wanted: Wanted, steps: readonly Step[], references: References): Judgement {
  const candidates = steps.flatMap(step => {
    const { statement } = step;
    if (statement.kind !== 'managed-rule-group') return [];
    if (statement.vendor !== wanted.vendor || statement.group !== wanted.group) return [];
    return [{ step, shortfalls: shortfallsOf(wanted, step, statement, steps, references) }];
  });
  const judgement = closest(candidates);
  if (judgement.kind === 'blocked') return judgement;
  const own = judgeOwnRules(wanted, steps);
  return own?.kind === 'blocked' || candidates.length === 0 ? (own ?? judgement) : judgement;
}

function shortfallsOf(
  wanted: Wanted,
  step: Step,
  live: Extract<Step['statement'], { kind: 'managed-rule-group' }>,
  steps: readonly Step[],
  references: References,
): Shortfall[] {
  const labels = labelsBlockedAfter(step, steps);
  const namespace = namespaces.get(live.group) ?? `awswaf:managed:${live.vendor.toLowerCase()}:`;
  const isNamespaceBlocked = labels.some(
    ({ scope, key }) => scope === 'NAMESPACE' && namespace.startsWith(key),
  );
  const shortfalls = precededBy(step);
  if (live.scopeDown !== undefined && matches(live.scopeDown, undefined, references) !== 'always') {
    shortfalls.push({ kind: 'narrowed', step, scope: statementWords(live.scopeDown) });
  }
  if (isNamespaceBlocked) return shortfalls;
  if (step.action === 'count') shortfalls.push({ kind: 'lenientAction', step });
  const isLabelBlocked = (rule: string) =>
    labels.some(({ scope, key }) => scope === 'LABEL' && key === `${namespace}${labelOf(rule)}`);
  const weak = weakRules(wanted, live.overrides).filter(({ rule }) => !isLabelBlocked(rule));
  if (weak.length > 0) {
    const rules = weak.map(({ rule, action }) => `${rule} has the action ${action}`).join(', ');
    shortfalls.push({ kind: 'weakened', step, rules });
  }
  return shortfalls;
}

/** The rules on which the row stands that do not block; where it names none, on all, of which those that are overridden are known. */
function weakRules(
  { mustBlock, overrides: wanted = [] }: Wanted,
  live: readonly { rule: string; action: string }[],
) {
  const relevant = mustBlock ?? [...new Set(live.map(({ rule }) => rule))];
  return relevant
    .map(rule => {
      const override = live.findLast(one => one.rule === rule)?.action;
      // What the baseline overrides does not block by itself.
      return { rule, action: override ?? (wanted.some(one => one.rule === rule) ? 'count' : 'block') };
    })
    .filter(({ action }) => action !== 'block');
}

/** What later rules block by the labels that a group leaves behind. */
function labelsBlockedAfter(step: Step, steps: readonly Step[]) {
  return steps
    .slice(steps.indexOf(step) + 1)
    .filter(({ action, hole }) => action === 'block' && hole === undefined)
    .flatMap(({ statement }) => alternatives(statement))
    .flatMap(statement => (statement.kind === 'label-match' ? [statement] : []));
}

const parts = {
  QUERYARGUMENTS: 'QueryArguments',
  BODY: 'Body',
  COOKIE: 'Cookie',
  URIPATH: 'URIPath',
  HEADER: 'Header',
};

/** The last part of a rule's label, which has another case than its name: `SQLi_BODY` labels `SQLi_Body`. Labels are compared by case. */
const labelOf = (rule: string): string =>
  Object.entries(parts).reduce(
    (text, [name, label]) => text.replace(new RegExp(`_${name}$`), `_${label}`),
    rule,
  );

/** The parts of a request that an injection can come in; AWS's groups look into each. */
const requestParts = ['query', 'body', 'cookies', 'path'] as const;

/** Undefined where no own rule looks for what the group does. */
function judgeOwnRules({ group }: Wanted, steps: readonly Step[]): Judgement | undefined {
  const kind = ownStatements.get(group);
  const looking = steps.flatMap(step => {
    const fields = alternatives(step.statement).flatMap(one =>
      one.kind === kind && 'field' in one ? one.field : [],
    );
    return fields.length > 0 ? [{ step, parts: fields.map(partOf) }] : [];
  });
  const [first] = looking;
  if (first === undefined) return undefined;
  const blocking = looking.filter(({ step }) => step.action === 'block');
  if (blocking.length === 0)
    return { kind: 'open', shortfalls: [{ kind: 'lenientAction', step: first.step }] };
  const rules = blocking.map(({ step }) => step);
  const covered = requestParts.filter(part => blocking.some(({ parts }) => parts.includes(part)));
  const shortfalls = rules.flatMap(precededBy).slice(0, 1);
  if (covered.length < requestParts.length) {
    shortfalls.push({
      kind: 'partial',
      steps: rules,
      parts: covered.join(', ') || 'a part of what an attacker can write',
    });
  }
  return shortfalls.length === 0 ? { kind: 'blocked', by: rules } : { kind: 'open', shortfalls };
}

/** The whole part that a field is; undefined where it is only some of it. */
function partOf({ name, only, oversize }: Field): (typeof requestParts)[number] | undefined {
  if (name === 'SingleHeader' && only?.toLowerCase() === 'cookie') return 'cookies';
  if (only !== undefined || oversize === 'NO_MATCH') return undefined;
  if (name === 'AllQueryArguments' || name === 'QueryString') return 'query';
  if (name === 'Body') return 'body';
  if (name === 'Cookies') return 'cookies';
  return name === 'UriPath' ? 'path' : undefined;
}
