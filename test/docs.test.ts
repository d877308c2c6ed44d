import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { auditMeanings, mendingMeanings } from '../src/cli/exit-codes.ts';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const exists = (path: string) => existsSync(new URL(`../${path}`, import.meta.url));
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);
const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

describe.each(pages)('%s', page => {
  const text = read(page);

  test('names paths that exist', () => {
    const links = all(text, /\]\(([^)#]+)[^)]*\)/g).filter(target => !target.includes(':'));
    const paths = all(text, /`([a-z.][\w.-]*\/[\w./-]*)`/g);
    expect([...links, ...paths].filter(path => !exists(path))).toEqual([]);
  });

  test('names npm scripts that exist', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    const named = all(text, /npm (?:run )?((?:test|check|demo|bench|build|generate|format)\b[\w:-]*)/g);
    expect(named.filter(name => scripts[name] === undefined)).toEqual([]);
  });
});

test("the README's exit codes are the program's", () => {
  const rows = [...read('README.md').matchAll(/^\| (\d+) *\|(.*)\|(.*)\|$/gm)].map(
    ([, code, audit, mending]) => [Number(code), audit?.trim(), mending?.trim()],
  );
  const meanings = Object.entries(mendingMeanings).map(([code, mending]) => [
    Number(code),
    new Map(Object.entries(auditMeanings)).get(code) ?? '',
    mending,
  ]);
  expect(rows).toEqual(meanings);
});
