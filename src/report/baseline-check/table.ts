import type { BaselineCheck, FlowVerdict, Level } from '../../model/baseline-check.ts';
import { count } from '../../model/count.ts';
import type { Look } from '../look.ts';
import { connectionInWords } from '../packet.ts';
import { baselineInWords } from '../terminal/header.ts';
import { hang } from '../text.ts';
import { matrix } from './matrix.ts';
import { listInWords, lockInWords, needInWords, obstacleInWords, remarkInWords } from './words.ts';

/** The check for people: who reaches whom, each flow, what is wrong or worth knowing, and the count where the eye ends up. */
export const table = (check: BaselineCheck, look: Look): string =>
  [header, reach, flows, openings, rows, remarks, outcome]
    .map(section => section(check, look))
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');

type Section = (check: BaselineCheck, look: Look) => string[];

const header: Section = (check, look) => [
  look.paint.bold('SecureCart baseline check'),
  ...hang(look.paint.dim('  baseline  '), baselineInWords(check), look.width),
];

const reach: Section = (check, look) => [
  look.paint.bold('Who reaches whom'),
  ...matrix(check, look).map(line => `  ${line}`),
];

const flows: Section = (check, look) => [
  look.paint.bold('Flows'),
  ...check.flows.flatMap(flow => flowLines(flow, look)),
];

function flowLines(flow: FlowVerdict, look: Look): string[] {
  const { paint, signs, width } = look;
  const asked = flow.services.length === 0 ? '*' : flow.services.join('; ');
  const intent = `${flow.id} (${flow.from} ${signs.arrow} ${flow.to} ${asked})`;
  const line = (sound: boolean, text: string) =>
    hang(`  ${sound ? paint.green(signs.pass) : paint.red(signs.fail)} `, text, width);
  const detail = (text: string) => hang('      ', text, width);
  switch (flow.verdict) {
    case 'passes':
      return line(true, `${intent} passes on ${count(flow.paths, 'path')}`);
    case 'kept-out':
      return line(
        true,
        `${intent} is kept out${flow.locks.length === 0 ? '' : ` by ${flow.locks.map(lockInWords).join(', ')}`}`,
      );
    case 'blocked':
      return [
        ...line(false, `${intent} is blocked`),
        ...flow.obstacles.flatMap(obstacle => [
          ...detail(obstacleInWords(obstacle)),
          ...(obstacle.kind === 'list'
            ? detail(paint.dim(`  ${connectionInWords(obstacle.connection, signs)}`))
            : []),
        ]),
      ];
    case 'leaks':
      return [
        ...line(false, `${intent} must not pass, and does from ${flow.client} to ${flow.server}`),
        ...detail(`${connectionInWords(flow.connection, signs)}, by ${flow.rows.join(', ')}`),
      ];
    default:
      return flow satisfies never;
  }
}

const openings: Section = ({ openings }, look) => {
  const { paint, signs, width } = look;
  if (openings.length === 0) return [];
  return [
    paint.bold('What passes and no flow asks for'),
    ...openings.flatMap(({ from, to, family, services, replies, connection }) => {
      const answered = replies.length === 0 ? 'never answered' : `answered to ${replies.join('; ')}`;
      const over = family === 'ipv6' ? ' over IPv6' : '';
      const what = `${from} ${signs.arrow} ${to} ${services.join('; ')}${over}, ${answered}`;
      return hang(`  ${signs.none} `, `${what}: ${connectionInWords(connection, signs)}`, width);
    }),
  ];
};

const rows: Section = (check, look) => {
  const shown = check.rows.filter(({ level }) => look.all || level !== 'sound');
  if (shown.length === 0) return [];
  return [
    look.paint.bold('Rows'),
    ...shown.flatMap(({ id, origin, list, number, level, need }) => {
      const place = number === undefined ? listInWords(list) : `${listInWords(list)} ${number}`;
      const derived = origin === 'derived' ? ', derived' : '';
      return hang(
        `  ${mark(level, look)} `,
        `${id} (${place}${derived}) ${needInWords(need, look.signs)}`,
        look.width,
      );
    }),
  ];
};

const remarks: Section = ({ remarks }, look) =>
  remarks.length === 0
    ? []
    : [
        look.paint.bold('Besides'),
        ...remarks.flatMap(remark =>
          hang(`  ${mark(remark.level, look)} `, remarkInWords(remark, look.signs), look.width),
        ),
      ];

const mark = (level: Level, { paint, signs }: Look): string =>
  ({ sound: paint.green(signs.pass), note: paint.yellow(signs.none), defect: paint.red(signs.fail) })[level];

const outcome: Section = (check, look) => {
  const { paint, signs, width } = look;
  const { flows, defects, notes } = check.summary;
  const counts = [
    defects === 0
      ? paint.green(`${signs.pass} sound`)
      : paint.bold.red(`${signs.fail} ${count(defects, 'defect')}`),
    `${flows.sound} of ${count(flows.total, 'flow')} as intended`,
    derivedInWords(check),
    paint.dim(count(notes, 'note')),
  ];
  return [...hang('', counts.join(', '), width), ...next(check, look)];
};

function derivedInWords({ rows }: BaselineCheck): string {
  const derived = rows.filter(({ origin }) => origin === 'derived');
  const needed = derived.filter(({ level }) => level === 'sound');
  return `${needed.length} of ${count(derived.length, 'derived row')} needed`;
}

/** What can be done about blocked flows. */
function next({ suggestion, baseline }: BaselineCheck, { paint, width }: Look): string[] {
  const { securityGroups, networkAcls, least, stillBlocked, noRoom } = suggestion;
  const denying = networkAcls.filter(({ action }) => action === 'deny').length;
  const allowing = securityGroups.length + networkAcls.length - denying;
  const command = `securecart baseline check ${baseline.literal ? '--literal ' : ''}--suggest`;
  const sentences = [
    ...(allowing === 0
      ? []
      : [
          `${count(least, 'list')} block what must pass. ${count(allowing, 'row')} in them would let it through, and ${denying} that deny keep those from opening more: ${command}`,
        ]),
    ...(noRoom.length === 0
      ? []
      : [
          `There are no free numbers before what blocks in ${noRoom.map(listInWords).join(', ')}: renumber its rows.`,
        ]),
    ...(allowing > 0 && stillBlocked.length > 0
      ? [`Even with them ${stillBlocked.join(', ')} would be blocked.`]
      : []),
  ];
  return sentences.flatMap(sentence => hang('', sentence, width, paint.dim));
}
