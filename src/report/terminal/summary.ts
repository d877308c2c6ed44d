import type { Report, SystemSummary } from '../../model/report.ts';
import { Severity } from '../../model/severity.ts';
import { grid } from '../grid.ts';
import type { Look } from '../look.ts';
import { severityPaint } from './severity.ts';

const severities = Severity.options;

/** How many findings fail, by system and severity, beside those that pass, are unknown or do not apply. */
export function summary({ summary: { systems, status, failing } }: Report, look: Look): string[] {
  const { paint } = look;
  const heads = ['system', ...severities, 'unknown', 'pass', 'n/a'];
  const rows = [...systems, ...(systems.length > 1 ? [{ system: 'all', status, failing }] : [])];
  return grid(
    [heads.map(head => paint.dim(head)), ...rows.map(row => cells(row, look))],
    heads.map((_, column) => (column === 0 ? 'left' : 'right')),
  );
}

function cells({ system, status, failing }: SystemSummary, look: Look): string[] {
  const { paint, signs } = look;
  const cell = (amount: number, color: (text: string) => string) =>
    amount === 0 ? paint.dim(signs.none) : color(String(amount));
  return [
    system,
    ...severities.map(severity => cell(failing[severity], severityPaint(look)[severity])),
    cell(status.unknown, paint.magenta),
    cell(status.pass, paint.green),
    cell(status['not-applicable'], text => text),
  ];
}
