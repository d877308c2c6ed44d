import { markdownTable } from 'markdown-table';
import { count } from '../model/count.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { Severity } from '../model/severity.ts';
import { comment } from './comment.ts';
import { whereOf, whyUnknown } from './finding-words.ts';
import { groupBy } from './group-by.ts';
import { inert } from './inert.ts';
import { baselineInWords } from './terminal/header.ts';
import { reasonInWords } from './terminal/reason.ts';
import { type Failing, worstFirst } from './worst-first.ts';

/** How many findings of one control are shown. */
const shown = 10;

/** How many suppressions are shown, and how many reasons why something is unknown. */
const listed = 20;

/**
 * The report as Markdown, for a pull request's comment or a job's summary: the counts, then what fails, the worst
 * first, as far as a comment has room.
 */
export const markdown = (report: Report): string =>
  comment(
    [heading(report), about(report), counts(report)],
    worstFirst(report).map(section),
    [suppressed(report), unknowns(report)],
    'more control',
  );

function heading({ summary: { status, suppressed } }: Report): string {
  const open = status.fail - suppressed;
  const unknown = status.unknown === 0 ? '' : `, ${status.unknown} unknown`;
  return open === 0 && unknown === ''
    ? '### ✅ SecureCart: nothing fails'
    : `### ${open > 0 ? '❌' : '❔'} SecureCart: ${open} fail${unknown}`;
}

function about(report: Report): string {
  const { account, regions, takenAt } = report;
  const of = account.kind === 'known' ? account.value.id : `unknown, since ${reasonInWords(account.reason)}`;
  const where = regions.join(', ') || 'no Region';
  return inert(
    `Account ${of} in ${where}, by the baseline ${baselineInWords(report)}, as of ${takenAt.slice(0, 16).replace('T', ' ')} UTC.`,
  );
}

/** A system that has nothing but passes is counted and not shown. */
function counts({ summary: { systems } }: Report): string {
  const severities = Severity.options;
  const told = systems.filter(({ status }) => status.fail + status.unknown > 0);
  const rest = systems.length - told.length;
  const amount = (number: number) => (number === 0 ? '·' : String(number));
  const table = markdownTable(
    [
      ['system', ...severities, 'unknown', 'pass'],
      ...told.map(({ system, status, failing }) => [
        inert(system),
        ...severities.map(severity => amount(failing[severity])),
        amount(status.unknown),
        amount(status.pass),
      ]),
    ],
    { align: ['l', ...severities.map(() => 'r'), 'r', 'r'], alignDelimiters: false },
  );
  const others = rest === 0 ? '' : `In ${count(rest, 'other system')} nothing fails.`;
  return [told.length === 0 ? '' : table, others].filter(text => text !== '').join('\n\n');
}

function section({ control, severity, findings }: Failing): string {
  const visible = findings.slice(0, shown);
  const hidden = findings.length - visible.length;
  const rows = visible.map(finding => [whereOf(finding), finding.message, demanded(finding)].map(inert));
  const more = hidden === 0 ? [] : [`… and ${count(hidden, 'more finding')}.`];
  return [
    `#### ${severity.toUpperCase()} ${inert(control.id)}`,
    inert(control.title),
    markdownTable([['where', 'what', 'demanded'], ...rows], { alignDelimiters: false }),
    ...more,
  ].join('\n\n');
}

const demanded = ({ expected, row }: Finding): string =>
  [expected, row && `(row ${row.id})`].filter(text => text !== undefined).join(' ');

function suppressed({ suppressions }: Report): string {
  const lines = suppressions
    .filter(({ state }) => state === 'in-force')
    .map(
      ({ id, control, findings, expires, owner, reason }) =>
        `${id}: ${count(findings, 'finding')} of ${control} until ${expires}, by ${owner}: ${reason}`,
    );
  return list('Accepted', lines, 'more suppression');
}

function unknowns({ findings }: Report): string {
  const causes = groupBy(
    findings.flatMap(({ reason }) => (reason === undefined ? [] : [whyUnknown(reason)])),
    why => why,
  );
  const lines = [...causes].map(([why, of]) => `${count(of.length, 'finding')}: ${why}`);
  return list('Unknown', lines, 'more reason');
}

/** A section of lines, the first of them; empty where there is none. */
function list(heading: string, lines: readonly string[], what: string): string {
  if (lines.length === 0) return '';
  const hidden = lines.length - listed;
  return [
    `#### ${heading}`,
    lines
      .slice(0, listed)
      .map(line => `- ${inert(line)}`)
      .join('\n'),
    ...(hidden > 0 ? [`… and ${count(hidden, what)}.`] : []),
  ].join('\n\n');
}
