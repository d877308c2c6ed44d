import { count } from '../../model/count.ts';
import type { Report } from '../../model/report.ts';
import type { Look } from '../look.ts';
import { wrap } from '../text.ts';
import { worstFirst } from '../worst-first.ts';

/** The last lines: the verdict's counts, how much was evaluated, what it took, and what to do next. */
export function outcome(report: Report, look: Look): string[] {
  const { paint, signs, width, elapsed } = look;
  const { status, suppressed } = report.summary;
  const accepted = suppressed > 0 ? `, ${suppressed} of them suppressed` : '';
  const counts = [
    ...(status.fail > 0 ? [paint.bold.red(`${signs.fail} ${status.fail} fail${accepted}`)] : []),
    ...(status.unknown > 0 ? [paint.magenta(`${signs.unknown} ${status.unknown} unknown`)] : []),
    paint.green(`${signs.pass} ${status.pass} pass`),
    paint.dim(`${status['not-applicable']} not applicable`),
  ];
  const { calls } = report.coverage;
  const took = elapsed === undefined ? '' : `; this run took ${(elapsed / 1000).toFixed(1)} s`;
  return [
    counts.join('   '),
    ...wrap(evaluatedInWords(report), width),
    ...unaudited(report, look),
    paint.dim(`read by ${count(calls.made, 'call')}, ${calls.throttled} of them throttled${took}`),
    ...nextStep(report, look),
  ];
}

/** `evaluated 11 of 13 controls (1 in part, 1 not at all)`. */
function evaluatedInWords({ coverage }: Report): string {
  const amount = (extent: string) => coverage.controls.filter(({ evaluated }) => evaluated === extent).length;
  const rest = [
    [amount('part'), 'in part'],
    [amount('none'), 'not at all'],
    [amount('not-selected'), 'not selected'],
  ].flatMap(([number, how]) => (number === 0 ? [] : [`${number} ${how}`]));
  const of = `evaluated ${coverage.evaluated} of ${count(coverage.total, 'control')}`;
  return rest.length === 0 ? of : `${of} (${rest.join(', ')})`;
}

/** The sections that no control looks at: a pass says nothing of them. Whoever asked for some controls knows what they asked for. */
function unaudited({ coverage }: Report, { width, paint }: Look): string[] {
  const sections = coverage.unaudited.filter(({ reason }) => reason === 'no-control');
  const isWhole = coverage.controls.every(({ evaluated }) => evaluated !== 'not-selected');
  if (sections.length === 0 || !isWhole) return [];
  const names = sections.map(({ section }) => section).join(', ');
  return wrap(`not looked at, since no control is there yet: ${names}`, width).map(line => paint.dim(line));
}

function nextStep(report: Report, { paint }: Look): string[] {
  const [first] = worstFirst(report);
  return first ? ['', paint.dim(`Next: securecart explain ${first.control.id}`)] : [];
}
