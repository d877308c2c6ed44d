import { judgeAsFarAsKnown } from '../../findings/waf/rows.ts';
import { allowsSome, type References, referencesOf, stepsOf } from '../../findings/waf/step.ts';
import type { WafRule } from '../../model/baseline/waf.ts';
import { canonicalJson, type JsonObject } from '../../model/json.ts';
import type { ListedIpSet, WebAclDefinition } from '../../services/wafv2/facts.ts';
import { type IpSetArns, mendedRule, writtenRule } from '../../services/wafv2/web-acl/rule.ts';
import type { Scene } from '../scene.ts';

/**
 * What becomes of a row in a web ACL: a rule anew, in the place of `from` where there was one, with its words; or nothing,
 * since its rule only counts for now, as the user wants it; or why there can be none.
 */
export type RowEdit =
  | {
      readonly kind: 'put';
      readonly row: WafRule;
      readonly name: string;
      readonly from: JsonObject | undefined;
      readonly to: JsonObject;
      readonly title: string;
      readonly blocks: boolean;
    }
  | { readonly kind: 'counting'; readonly row: WafRule }
  | { readonly kind: 'refused'; readonly row: WafRule; readonly detail: string };

/** The rules by which a web ACL carries out the rows that it does not; all other rules stay what and where they are. Throws UnknownFact. */
export function editsFor(scene: Scene, definition: WebAclDefinition, rows: readonly WafRule[]): RowEdit[] {
  const references = referencesOf(scene.audit);
  const shape: Shape = {
    definition,
    hole: firstHole(definition, references),
    mode: scene.wafMode ?? 'block',
    priorities: new Map(definition.rules.map(({ name, priority }) => [name, priority])),
  };
  return rows
    .filter(row => judgeAsFarAsKnown(row, references, definition).kind !== 'blocked')
    .map(row => editFor(row, shape, scene));
}

/** A web ACL as its rules are placed one by one. */
interface Shape {
  readonly definition: WebAclDefinition;
  readonly hole: Hole | undefined;
  readonly mode: 'block' | 'count';
  readonly priorities: Map<string, number>;
}

function editFor(row: WafRule, shape: Shape, { audit }: Scene): RowEdit {
  const { definition, hole, mode, priorities } = shape;
  const refused = (detail: string): RowEdit => ({ kind: 'refused', row, detail });
  const sets = row.statement.kind === 'ip-sets' ? row.statement.sets : undefined;
  const ipSets = sets && arnsOf(sets, audit.value('wafv2.listedIpSets'));
  if (sets !== undefined && ipSets === undefined) {
    return refused(
      `There are no IP sets ${sets.ipv4} and ${sets.ipv6} yet: \`securecart apply\` creates them, with no address in them.`,
    );
  }
  if (hole !== undefined && hole.priority === undefined) {
    return refused(
      `${hole.name} allows requests before any rule of the web ACL's own sees them: change the policy of Firewall Manager.`,
    );
  }
  const limit = hole?.priority ?? Number.POSITIVE_INFINITY;
  const found = mendable(row, definition, ipSets);
  const stays = found !== undefined && found.priority < limit;
  const priority = stays ? found.priority : freePriority([...priorities.values()], row.priority, limit);
  if (priority === undefined) {
    return refused(
      `Rule ${hole?.name} allows requests first, and no priority before it is free: give it a higher one, or let it allow nothing.`,
    );
  }
  const name = found?.name ?? freeName(row, priorities);
  priorities.set(name, priority);
  const asNew = writtenRule(row, { name, priority, mode }, ipSets);
  if (found === undefined) {
    const blocks = mode === 'block';
    const title = `add rule ${priority} ${name}, which ${blocks ? 'blocks' : 'counts'}`;
    return { kind: 'put', row, name, from: undefined, to: asNew, title, blocks };
  }
  if (mode === 'count' && canonicalJson(found.from) === canonicalJson(asNew))
    return { kind: 'counting', row };
  const title = `let rule ${priority} ${name} block as row ${row.id} asks`;
  return {
    kind: 'put',
    row,
    name,
    from: found.from,
    to: { ...found.to, Priority: priority },
    title,
    blocks: true,
  };
}

/** The first rule that can be made to carry out a row. */
function mendable(row: WafRule, { rules }: WebAclDefinition, ipSets: IpSetArns | undefined) {
  return rules
    .flatMap(rule => {
      const to = mendedRule(rule, row, ipSets);
      return to === undefined || rule.written === undefined
        ? []
        : [{ name: rule.name, priority: rule.priority, from: rule.written, to }];
    })
    .at(0);
}

/** The ARNs of a row's IP sets, by their names; undefined where one is not there. */
export function arnsOf(
  { ipv4, ipv6 }: { ipv4: string; ipv6: string },
  listed: readonly ListedIpSet[],
): IpSetArns | undefined {
  const four = listed.find(({ name }) => name === ipv4);
  const six = listed.find(({ name }) => name === ipv6);
  return four && six && { ipv4: four.arn, ipv6: six.arn };
}

/** A rule that lets requests pass all that come after it; without a priority where it is Firewall Manager's, before all own rules. */
interface Hole {
  readonly name: string;
  readonly priority?: number;
}

/** Throws UnknownFact. */
function firstHole(definition: WebAclDefinition, references: References): Hole | undefined {
  const lets = (part: Partial<WebAclDefinition>) =>
    [
      ...stepsOf(
        { ...definition, firewallManagerFirst: [], rules: [], firewallManagerLast: [], ...part },
        references,
      ),
    ].some(step => allowsSome(step, references));
  const foreign = definition.firewallManagerFirst.find(rule => lets({ firewallManagerFirst: [rule] }));
  if (foreign !== undefined) return { name: foreign.name };
  const own = definition.rules.find(rule => lets({ rules: [rule] }));
  return own && { name: `${own.priority} ${own.name}`, priority: own.priority };
}

/** The free priority that is nearest to the wanted one, and before the limit. */
function freePriority(taken: readonly number[], wanted: number, limit: number): number | undefined {
  const reach = wanted + taken.length + 1;
  return Array.from({ length: reach + 1 }, (_, distance) => [wanted + distance, wanted - distance])
    .flat()
    .find(priority => priority >= 0 && priority < limit && !taken.includes(priority));
}

/** The row's own name for its rule, or one beside it where another rule has that. */
const freeName = ({ name }: WafRule, taken: ReadonlyMap<string, number>): string =>
  taken.has(name) ? `${name}-securecart` : name;
