import { markdownTable } from 'markdown-table';
import { count } from '../model/count.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { Severity } from '../model/severity.ts';
import { whereOf, whyUnknown } from './finding-words.ts';
import { groupBy } from './group-by.ts';
import { inert } from './inert.ts';
import { baselineInWords } from './terminal/header.ts';
import { reasonInWords } from './terminal/reason.ts';
import { type Failing, worstFirst } from './worst-first.ts';

/** GitHub takes no comment of more characters; GitLab and job summaries take more. */
const mostCharacters = 65_536;

/** How many findings of one control are shown. */
const shown = 10;

/**
 * The report as Markdown, for a pull request's comment or a job's summary: the counts, then what fails, the worst
 * first, as far as a comment has room.
 */
export function markdown(report: Report): string {
  const begin = [heading(report), about(report), counts(report)];
  const end = [suppressed(report), unknowns(report)].filter(text => text !== '');
  const room = mostCharacters - [...begin, ...end].join('\n\n').length - 200;
  return `${[...begin, ...fitting(worstFirst(report), room), ...end].join('\n\n')}\n`;
}

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

/** The controls that there is room for, the worst first, and how many there is none for. */
function fitting(failing: readonly Failing[], room: number): string[] {
  const texts = failing.map(section);
  let taken = 0;
  const fit = texts.findIndex(text => {
    taken += text.length + 2;
    return taken > room;
  });
  if (fit < 0) return texts;
  return [...texts.slice(0, fit), `… and ${count(texts.length - fit, 'more control')}: no room is left.`];
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
  const told = suppressions.filter(({ state }) => state === 'in-force');
  if (told.length === 0) return '';
  const lines = told.map(({ id, control, findings, expires, owner, reason }) =>
    inert(`${id}: ${count(findings, 'finding')} of ${control} until ${expires}, by ${owner}: ${reason}`),
  );
  return ['#### Accepted', lines.map(line => `- ${line}`).join('\n')].join('\n\n');
}

function unknowns({ findings }: Report): string {
  const causes = groupBy(
    findings.flatMap(({ reason }) => (reason === undefined ? [] : [whyUnknown(reason)])),
    why => why,
  );
  if (causes.size === 0) return '';
  const lines = [...causes].map(([why, of]) => `- ${inert(`${count(of.length, 'finding')}: ${why}`)}`);
  return ['#### Unknown', lines.join('\n')].join('\n\n');
}
