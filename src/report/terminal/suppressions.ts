import { count } from '../../model/count.ts';
import type { Report, SuppressionUse } from '../../model/report.ts';
import type { Look } from '../look.ts';
import { hang, printable } from '../text.ts';

/** The suppressions of the baseline, a line for each: what they accept, and those that are due to be dropped. */
export function suppressions(report: Report, look: Look): string[] {
  const { paint, signs, width } = look;
  const told = report.suppressions.flatMap(use => {
    const words = inWords(use);
    return words === undefined
      ? []
      : [{ words, sign: use.state === 'in-force' ? signs.none : signs.unknown }];
  });
  if (told.length === 0) return [];
  return [
    paint.bold(`SUPPRESSED: ${count(report.summary.suppressed, 'finding')} that the baseline accepts`),
    ...told.flatMap(({ words, sign }) => hang(`  ${paint.magenta(sign)} `, printable(words), width)),
  ];
}

/** Undefined where there is nothing to say: not all that it is about was evaluated. */
function inWords(use: SuppressionUse): string | undefined {
  const { id, control, owner, reason, expires, state, findings } = use;
  const amount = `${count(findings, 'finding')} of ${control}`;
  switch (state) {
    case 'in-force':
      return `${id}: ${amount} until ${expires}, by ${owner}: ${reason}`;
    case 'expired':
      return `${id} has expired on ${expires} (${owner}): ${amount} ${findings === 1 ? 'counts' : 'count'} again`;
    case 'unused':
      return `${id} is unused (${owner}): nothing that it is about fails; drop it from the baseline`;
    case 'not-judged':
      return undefined;
    default:
      return state satisfies never;
  }
}
