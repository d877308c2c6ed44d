import { count } from '../model/count.ts';
import type { Cause, Change, Effect, LeftAlone, Mend, Obstacle, Plan } from '../model/plan.ts';
import { changesOf } from '../model/plan.ts';
import type { Look } from './look.ts';
import { hang, wrap } from './text.ts';

/** Why something is left alone, in a few words. */
const obstacles = {
  'no-mend': 'for people to mend',
  suppressed: 'a part of it is suppressed',
  managed: 'owned by another tool',
  ambiguous: 'not clear what it is',
  unknown: 'not enough is known',
  quota: 'over a quota',
  'would-cut-flow': 'would cut an intended flow',
  'would-lock-out': 'would lock you out',
  disruptive: 'would disturb what is in use',
  'in-place': 'cannot be changed in place',
  busy: 'AWS is at work on it',
  evidence: 'holds what nobody can make again',
} as const satisfies Record<Obstacle, string>;

/** The plan as a person reads it before they agree: what, why, what it means for packets, the risk, the permissions, the order, the way back. */
export function renderPlan(plan: Plan, look: Look): string {
  const { width } = look;
  const lines = [
    ...header(plan, look),
    ...plan.mends.flatMap((mend, index) => ['', ...mendLines(plan, mend, index + 1, look)]),
    ...leftAlone(plan.leftAlone, look),
    ...adopted(plan, look),
    ...(plan.mends.length === 0 ? [] : ['', ...footer(plan, width)]),
  ];
  return `${lines.join('\n')}\n`;
}

function header(plan: Plan, { paint, width }: Look): string[] {
  const { account, baseline, mends, regions } = plan;
  const amount = `${count(mends.length, 'mend')}, ${count(changesOf(plan).length, 'change')}`;
  const verb = plan.kind === 'undo' ? 'Undo' : 'Plan';
  const text = `${verb} for account ${account} in ${regions.join(', ')}, by the baseline ${baseline.name}: ${amount}.`;
  return wrap(text, width).map(line => paint.bold(line));
}

function mendLines(plan: Plan, mend: Mend, number: number, look: Look): string[] {
  const { paint, width } = look;
  const label = (name: string, text: string) => hang(`   ${name.padEnd(9)}`, text, width);
  const causes = mend.for.map(({ control, row, message }) => {
    const derived = row?.origin === 'derived' ? ' (derived row)' : '';
    return `${control}${derived}: ${message}`;
  });
  return [
    ...hang(`${number}. `, `${mend.title} [risk: ${mend.risk}]`, width, paint.bold),
    ...label('where', placeOf(plan, mend)),
    // What is taken back is told by its changes; the findings were the reason to make them.
    ...(plan.kind === 'undo' ? [] : [...new Set(causes)].flatMap(cause => label('why', cause))),
    ...(mend.managedBy === undefined
      ? []
      : label('owner', `${mend.managedBy}, which may put the drift back`)),
    ...(mend.disruption === undefined ? [] : label('caution', mend.disruption)),
    ...(mend.cost === undefined ? [] : label('cost', mend.cost)),
    ...(mend.quota === undefined ? [] : label('quota', mend.quota)),
    ...mend.changes.flatMap(change => changeLines(change, look)),
  ];
}

/** The ARN of what a mend is about; what the plan itself creates, or its undo deletes, had none when it was planned. */
function placeOf(plan: Plan, { region, resource }: Mend): string {
  const names = [`${resource.id}/create`, `undo:${resource.id}/create`];
  const creation = changesOf(plan).find(({ id }) => names.includes(id));
  if (creation === undefined) return resource.arn;
  const { id } = creation.object;
  return typeof id === 'string' ? `${id} in ${region}` : `${region}, where it is new`;
}

const sign = { create: '+', delete: '-', set: '~', list: '~' } as const;

function changeLines(change: Change, { paint, width }: Look): string[] {
  const { edit, title, effect } = change;
  const adds = edit.kind === 'list' && edit.add.length > 0 ? '+' : '-';
  const mark = edit.kind === 'list' ? adds : sign[edit.kind];
  return [
    ...hang(`   ${mark} `, title, width, mark === '-' ? paint.red : paint.green),
    ...effectLines(effect).flatMap(line => hang('       ', line, width)),
  ];
}

const effectLines = ({ opens, closes }: Effect): string[] => [
  ...(opens.length === 0 ? [] : [`opens ${opens.join('; ')}`]),
  ...(closes.length === 0 ? [] : [`closes ${closes.join('; ')}`]),
];

function leftAlone(items: readonly LeftAlone[], { paint, width }: Look): string[] {
  if (items.length === 0) return [];
  return [
    '',
    paint.bold(`Left alone: ${count(items.length, 'resource')}`),
    ...items.flatMap(({ resource, obstacle, detail, runbook = [], for: causes }) => [
      ...hang('   ', `${resource.name ?? resource.id} (${obstacles[obstacle]})`, width),
      ...controlsOf(causes).flatMap(controls => hang('     ', controls, width)),
      ...hang('     ', detail, width),
      // Not wrapped: what is copied must run.
      ...runbook.map(line => `       ${line}`),
    ]),
  ];
}

/** The controls of some causes in a line; no line where there are none. */
const controlsOf = (causes: readonly Cause[]): string[] =>
  causes.length === 0 ? [] : [[...new Set(causes.map(({ control }) => control))].join(', ')];

function adopted({ adopted: items = [] }: Plan, { paint, width }: Look): string[] {
  if (items.length === 0) return [];
  return [
    '',
    paint.bold(`Adopted as it is: ${count(items.length, 'resource')}`),
    ...items.flatMap(({ what, id }) => hang('   ', `${what}: ${id}`, width)),
  ];
}

function footer(plan: Plan, width: number): string[] {
  const changes = changesOf(plan);
  const permissions = [...new Set(changes.flatMap(change => change.permissions))].sort();
  const costs = [...new Set(plan.mends.flatMap(({ cost }) => cost ?? []))];
  return [
    ...hang('Permissions: ', permissions.join(', '), width),
    ...(costs.length === 0 ? ['none'] : costs).flatMap((cost, index) =>
      hang(index === 0 ? 'Cost:        ' : '             ', cost, width),
    ),
    ...hang(
      'Order:       ',
      'in each mend from top to bottom, so that what is missing opens before what is too much closes; mends side by side. Before each call its object is read again, and left alone if it has changed.',
      width,
    ),
    ...hang('Undo:        ', undoWords(plan), width),
  ];
}

const undoWords = ({ kind }: Plan): string =>
  kind === 'undo'
    ? 'an undo is not undone; securecart fix mends again'
    : 'securecart undo JOURNAL takes back all of it, the newest change first';
