import { count } from '../../model/count.ts';
import type { Finding } from '../../model/finding.ts';
import type { ControlCoverage, Report } from '../../model/report.ts';
import type { Severity } from '../../model/severity.ts';
import { proofOf } from '../finding-words.ts';
import type { Look } from '../look.ts';
import { hang, printable, widthOf, wrap } from '../text.ts';
import { type Failing, worstFirst } from '../worst-first.ts';
import { severityPaint } from './severity.ts';

/** How many findings of one control are shown without --all. */
const shown = 10;

/** What fails, control by control, the worst first. */
export const failing = (report: Report, look: Look): string[] =>
  worstFirst(report).flatMap((one, index) => [...(index === 0 ? [] : ['']), ...group(one, look)]);

function group({ control, severity, findings }: Failing, look: Look): string[] {
  const visible = look.all ? findings : findings.slice(0, shown);
  const hidden = findings.length - visible.length;
  return [
    heading(control, severity, look),
    ...wrap(control.title, look.width - 2).map(line => `  ${look.paint.bold(line)}`),
    ...visible.flatMap(finding => ['', ...one(finding, severity, look)]),
    ...(hidden === 0
      ? []
      : ['', look.paint.dim(`  ${look.signs.more} ${count(hidden, 'more finding')}: --all shows them`)]),
  ];
}

const barWidth = 10;

/** `HIGH system/control ········· 2 of 14 fail █░░░░░░░░░`; the leader takes what is left, and goes with the bar where there is no room. */
function heading({ id, status }: ControlCoverage, severity: Severity, look: Look): string {
  const { paint, signs, width } = look;
  const color = severityPaint(look)[severity];
  const judged = status.pass + status.fail;
  const full = Math.max(1, Math.round((status.fail / judged) * barWidth));
  const tally = `${status.fail} of ${judged} fail`;
  const label = severity.toUpperCase();
  const room = width - widthOf(`${label} ${id}  ${tally} `) - barWidth;
  if (room < 3) return `${color(label)} ${paint.bold(id)}, ${tally}`;
  const leader = paint.dim(signs.leader.repeat(room));
  const bar = color(signs.full.repeat(full)) + paint.dim(signs.empty.repeat(barWidth - full));
  return `${color(label)} ${paint.bold(id)} ${leader} ${tally} ${bar}`;
}

/** One finding: the resource, the message, then what was demanded beside what is there, and what proves it. */
function one(finding: Finding, usual: Severity, look: Look): string[] {
  const { paint, signs, width } = look;
  const { resource, severity, region } = finding;
  const named = resource.name === undefined ? resource.id : `${resource.id} (${resource.name})`;
  const isPlaced = region !== undefined && region !== resource.id;
  const marks = [...(isPlaced ? [region] : []), ...(severity === usual ? [] : [severity])];
  return [
    ...hang(`  ${severityPaint(look)[severity](signs.fail)} `, [named, ...marks].join('  '), width),
    ...wrap(finding.message, width - 4).map(line => `    ${line}`),
    ...proofOf(finding, signs).flatMap(([label, text]) =>
      hang(`    ${paint.dim(label.padEnd(10))}`, printable(text), width, detailPaint(label, look)),
    ),
    ...runbookLines(finding, look),
  ];
}

/** The commands of a runbook, each on a line of its own, however long: it is there to be copied. */
const runbookLines = ({ runbook = [] }: Finding, { paint }: Look): string[] =>
  runbook.length === 0
    ? []
    : [
        `    ${paint.dim('runbook')}`,
        ...runbook.map(
          line => `      ${line.startsWith('#') ? paint.dim(printable(line)) : printable(line)}`,
        ),
      ];

const detailPaint = (label: string, { paint }: Look): ((line: string) => string) =>
  label === 'expected' ? paint.green : label === 'actual' ? paint.red : line => line;
