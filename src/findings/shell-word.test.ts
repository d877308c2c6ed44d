import { expect, test } from 'vitest';
import { shellWord } from './shell-word.ts';

test.each([
  ['shop-db_1', 'shop-db_1'],
  ['/dev/sdf', '/dev/sdf'],
  ['the database group', "'the database group'"],
  ["it's; $(reboot)", String.raw`'it'\''s; $(reboot)'`],
  ['', "''"],
])('%s is written %s', (name, written) => {
  expect(shellWord(name)).toBe(written);
});
