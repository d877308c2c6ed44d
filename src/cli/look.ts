import type { ColorSupportLevel } from 'chalk';
import { type Look, lookOf } from '../report/look.ts';
import type { Environment, Output, World } from './world.ts';

/** What the user asks of a look, and how long the run took, in milliseconds. */
export interface LookOptions {
  readonly color: boolean;
  readonly all?: boolean;
  readonly elapsed?: number;
}

/** The look of text on a stream: as wide as the terminal, but no wider than is read with ease; 80 columns in a pipe or file. */
export const lookFor = (
  output: Output | undefined,
  { env }: Pick<World, 'env'>,
  options: LookOptions,
): Look =>
  lookOf({
    width: Math.min(120, Math.max(40, output?.columns ?? 80)),
    colors: options.color ? colorLevel(output, env) : 0,
    unicode: isUnicode(env),
    all: options.all ?? false,
    ...(options.elapsed === undefined ? {} : { elapsed: options.elapsed }),
  });

const levels: Record<string, ColorSupportLevel> = { '0': 0, false: 0, '2': 2, '3': 3 };
const levelOfDepth: Record<number, ColorSupportLevel> = { 4: 1, 8: 2, 24: 3 };

/** FORCE_COLOR (https://force-color.org) wins over NO_COLOR (https://no-color.org), and both over what the terminal can do. */
function colorLevel(output: Output | undefined, env: Environment): ColorSupportLevel {
  const { FORCE_COLOR: force, NO_COLOR: no, ...terminal } = env;
  if (force !== undefined && force !== '') return levels[force] ?? 1;
  if (no !== undefined && no !== '') return 0;
  if (output?.isTTY !== true) return 0;
  return levelOfDepth[output.getColorDepth?.(terminal) ?? 1] ?? 0;
}

/** Whether the locale says UTF-8; where none is set, as in cron, plain signs are the ones that always arrive. */
const isUnicode = (env: Environment): boolean => /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');
