import { covers, meets } from '../../policy/wildcard.ts';
import { type Grant, holdsFor, mayDo, type Permissions } from './permissions.ts';
import type { Allowance } from './wanted.ts';

/** Something that may be done: an action and a resource, either of them perhaps a pattern. */
export interface Deed {
  readonly action: string;
  readonly resource: string;
}

/** What an identity may not do of what it should, and what a condition decides. */
export interface Lack {
  readonly refused: readonly Deed[];
  readonly unclear: readonly (Deed & { readonly by: Grant })[];
}

/** What is lacking of what is wanted. */
export function lackOf(permissions: Permissions, wanted: readonly Allowance[]): Lack {
  const deeds = wanted.flatMap(({ actions, resources }) =>
    actions.flatMap(action => resources.map(resource => ({ action, resource }))),
  );
  const answers = deeds.map(deed => ({ deed, answer: mayDo(permissions, deed.action, deed.resource) }));
  return {
    refused: answers.flatMap(({ deed, answer }) => (answer.kind === 'refused' ? [deed] : [])),
    unclear: answers.flatMap(({ deed, answer }) =>
      answer.kind === 'unclear' ? [{ ...deed, by: answer.by }] : [],
    ),
  };
}

/** More than is wanted, with the statement that allows it; not `certain` where a condition may keep it within what is wanted. */
export interface Excess extends Deed {
  readonly by: Grant;
  readonly certain: boolean;
}

/** What an identity may do besides what is wanted. */
export function excessOf({ allows, denies, boundary }: Permissions, wanted: readonly Allowance[]): Excess[] {
  const all = allows.flatMap(grant => beyond(grant, wanted));
  const limits = boundary?.flatMap(grant => beyond(grant, wanted));
  return all
    .flatMap(excess => (limits === undefined ? [excess] : within(excess, limits)))
    .filter(({ action, resource }) => !denies.some(grant => holdsFor(grant, action, resource)));
}

/** What a statement allows besides what is wanted. One that says what it is not about allows more than any list. */
function beyond(by: Grant, wanted: readonly Allowance[]): Excess[] {
  const { action, resource, conditions } = by.statement;
  const actions = action.not ? ['*:*'] : action.patterns;
  const resources = resource === undefined || resource.not ? ['*'] : resource.patterns;
  return actions.flatMap(one => {
    const rows = wanted.filter(row => row.actions.some(name => covers(name.toLowerCase(), one)));
    // No condition makes one action into another; it may make many resources into few.
    const certain = conditions.length === 0 || rows.length === 0;
    return resources
      .filter(on => !rows.some(row => row.resources.some(pattern => covers(pattern, on))))
      .map(on => ({ action: one, resource: on, by, certain }));
  });
}

/** As much of an excess as a boundary lets through: of two patterns, the one that the other covers. */
const within = (excess: Excess, limits: readonly Excess[]): Excess[] =>
  limits.flatMap(limit => {
    if (!meets(excess.action, limit.action) || !meets(excess.resource, limit.resource)) return [];
    const action = narrower(excess.action, limit.action);
    const resource = narrower(excess.resource, limit.resource);
    const certain = excess.certain && limit.certain && action !== undefined && resource !== undefined;
    return [{ ...excess, action: action ?? excess.action, resource: resource ?? excess.resource, certain }];
  });

function narrower(a: string, b: string): string | undefined {
  if (covers(a, b)) return b;
  return covers(b, a) ? a : undefined;
}
