import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generated } from '../scripts/generated.ts';

test.each(Object.entries(generated))('%s is what its source makes', (path, make) => {
  expect(readFileSync(path, 'utf8')).toBe(make());
});
