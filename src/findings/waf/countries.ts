import type { WafRule } from '../../model/baseline/waf.ts';
import type { Statement, WebAclDefinition } from '../../services/wafv2/facts.ts';
import type { Judgement, Shortfall } from './judgement.ts';
import { matches, type References, type Step } from './step.ts';

type Wanted = Extract<WafRule['statement'], { kind: 'countries' }>;

/** Stands for every country that neither the baseline nor a rule names: they all fare alike. */
const ANY_OTHER = 'all others';

/**
 * Whether exactly the approved countries get through. Each country is followed through the steps: what blocks it always
 * ends it, what allows it always lets it in, what allows some of it lets some of it in; so it makes no difference
 * whether the rules block all but a list, allow a list and block the rest by default, or say it in two halves.
 */
export function judgeCountries(
  { allowed }: Wanted,
  steps: readonly Step[],
  references: References,
  { defaultAction }: Pick<WebAclDefinition, 'defaultAction'>,
): Judgement {
  const geoSteps = steps.filter(({ statement }) => geoMatches(statement).length > 0);
  if (geoSteps.length === 0) return { kind: 'open', shortfalls: [{ kind: 'absent' }] };
  const named = geoSteps
    .flatMap(({ statement }) => geoMatches(statement))
    .flatMap(({ countries }) => countries);
  const universe = [...new Set([...allowed, ...named])].sort().concat(ANY_OTHER);
  const fates = universe.map(country => ({ country, ...fateOf(country, steps, references, defaultAction) }));
  const open = fates.filter(
    ({ country, gets, leak }) => !allowed.includes(country) && gets === 'in' && !leak,
  );
  const shut = fates.filter(
    ({ country, gets, leak }) => allowed.includes(country) && gets === 'blocked' && !leak,
  );
  const leak = fates.find(({ country, leak }) => !allowed.includes(country) && leak !== undefined)?.leak;
  const shortfalls = [
    ...(open.length > 0 ? [whyOpen(geoSteps, wordsOf(open))] : []),
    ...(shut.length > 0
      ? [{ kind: 'countriesShut' as const, steps: geoSteps, countries: wordsOf(shut) }]
      : []),
    ...(leak === undefined ? [] : [precededGeo(geoSteps, leak)]),
  ];
  return shortfalls.length === 0 ? { kind: 'blocked', by: geoSteps } : { kind: 'open', shortfalls };
}

const wordsOf = (fates: readonly { country: string }[]): string =>
  fates.map(({ country }) => country).join(', ');

/** Whether a country's requests are let in or blocked in the end, and the first step on the way that lets some of them in. */
function fateOf(
  country: string,
  steps: readonly Step[],
  references: References,
  defaultAction: 'allow' | 'block',
): { gets: 'in' | 'blocked'; leak?: Step | undefined } {
  let leak: Step | undefined;
  for (const step of steps) {
    const { action, statement } = step;
    if (action !== 'allow' && action !== 'block') continue;
    const match = matches(statement, country, references);
    if (match === 'always') return { gets: action === 'allow' ? 'in' : 'blocked', leak };
    if (match === 'sometimes' && action === 'allow') leak ??= step;
  }
  return { gets: defaultAction === 'allow' ? 'in' : 'blocked', leak };
}

/** Of the reasons for which countries are open, the one that is not in the list of countries itself. */
function whyOpen(geoSteps: readonly Step[], countries: string): Shortfall {
  for (const step of geoSteps) {
    const header = geoMatches(step.statement).find(({ forwardedHeader }) => forwardedHeader)?.forwardedHeader;
    if (header !== undefined) return { kind: 'forwarded', step, header };
  }
  const [first] = geoSteps;
  const isIdle = geoSteps.every(({ action }) => action !== 'block' && action !== 'allow');
  if (first !== undefined && isIdle) return { kind: 'lenientAction', step: first };
  return { kind: 'countriesOpen', steps: geoSteps, countries };
}

const precededGeo = (geoSteps: readonly Step[], hole: Step): Shortfall => {
  const step = geoSteps.find(({ action }) => action === 'block') ?? hole;
  return { kind: 'preceded', step, hole };
};

function geoMatches(statement: Statement): Extract<Statement, { kind: 'geo-match' }>[] {
  if (statement.kind === 'geo-match') return [statement];
  if (statement.kind === 'not') return geoMatches(statement.statement);
  return statement.kind === 'and' || statement.kind === 'or' ? statement.statements.flatMap(geoMatches) : [];
}
