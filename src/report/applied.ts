import { count } from '../model/count.ts';
import type { ChangeId, LeftAlone, Mend, Plan } from '../model/plan.ts';
import { changesOf } from '../model/plan.ts';
import type { Look } from './look.ts';
import { hang, wrap } from './text.ts';

/** How a plan ended, as far as a person is told. */
export interface AppliedResult {
  readonly done: readonly ChangeId[];
  readonly failures: readonly {
    readonly kind: 'moved' | 'unlocked' | 'failed' | 'given-up' | 'unknown';
    readonly change: ChangeId;
    readonly detail: string;
    /** What to do about it. */
    readonly advice?: string | undefined;
    /** Where to go on would only meet the same again. */
    readonly needsNewPlan?: true;
  }[];
  readonly interrupted: boolean;
  readonly notFixed: readonly Mend[];
  readonly gaps: readonly LeftAlone[];
  readonly takenBack?:
    | { readonly failures: readonly { readonly detail: string }[]; readonly journal: string }
    | { readonly refused: string };
  readonly unverified?: string;
}

const failed = {
  moved: 'It was not made, since its object has changed:',
  unlocked: 'It was not made, since this run has lost its lock of the account:',
  failed: 'It failed, and left its object as it was:',
  'given-up': 'It was begun by AWS, and given up:',
  unknown: 'It may or may not have taken effect, which going on finds out:',
} as const;

/** What was done, what was not, and what to do next; the journal's path comes last. */
export function renderApplied(plan: Plan, result: AppliedResult, journal: string, look: Look): string {
  const { width, paint, signs } = look;
  const { done, failures, interrupted, notFixed, gaps, takenBack, unverified } = result;
  const all = changesOf(plan).length;
  const verb = plan.kind === 'undo' ? 'taken back' : 'made';
  const titles = titlesOf(plan);
  const lines = [
    paint.bold(`${done.length} of ${count(all, 'change')} ${verb}.`),
    ...failures.flatMap(({ kind, change, detail, advice }) => [
      // The journal knows it by its id alone.
      ...hang(`${paint.red(signs.fail)} `, `${titles(change)} (${change})`, width),
      ...hang('  ', `${failed[kind]} ${detail}`, width),
      ...(advice === undefined ? [] : hang('  ', advice, width)),
    ]),
    ...notFixed.flatMap(mend =>
      hang(`${paint.red(signs.fail)} `, `not fixed: ${mend.title}; the finding is still there.`, width),
    ),
    ...(takenBack === undefined ? [] : wrap(backWords(takenBack), width)),
    ...(takenBack !== undefined && 'journal' in takenBack
      ? [`Journal of the undo: ${takenBack.journal}`]
      : []),
    ...(unverified === undefined
      ? []
      : hang(`${paint.red(signs.unknown)} `, `not verified: ${unverified}`, width)),
    ...(gaps.length === 0
      ? []
      : wrap(`${count(gaps.length, 'resource')} left alone, as the plan says.`, width)),
    ...(interrupted ? wrap('Interrupted: no call is under way.', width) : []),
    ...(done.length < all ? [`To go on:     ${wayOn(plan, failures, journal)}`] : []),
    ...(isToTakeBack(plan, result) ? [`To take back: securecart undo ${journal}`] : []),
    `Journal: ${journal}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Whether an undo may find something: what AWS gave up stands there as well, and so may what nobody knows of. */
const isToTakeBack = ({ kind }: Plan, { done, failures }: AppliedResult): boolean =>
  kind !== 'undo' &&
  (done.length > 0 || failures.some(({ kind: how }) => how === 'given-up' || how === 'unknown'));

/** What was planned for another state of an object can never be gone on with. */
function wayOn({ kind }: Plan, failures: AppliedResult['failures'], journal: string): string {
  if (kind === 'undo') return 'run the same undo again';
  return failures.some(({ kind: how, needsNewPlan }) => how === 'moved' || needsNewPlan === true)
    ? `securecart ${kind} makes a new plan, of what is there now`
    : `securecart ${kind} --resume ${journal}`;
}

function backWords(takenBack: NonNullable<AppliedResult['takenBack']>): string {
  const reasons =
    'refused' in takenBack ? [takenBack.refused] : takenBack.failures.map(({ detail }) => detail);
  return reasons.length === 0
    ? 'Its changes were taken back; --keep would have left them.'
    : `Its changes could not all be taken back: ${reasons.join('; ')}`;
}

/** Names changes as a person finds them in the plan: by the number of the mend, and the title there. */
export function titlesOf(plan: Plan): (change: ChangeId) => string {
  const titles = new Map(
    plan.mends.flatMap(({ changes }, index) =>
      changes.map(({ id, title }) => [id, `${index + 1}. ${title}`]),
    ),
  );
  return change => titles.get(change) ?? change;
}

/** What is said of it while the work goes on: a line, or nothing. */
export function renderEvent(
  event:
    | { readonly kind: 'begun' | 'waited' | 'made' | 'failed'; readonly change: ChangeId }
    | { readonly kind: 'waiting'; readonly change: ChangeId; readonly for: string },
  titles: (change: ChangeId) => string,
  { paint, signs, width }: Look,
): string {
  const line = (sign: string, text: string) => `${hang(`${sign} `, text, width).join('\n')}\n`;
  const title = titles(event.change);
  switch (event.kind) {
    case 'begun':
    case 'waited':
      return '';
    case 'waiting':
      return line(signs.none, `${title}: waiting for ${event.for}`);
    case 'made':
      return line(paint.green(signs.pass), title);
    case 'failed':
      return line(paint.red(signs.fail), title);
    default:
      return event satisfies never;
  }
}
