import type { WafRule } from '../../model/baseline/waf.ts';
import { closest, type Judgement, precededBy, type Shortfall } from './judgement.ts';
import { matches, type References, type Step } from './step.ts';
import { statementWords } from './words.ts';

type Wanted = Extract<WafRule['statement'], { kind: 'rate' }>;

/** Whether a rule blocks every address that sends more than the baseline lets it. */
export function judgeRate(wanted: Wanted, steps: readonly Step[], references: References): Judgement {
  return closest(
    steps.flatMap(step => {
      const { statement } = step;
      return statement.kind === 'rate'
        ? [{ step, shortfalls: shortfallsOf(wanted, step, statement, references) }]
        : [];
    }),
  );
}

function shortfallsOf(
  wanted: Wanted,
  step: Step,
  { limit, windowSeconds, aggregate, scopeDown }: Extract<Step['statement'], { kind: 'rate' }>,
  references: References,
): Shortfall[] {
  const shortfalls = precededBy(step);
  if (step.action !== 'block') shortfalls.push({ kind: 'lenientAction', step });
  if (aggregate !== 'IP') shortfalls.push({ kind: 'aggregate', step, aggregate });
  if (scopeDown !== undefined && matches(scopeDown, undefined, references) !== 'always') {
    shortfalls.push({ kind: 'narrowed', step, scope: statementWords(scopeDown) });
  }
  // Who sends more than the limit in the baseline's window sends more than its n-th part in one of n windows that cover it.
  const windows = Math.ceil(wanted.windowSeconds / windowSeconds);
  if (limit * windows > wanted.limit) {
    shortfalls.push({ kind: 'lenientLimit', step, limit, window: windowSeconds });
  }
  return shortfalls;
}
