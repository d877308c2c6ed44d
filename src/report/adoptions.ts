import type { Adoption } from '../init/adoption.ts';
import type { Look } from './look.ts';
import { reasonInWords } from './terminal/reason.ts';
import { hang, printable, widthOf } from './text.ts';

const HOW = {
  guessed: 'guessed',
  'not-found': 'not found',
  'not-read': 'not read',
} as const satisfies Record<Adoption['ground']['how'], string>;

/** Why a baseline says what it says of an account, as its comment has it: `guessed: the VPC, because there is no other`. */
export function adoptionInWords({ what, ground }: Adoption): string {
  return printable(`${HOW[ground.how]}: ${what}, ${whyOf(ground)}`);
}

function whyOf(ground: Adoption['ground']): string {
  switch (ground.how) {
    case 'guessed':
      return `because ${ground.because}`;
    case 'not-found':
      return ground.because;
    case 'not-read':
      return reasonInWords(ground.reason);
    default:
      return ground satisfies never;
  }
}

/** A table of what was guessed, not found and not read, in the order of the file, each with its reason below it. */
export function renderAdoptions(adoptions: readonly Adoption[], { width, paint }: Look): string {
  const colour = { guessed: paint.green, 'not-found': paint.yellow, 'not-read': paint.magenta } as const;
  const widest = Math.max(...adoptions.map(({ what }) => widthOf(what)));
  const lines = adoptions.flatMap(({ what, ground, values }) => [
    ...hang(
      `${colour[ground.how](HOW[ground.how].padEnd(9))}  ${what.padEnd(widest)}  `,
      printable(valuesOf(values).join(', ')),
      width,
    ).map(line => line.trimEnd()),
    ...hang(' '.repeat(11), whyOf(ground), width, paint.dim),
  ]);
  return `${lines.join('\n')}\n`;
}

/** The values that a line has room for, each once: those of a port stand in many rows. */
const valuesOf = (values: Adoption['values']): string[] => [
  ...new Set(
    values
      .map(({ value }) =>
        Array.isArray(value) ? value.filter(item => typeof item === 'string').join(', ') : value,
      )
      .filter(value => value !== '')
      .map(String),
  ),
];
