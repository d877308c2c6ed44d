import { markdownTable } from 'markdown-table';
import type { Comparison, Fate } from '../../model/comparison.ts';
import { count } from '../../model/count.ts';
import { comment } from '../comment.ts';
import { whereOf } from '../finding-words.ts';
import { inert } from '../inert.ts';
import { byFate, headings, inShort, type Told, unlike } from './words.ts';

/** How many findings of one fate are shown. */
const shown = 20;

/** The comparison as Markdown, for a pull request's comment or a job's summary. */
export function markdown(comparison: Comparison): string {
  const isBad = comparison.differences.some(({ fate }) => fate === 'new' || fate === 'worse');
  const heading = `### ${isBad ? '❌' : '✅'} SecureCart: ${inShort(comparison)}`;
  const notes = unlike(comparison).map(text => `- ${inert(text)}`);
  const groups = [...byFate(comparison)].map(([fate, told]) => section(fate, told));
  return comment([heading, notes.join('\n')], groups, [], 'more section');
}

function section(fate: Fate, told: readonly Told[]): string {
  const hidden = told.length - shown;
  const rows = told
    .slice(0, shown)
    .map(({ finding, text }) => [finding.severity, finding.control, whereOf(finding), text].map(inert));
  return [
    `#### ${headings[fate]}`,
    markdownTable([['severity', 'control', 'where', 'what'], ...rows], { alignDelimiters: false }),
    ...(hidden > 0 ? [`… and ${count(hidden, 'more finding')}.`] : []),
  ].join('\n\n');
}
