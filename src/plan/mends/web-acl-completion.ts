import { judgeAsFarAsKnown } from '../../findings/waf/rows.ts';
import { referencesOf } from '../../findings/waf/step.ts';
import type { WafRule } from '../../model/baseline/waf.ts';
import type { Finding } from '../../model/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Change } from '../../model/plan.ts';
import type { Rule, WebAcl, WebAclDefinition } from '../../services/wafv2/facts.ts';
import { allowByDefault, countRequests, editRules } from '../../services/wafv2/web-acl/changes.ts';
import { counted, unpinned } from '../../services/wafv2/web-acl/rule.ts';
import type { Scene } from '../scene.ts';
import { type Asked, isPinned, isShut, isUncounted, keepsAllOut } from './web-acl-asked.ts';
import { editsFor, type RowEdit } from './web-acl-rows.ts';

/** What is written anew of a web ACL, and what cannot be. */
export interface Completion {
  /** In the order in which they are made. */
  readonly changes: readonly Change[];
  readonly refusals: readonly Refusal[];
  /** Whether rules are added, which AWS charges for. */
  readonly adds: boolean;
  /** Whether rules only count for now that are to block. */
  readonly counts: boolean;
}

/** What is not done, and the findings that stay for it. */
export interface Refusal {
  readonly stays: (finding: Finding) => boolean;
  readonly obstacle: 'no-mend' | 'managed';
  readonly detail: string;
}

/** What the user is told of rules that only count. */
export const COUNTS =
  'New rules only count, and what they are for fails still: once their metrics show no customers, run this again without --waf-mode count.';

/** A rule as it becomes, in the place of `from` where there was one. */
interface Put {
  readonly from: JsonObject | undefined;
  readonly to: JsonObject;
  readonly titles: readonly string[];
}

/** Plans what a web ACL is asked to do; its rules come before what is let through by default. Throws UnknownFact. */
export function complete(scene: Scene, acl: WebAcl, definition: WebAclDefinition, asked: Asked): Completion {
  const isClosed = keepsAllOut(scene.audit, definition);
  // What its rules do shows once it lets anything in.
  const judged = isClosed ? { ...definition, defaultAction: 'allow' as const } : definition;
  const edits = editsFor(scene, judged, asked.rows);
  const puts = new Map<string, Put>();
  for (const edit of edits) {
    if (edit.kind === 'put') puts.set(edit.name, { from: edit.from, to: edit.to, titles: [edit.title] });
  }
  const refusals = [
    ...edits.flatMap(refusedRow),
    ...unpin(definition, asked, puts),
    ...count(definition, asked, puts),
  ];
  const missing = asked.opened ? rowsWithout(scene, judged, edits) : [];
  const opens = asked.opened && missing.length === 0;
  if (isClosed && !opens) refusals.push(staysShut(missing));
  const { region } = scene;
  const changes = [
    ...(puts.size === 0 ? [] : [editRules(region, acl, ...editOf(puts))]),
    ...(asked.counted && !definition.metrics ? [countRequests(region, acl)] : []),
    ...(opens ? [allowByDefault(region, acl, definition)] : []),
  ];
  return {
    changes: changes.map((change, index) => after(change, changes[index - 1])),
    refusals,
    adds: [...puts.values()].some(({ from }) => from === undefined),
    counts: edits.some(edit => edit.kind === 'counting' || (edit.kind === 'put' && !edit.blocks)),
  };
}

const editOf = (puts: ReadonlyMap<string, Put>): [string, { remove: JsonObject[]; add: JsonObject[] }] => {
  const all = [...puts.values()];
  return [
    all.flatMap(({ titles }) => titles).join('; '),
    { remove: all.flatMap(({ from }) => (from === undefined ? [] : [from])), add: all.map(({ to }) => to) },
  ];
};

const after = (change: Change, previous: Change | undefined): Change =>
  previous === undefined ? change : { ...change, dependsOn: [...change.dependsOn, previous.id] };

function refusedRow(edit: RowEdit): Refusal[] {
  if (edit.kind === 'put') return [];
  const detail = edit.kind === 'refused' ? edit.detail : COUNTS;
  return [{ stays: ({ row }) => row?.id === edit.row.id, obstacle: 'no-mend', detail }];
}

/** Writes a rule anew, on top of what is written of it already; false where its form may hold a secret, and so is not known. */
function rewrite(
  puts: Map<string, Put>,
  { name, written }: Rule,
  title: string,
  change: (written: JsonObject) => JsonObject,
): boolean {
  if (written === undefined) return false;
  const put = puts.get(name) ?? { from: written, to: written, titles: [] };
  puts.set(name, { ...put, to: change(put.to), titles: [...put.titles, title] });
  return true;
}

/** Lets the managed groups follow AWS's versions. */
function unpin(definition: WebAclDefinition, asked: Asked, puts: Map<string, Put>): Refusal[] {
  const { firewallManagerFirst, rules, firewallManagerLast } = definition;
  const pinned = (of: readonly Rule[]) =>
    of.filter(
      rule =>
        rule.statement.kind === 'managed-rule-group' &&
        rule.statement.version !== undefined &&
        asked.unpinned(rule),
    );
  const foreign = pinned([...firewallManagerFirst, ...firewallManagerLast]).map(
    (rule): Refusal => ({
      stays: finding => isPinned(finding, rule),
      obstacle: 'managed',
      detail: `Rule group ${rule.name} is of Firewall Manager: take the version out of its policy.`,
    }),
  );
  const secret = pinned(rules)
    .filter(rule => !rewrite(puts, rule, `let AWS update the group of rule ${wordsOf(rule)}`, unpinned))
    .map(
      (rule): Refusal => ({
        stays: finding => isPinned(finding, rule),
        obstacle: 'no-mend',
        detail: `Rule ${wordsOf(rule)} looks for a text, which may be a secret and so is in no plan: take the version out of it yourself.`,
      }),
    );
  return [...foreign, ...secret];
}

/** Turns on the metrics of the rules that have none: of all or of none, since one finding is about all of them. */
function count({ rules }: WebAclDefinition, { counted: asks }: Asked, puts: Map<string, Put>): Refusal[] {
  const silent = asks ? rules.filter(({ metrics }) => !metrics) : [];
  const secret = silent.filter(({ written }) => written === undefined);
  if (secret.length > 0) {
    const detail = `Rule ${secret.map(wordsOf).join(', ')} looks for a text, which may be a secret and so is in no plan: turn on its metrics yourself.`;
    return [{ stays: isUncounted, obstacle: 'no-mend', detail }];
  }
  for (const rule of silent) rewrite(puts, rule, `turn on the metrics of rule ${wordsOf(rule)}`, counted);
  return [];
}

const wordsOf = ({ priority, name }: Rule): string => `${priority} ${name}`;

/** The rows of which no rule blocks what they are about once the edits are made: what is shut must not be opened to that. */
function rowsWithout(scene: Scene, definition: WebAclDefinition, edits: readonly RowEdit[]): WafRule[] {
  const references = referencesOf(scene.audit);
  return scene.audit.baseline.waf.rules.filter(row => {
    const edit = edits.find(one => one.row.id === row.id);
    if (edit !== undefined) return edit.kind !== 'put' || !edit.blocks;
    return judgeAsFarAsKnown(row, references, definition).kind === 'open';
  });
}

const staysShut = (missing: readonly WafRule[]): Refusal => ({
  stays: isShut,
  obstacle: 'no-mend',
  detail:
    missing.length === 0
      ? 'Its default action keeps everybody out, whatever its rules do: mend waf/default-action along with them.'
      : `Its default action keeps out what no rule blocks, and no rule blocks yet by ${missing.map(({ id }) => id).join(', ')}: let rules do that first.`,
});
