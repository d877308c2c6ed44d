import type { WafRule } from '../../model/baseline/waf.ts';
import { UnknownFact } from '../../model/fact.ts';
import type { FactName } from '../../services/facts.ts';
import type { WebAclDefinition } from '../../services/wafv2/facts.ts';
import { judgeEach, type Outcome, type RegionAudit } from '../control.ts';
import { type ActiveWebAcl, definitionOf, guardOf, ownerNote } from './acls.ts';
import { judgeCountries } from './countries.ts';
import { frontFacts } from './fronts.ts';
import { judgeIpSets } from './ip-sets.ts';
import type { Judgement, Shortfall } from './judgement.ts';
import { judgeManagedGroup } from './managed-group.ts';
import { judgeRate } from './rate.ts';
import { type References, referencesOf, type Step, stepsOf } from './step.ts';
import { stepWords } from './words.ts';

/** How the rows of the web ACL are told, whichever attack they are against. */
export const webAclMessages = {
  blocked: 'Blocked by rule {rules}.',
  unprotected: 'No web ACL stands before it: {threat} gets through.',
  absent: 'No rule looks for it: {threat} gets through to {behind}.{owner}',
  lenientAction: 'Rule {rule} has the action {action}, not block: {threat} gets through to {behind}.{owner}',
  weakened: 'In rule {rule}, {overridden}, not block: {threat} gets through to {behind}.{owner}',
  narrowed: 'Rule {rule} looks at {scope} only: elsewhere {threat} gets through to {behind}.{owner}',
  preceded:
    'Rule {hole} allows requests before rule {rule} sees them: that way {threat} gets through to {behind}.{owner}',
  partial: 'Rule {rules} looks into {parts} only: elsewhere {threat} gets through to {behind}.{owner}',
  forwarded:
    'Rule {rule} believes the header {header}, which every client can write: {threat} gets through to {behind}.{owner}',
  aggregate:
    'Rule {rule} counts by {aggregate} and not by the address of the connection: {threat} gets through to {behind}.{owner}',
  lenientLimit:
    'Rule {rule} lets an address send {limit} requests in {window} seconds: {threat} gets through to {behind}.{owner}',
  countriesOpen: 'Rule {rules} lets in countries that are not approved, {countries}, to {behind}.{owner}',
  countriesShut: 'Rule {rules} shuts out approved countries, {countries}, from {behind}.{owner}',
  setUnused: 'No rule blocks the addresses of {sets}: {threat} gets through to {behind}.{owner}',
} as const;

type Message = keyof typeof webAclMessages;

const needs = [...frontFacts, 'wafv2.ruleGroups', 'wafv2.ipSets'] as const satisfies readonly FactName[];

type Kind = WafRule['statement']['kind'];

/** Which rows of the baseline a control is about, and what gets through where they are not in force: `an SQL injection`. */
interface Subject {
  readonly kind: Kind;
  /** The managed rule group of the rows, where they are about one. */
  readonly group?: string;
  readonly threat: string;
}

/** What can be wrong with a row of each kind. */
const SHORTFALLS = {
  'managed-rule-group': ['absent', 'lenientAction', 'weakened', 'narrowed', 'preceded', 'partial'],
  rate: ['absent', 'lenientAction', 'aggregate', 'narrowed', 'preceded', 'lenientLimit'],
  countries: ['absent', 'lenientAction', 'forwarded', 'countriesOpen', 'countriesShut', 'preceded'],
  'ip-sets': ['setUnused', 'lenientAction', 'forwarded', 'preceded'],
} as const satisfies Record<Kind, readonly Shortfall['kind'][]>;

const messagesOf = (kind: Kind): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (['blocked', 'unprotected', ...SHORTFALLS[kind]] as const).map(name => [name, webAclMessages[name]]),
  );

/** What the controls of the web ACL's rows share; each adds what it demands, and why. */
export const webAclRows = (subject: Subject) => ({
  scope: 'region' as const,
  needs,
  messages: messagesOf(subject.kind),
  evaluate: (audit: RegionAudit): Iterable<Outcome<Message>> => judgeRegion(audit, subject),
});

const isOf =
  ({ kind, group }: Subject) =>
  ({ statement }: WafRule): boolean =>
    statement.kind === kind &&
    (group === undefined || (statement.kind === 'managed-rule-group' && statement.group === group));

/** Each web ACL that stands before something, once; and each thing that has none before it. */
function* judgeRegion(audit: RegionAudit, subject: Subject): Iterable<Outcome<Message>> {
  const { threat } = subject;
  const { active, bare, unread } = guardOf(audit);
  const wanted = audit.baseline.waf.rules.filter(isOf(subject));
  if (wanted.length === 0) return;
  for (const { resource, reason } of unread) yield { status: 'unknown', resource, reason };
  for (const { resource } of bare)
    yield { status: 'fail', resource, message: 'unprotected', data: { threat } };
  const references = referencesOf(audit);
  yield* judgeEach(
    active.flatMap(acl => wanted.map(row => ({ acl, row }))),
    ({ acl, row }) => ({ resource: acl.resource, key: row.id }),
    ({ acl, row }) => judgeRow(row, acl, threat, references),
  );
}

function* judgeRow(
  row: WafRule,
  acl: ActiveWebAcl,
  threat: string,
  references: References,
): Iterable<Outcome<Message>> {
  const definition = definitionOf(acl);
  const judgement = judgeAsFarAsKnown(row, references, definition);
  const about = {
    resource: acl.resource,
    row: { id: row.id, origin: row.origin },
    severity: row.severity,
    expected: wantedWords(row),
  };
  if (judgement.kind === 'blocked') {
    const { by } = judgement;
    const rules = namesOf(by);
    yield { status: 'pass', ...about, key: row.id, message: 'blocked', data: { rules }, actual: wordsOf(by) };
    return;
  }
  const common = { threat, behind: acl.behind, owner: ownerNote(definition) };
  for (const shortfall of judgement.shortfalls) {
    const { steps, data } = told(shortfall, common);
    yield {
      status: 'fail',
      ...about,
      key: `${row.id} ${shortfall.kind}`,
      message: shortfall.kind,
      data,
      actual: wordsOf(steps),
      blame: steps.map(({ name }) => name),
    };
  }
}

/**
 * What a web ACL does about a row. A rule group that could not be read hides what it does, and whatever it allows is not seen by the rules behind it. What
 * the rules before it block, however, is blocked; only who gets in besides hangs on every rule.
 */
export function judgeAsFarAsKnown(
  row: WafRule,
  references: References,
  definition: WebAclDefinition,
): Judgement {
  const steps: Step[] = [];
  try {
    for (const step of stepsOf(definition, references)) steps.push(step);
  } catch (error) {
    if (!(error instanceof UnknownFact)) throw error;
    const judgement = judge(row, steps, references, definition);
    if (judgement.kind === 'open' || row.statement.kind === 'countries') throw error;
    return judgement;
  }
  return judge(row, steps, references, definition);
}

function judge(
  { statement }: WafRule,
  steps: readonly Step[],
  references: References,
  definition: WebAclDefinition,
): Judgement {
  switch (statement.kind) {
    case 'managed-rule-group':
      return judgeManagedGroup(statement, steps, references);
    case 'rate':
      return judgeRate(statement, steps, references);
    case 'countries':
      return judgeCountries(statement, steps, references, definition);
    case 'ip-sets':
      return judgeIpSets(statement, steps, references);
    default:
      return statement satisfies never;
  }
}

type Common = Readonly<Record<'threat' | 'behind' | 'owner', string>>;

/** The rules to blame for a shortfall, and what fills its message. */
function told(
  shortfall: Shortfall,
  common: Common,
): { steps: readonly Step[]; data: Record<string, string | number> } {
  const { behind, owner } = common;
  switch (shortfall.kind) {
    case 'absent':
      return { steps: [], data: common };
    case 'lenientAction':
      return one(shortfall.step, { action: shortfall.step.action, ...common });
    case 'weakened':
      return one(shortfall.step, { overridden: shortfall.rules, ...common });
    case 'narrowed':
      return one(shortfall.step, { scope: shortfall.scope, ...common });
    case 'preceded': {
      const { step, hole } = shortfall;
      return { steps: [hole], data: { rule: step.name, hole: hole.name, ...common } };
    }
    case 'partial': {
      const { steps, parts } = shortfall;
      return { steps, data: { rules: namesOf(steps), parts, ...common } };
    }
    case 'forwarded':
      return one(shortfall.step, { header: shortfall.header, ...common });
    case 'aggregate':
      return one(shortfall.step, { aggregate: shortfall.aggregate, ...common });
    case 'lenientLimit':
      return one(shortfall.step, { limit: shortfall.limit, window: shortfall.window, ...common });
    case 'countriesOpen':
    case 'countriesShut': {
      const { steps, countries } = shortfall;
      return { steps, data: { rules: namesOf(steps), countries, behind, owner } };
    }
    case 'setUnused':
      return { steps: [], data: { sets: shortfall.sets, ...common } };
    default:
      return shortfall satisfies never;
  }
}

const one = (step: Step, data: Record<string, string | number>) => ({
  steps: [step],
  data: { rule: step.name, ...data },
});

const namesOf = (steps: readonly Step[]): string => steps.map(({ name }) => name).join(', ');
const wordsOf = (steps: readonly Step[]): string =>
  steps.length === 0 ? 'no such rule' : steps.map(stepWords).join('; ');

/** What a row asks for, in words. */
function wantedWords({ statement }: WafRule): string {
  switch (statement.kind) {
    case 'managed-rule-group': {
      const { vendor, group, mustBlock = [] } = statement;
      return `${vendor} ${group} blocks${mustBlock.length === 0 ? '' : `, among it ${mustBlock.join(', ')}`}`;
    }
    case 'rate':
      return `block over ${statement.limit} requests by IP in ${statement.windowSeconds} seconds`;
    case 'countries':
      return `block all countries but ${statement.allowed.join(' ')}`;
    case 'ip-sets':
      return `block IP set ${statement.sets.ipv4} and ${statement.sets.ipv6}`;
    default:
      return statement satisfies never;
  }
}
