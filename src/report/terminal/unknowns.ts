import { count } from '../../model/count.ts';
import type { UnknownReason } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { groupBy } from '../group-by.ts';
import type { Look } from '../look.ts';
import { hang } from '../text.ts';
import { reasonInWords } from './reason.ts';

/** What could not be evaluated, once for each permission that is missing or call that failed. */
export function unknowns(report: Report, look: Look): string[] {
  const unknown = report.findings.flatMap(finding =>
    finding.reason === undefined ? [] : [{ finding, reason: finding.reason }],
  );
  if (unknown.length === 0) return [];
  const causes = groupBy(unknown, ({ reason }) =>
    JSON.stringify([reason.kind, reason.action ?? reason.call]),
  );
  return [
    look.paint.bold.magenta(`UNKNOWN: ${count(unknown.length, 'finding')} could not be evaluated`),
    ...[...causes.values()].flatMap(group => [
      '',
      ...cause(
        group.map(({ reason }) => reason),
        group.map(({ finding }) => finding),
        look,
      ),
    ]),
    ...(unknown.some(({ reason }) => reason.action !== undefined)
      ? ['', look.paint.dim('  securecart policy audit prints the policy that an audit needs')]
      : []),
  ];
}

/** How many controls of one cause are named without --all. */
const named = 6;

function cause([reason]: readonly UnknownReason[], findings: readonly Finding[], look: Look): string[] {
  if (reason === undefined) return [];
  const { paint, signs, width } = look;
  const regions = [...new Set(findings.flatMap(({ region }) => region ?? []))];
  const details: [string, string | undefined][] = [
    ['missing', reason.action && `the permission ${reason.action}`],
    ['answer', reason.kind === 'not-read' ? undefined : reason.error?.message],
    ['regions', regions.join(', ') || undefined],
    ['unjudged', controlsInWords(findings, look)],
  ];
  return [
    ...hang(`  ${paint.magenta(signs.unknown)} `, reasonInWords(reason), width),
    ...details.flatMap(([label, text]) =>
      text === undefined ? [] : hang(`    ${paint.dim(label.padEnd(10))}`, text, width),
    ),
  ];
}

function controlsInWords(findings: readonly Finding[], { all, signs }: Look): string {
  const controls = [...new Set(findings.map(({ control }) => control))];
  const shown = all ? controls : controls.slice(0, named);
  const hidden = controls.length - shown.length;
  return hidden === 0
    ? shown.join(', ')
    : `${shown.join(', ')} ${signs.more} ${count(hidden, 'more control')}`;
}
