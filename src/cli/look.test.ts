import { expect, test } from 'vitest';
import { lookFor } from './look.ts';
import type { Environment, Output } from './world.ts';

const pipe: Output = { write: () => true };
/** Node takes an empty NO_COLOR for one that is set, which https://no-color.org does not. */
const terminal: Output = {
  write: () => true,
  isTTY: true,
  columns: 100,
  getColorDepth: env => ('NO_COLOR' in env ? 1 : 8),
};
const world = (env: Environment) => ({ env });

test.each([
  { name: 'a terminal of 256 colours', output: terminal, env: {}, level: 2 },
  { name: 'a pipe', output: pipe, env: {}, level: 0 },
  { name: 'a file', output: undefined, env: {}, level: 0 },
  { name: '--no-color', output: terminal, env: { FORCE_COLOR: '1' }, color: false, level: 0 },
  { name: 'NO_COLOR', output: terminal, env: { NO_COLOR: '1' }, level: 0 },
  { name: 'an empty NO_COLOR', output: terminal, env: { NO_COLOR: '' }, level: 2 },
  { name: 'FORCE_COLOR in a pipe', output: pipe, env: { FORCE_COLOR: '1' }, level: 1 },
  { name: 'FORCE_COLOR=3', output: pipe, env: { FORCE_COLOR: '3' }, level: 3 },
  { name: 'FORCE_COLOR=0 in a terminal', output: terminal, env: { FORCE_COLOR: '0' }, level: 0 },
  { name: 'FORCE_COLOR beside NO_COLOR', output: pipe, env: { FORCE_COLOR: '1', NO_COLOR: '1' }, level: 1 },
])('$name is coloured at level $level', ({ output, env, level, color = true }) => {
  expect(lookFor(output, world(env), { color }).paint.level).toBe(level);
});

test.each([
  { columns: undefined, width: 80 },
  { columns: 20, width: 40 },
  { columns: 97, width: 97 },
  { columns: 300, width: 120 },
])('$columns columns are drawn in $width', ({ columns, width }) => {
  const output = columns === undefined ? pipe : { ...terminal, columns };
  expect(lookFor(output, world({}), { color: false }).width).toBe(width);
});

test.each([
  { env: { LANG: 'en_GB.UTF-8' }, arrow: '→' },
  { env: { LANG: 'en_GB.UTF-8', LC_ALL: 'C' }, arrow: '->' },
  { env: { LANG: 'C', LC_CTYPE: 'C.utf8' }, arrow: '→' },
  { env: {}, arrow: '->' },
])('the locale $env takes $arrow', ({ env, arrow }) => {
  expect(lookFor(pipe, world(env), { color: false }).signs.arrow).toBe(arrow);
});
