import type { Comparison, Fate } from '../../model/comparison.ts';
import { count } from '../../model/count.ts';
import { whereOf } from '../finding-words.ts';
import type { Look, Signs } from '../look.ts';
import { severityPaint } from '../terminal/severity.ts';
import { hang, wrap } from '../text.ts';
import { byFate, headings, inShort, type Told, unlike } from './words.ts';

/** How many findings of one fate are shown without --all. */
const shown = 10;

const signOf = {
  new: 'fail',
  worse: 'fail',
  unknown: 'unknown',
  unjudged: 'unknown',
  changed: 'none',
  accepted: 'none',
  mended: 'pass',
  gone: 'pass',
} as const satisfies Record<Fate, keyof Signs>;

/** The comparison for people: which reports, then the findings by what became of them, the most serious first, and the count. */
export function table(comparison: Comparison, look: Look): string {
  const { paint, width } = look;
  const { account, before, after } = comparison;
  const line = (label: string, text: string) => hang(paint.dim(`  ${label.padEnd(10)}`), text, width);
  const head = [
    paint.bold('SecureCart diff'),
    ...line('account', account),
    ...line('before', takenIn(before)),
    ...line('after', takenIn(after)),
    ...unlike(comparison).flatMap(text => line('note', text)),
  ];
  const groups = [...byFate(comparison)].map(([fate, told]) => group(fate, told, look));
  return `${[head, ...groups, wrap(inShort(comparison), width)].map(lines => lines.join('\n')).join('\n\n')}\n`;
}

const takenIn = ({ takenAt, regions }: Comparison['after']): string =>
  `${takenAt.slice(0, 19).replace('T', ' ')} UTC, ${regions.join(', ') || 'no Region'}`;

function group(fate: Fate, told: readonly Told[], look: Look): string[] {
  const { paint, signs, all } = look;
  const visible = all ? told : told.slice(0, shown);
  const hidden = told.length - visible.length;
  return [
    paint.bold(`${headings[fate]}: ${count(told.length, 'finding')}`),
    ...visible.flatMap(one => lines(fate, one, look)),
    ...(hidden === 0
      ? []
      : [paint.dim(`  ${signs.more} ${count(hidden, 'more finding')}: --all shows them`)]),
  ];
}

function lines(fate: Fate, { finding, text }: Told, look: Look): string[] {
  const { signs, width } = look;
  const color = severityPaint(look)[finding.severity];
  const heading = `${finding.severity.toUpperCase()} ${finding.control}  ${whereOf(finding)}`;
  return [
    ...hang(`  ${color(signs[signOf[fate]])} `, heading, width),
    ...wrap(text, width - 4).map(line => `    ${line}`),
  ];
}
