import type { Comparison, Difference, Fate } from '../../model/comparison.ts';
import { count } from '../../model/count.ts';
import type { Finding } from '../../model/finding.ts';
import { sentenceOf } from '../finding-words.ts';
import { groupBy } from '../group-by.ts';

/** What the differences of each fate are called, in a heading. */
export const headings = {
  new: 'New',
  worse: 'Worse',
  unknown: 'Not known any more',
  unjudged: 'Not looked at any more',
  changed: 'Changed',
  accepted: 'Accepted',
  mended: 'Mended',
  gone: 'Gone with what they were about',
} as const satisfies Record<Fate, string>;

/** A finding to show of a difference, and what to say of it. */
export interface Told {
  readonly finding: Finding;
  readonly text: string;
}

/** The differences by their fate, the most serious first. */
export const byFate = ({ differences }: Comparison): Map<Fate, Told[]> =>
  new Map([...groupBy(differences, ({ fate }) => fate)].map(([fate, of]) => [fate, of.flatMap(told)]));

function told({ fate, before, after }: Difference): Told[] {
  const finding = fate === 'mended' ? (before ?? after) : (after ?? before);
  return finding === undefined
    ? []
    : [{ finding, text: `${sentenceOf(finding)}${before ? asideOf(fate, before) : ''}` }];
}

/** What a finding was before, where that is what is otherwise. */
function asideOf(fate: Fate, before: Finding): string {
  if (fate === 'worse') return ` It was ${before.severity} before.`;
  return fate === 'changed' ? ` It was: ${sentenceOf(before)}` : '';
}

/** What the two reports were not made of alike, so that a difference need not be the account's. */
export function unlike({ before, after, skipped }: Comparison): string[] {
  const [old, now] = [before.baseline, after.baseline];
  const added = after.regions.filter(region => !before.regions.includes(region));
  return [
    ...(old.digest === now.digest && old.literal === now.literal
      ? []
      : [`The baselines differ: ${nameOf(old)} and ${nameOf(now)}.`]),
    ...(before.tool.version === after.tool.version
      ? []
      : [`The reports are of securecart ${before.tool.version} and ${after.tool.version}.`]),
    ...(skipped.length === 0 ? [] : [`Only the first looked at ${skipped.join(', ')}.`]),
    ...(added.length === 0 ? [] : [`Only the second looked at ${added.join(', ')}.`]),
    ...(after.takenAt < before.takenAt ? ['The second report is the older one.'] : []),
  ];
}

const nameOf = ({ name, digest, literal }: Comparison['after']['baseline']): string =>
  `${name} (sha256 ${digest.slice(0, 12)}${literal ? ', the document alone' : ''})`;

/** `2 new, 1 mended, 3 still fail`. */
export function inShort(comparison: Comparison): string {
  const fates = groupBy(comparison.differences, ({ fate }) => fate);
  const amounts = [...fates].map(([fate, of]) => `${of.length} ${short[fate]}`);
  const { remaining } = comparison;
  return [
    ...(amounts.length === 0 ? ['no difference'] : amounts),
    ...(remaining === 0 ? [] : [`${count(remaining, 'finding')} as before`]),
  ].join(', ');
}

const short = {
  new: 'new',
  worse: 'worse',
  unknown: 'not known any more',
  unjudged: 'not looked at any more',
  changed: 'changed',
  accepted: 'accepted',
  mended: 'mended',
  gone: 'gone',
} as const satisfies Record<Fate, string>;
