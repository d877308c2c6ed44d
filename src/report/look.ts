import { Chalk, type ChalkInstance, type ColorSupportLevel } from 'chalk';

/** The signs of a report; the second set is for a terminal whose character set is not known to be Unicode. */
const unicode = {
  fail: '✗',
  unknown: '?',
  pass: '✓',
  none: '·',
  arrow: '→',
  leader: '·',
  full: '█',
  empty: '░',
  more: '…',
  rule: '─',
};
export type Signs = typeof unicode;

const ascii: Signs = {
  fail: 'x',
  unknown: '?',
  pass: '+',
  none: '-',
  arrow: '->',
  leader: '.',
  full: '#',
  empty: '.',
  more: '...',
  rule: '-',
};

/** How a report for people is drawn. */
export interface Look {
  /** Columns. */
  readonly width: number;
  readonly paint: ChalkInstance;
  readonly signs: Signs;
  /** Whether every finding is shown, and not the first few of a control. */
  readonly all: boolean;
  /** How long the run took, in milliseconds; absent where the reader of a file would learn nothing by it. */
  readonly elapsed?: number;
}

/** Makes a look; `colors` is chalk's level, from 0 (none) to 3 (true colour). */
export const lookOf = (options: {
  width: number;
  colors: ColorSupportLevel;
  unicode: boolean;
  all: boolean;
  elapsed?: number;
}): Look => ({
  width: options.width,
  paint: new Chalk({ level: options.colors }),
  signs: options.unicode ? unicode : ascii,
  all: options.all,
  ...(options.elapsed === undefined ? {} : { elapsed: options.elapsed }),
});
