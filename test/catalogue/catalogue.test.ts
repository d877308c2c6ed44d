import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import { catalogueIndex, catalogueReadme } from '../../scripts/catalogue.ts';
import { placeholders } from '../../src/findings/prose.ts';

const root = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');

test('rules/index.ts and rules/README.md are what the files make', () => {
  expect(text('rules/index.ts')).toBe(catalogueIndex());
  expect(text('rules/README.md')).toBe(catalogueReadme());
});

describe.each(catalogue.map(control => [control.id, control] as const))('%s', (id, control) => {
  const source = text(`rules/${id}.ts`);

  test('is the file of its id, imports no control, and has cases', () => {
    expect(source).toContain(`id: '${id}'`);
    expect(source).not.toMatch(/from '\.\//);
    expect(text(`rules/${id}.test.ts`)).toContain('testControl(');
  });

  test('says what, why, what to do, and where AWS says so', () => {
    expect(control.title).not.toMatch(/\.$/);
    expect(control.rationale).toMatch(/\.$/);
    expect(control.remediation.length).toBeGreaterThan(20);
    expect(control.sources).not.toEqual([]);
    for (const url of control.sources) expect(url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+$/);
  });

  test('has no brace in a message but those of placeholders', () => {
    for (const message of Object.values(control.messages)) {
      expect(message.split(/[{}]/).length - 1, message).toBe(2 * placeholders(message).length);
    }
  });
});
