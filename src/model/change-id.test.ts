import { expect, test } from 'vitest';
import { ChangeId, inChangeId } from './plan.ts';

test.each([
  ['shop.logs-1', 'shop.logs-1'],
  ['Shop_logs', ':53:hop:5f:logs'],
  ['-1', '-1'],
  ['/securecart/x', ':2f:securecart:2f:x'],
  ['ǃ', ':1c3:'],
])('%s is %s in the id of a change', (text, expected) => {
  expect(inChangeId(text)).toBe(expected);
  expect(ChangeId.safeParse(`s3/${inChangeId(text)}/policy`).success).toBe(true);
});

test('no two texts are the same in one', () => {
  // Without the second colon, _1 would be what U+05F1 is.
  const texts = ['A', ':41:', '_1', '\u05f1', 'a', '%41'];
  expect(new Set(texts.map(inChangeId)).size).toBe(texts.length);
});
