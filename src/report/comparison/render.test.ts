import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { finding, hostile, reportOf, silentControl } from '../../../test/builders/report.ts';
import { compare } from '../../comparison/compare.ts';
import type { Comparison, Fate } from '../../model/comparison.ts';
import { Fate as Fates } from '../../model/comparison.ts';
import { lookOf } from '../look.ts';
import { renderComparison } from './render.ts';

const look = lookOf({ width: 80, colors: 0, unicode: true, all: false });
const report = reportOf([], [silentControl('vpc/one')]);
const of = (...fates: Fate[]): Comparison => ({
  ...compare(report, report),
  differences: fates.map((fate, index) => ({
    fate,
    before: finding({ control: 'vpc/one', id: `b${index}`, severity: 'low', message: `Before ${fate}.` }),
    after: finding({ control: 'vpc/one', id: `a${index}`, message: `After ${fate}.` }),
  })),
});

describe.each(['table', 'markdown'] as const)('as %s', format => {
  test('each fate has a heading, its findings and what is worth knowing of them before', async () => {
    const text = await renderComparison(of(...Fates.options), format, look);
    expect(text.match(/(?:Before|After) \w+\.(?: It was(?: \w+ before\.|: \w+ \w+\.))?/g)).toEqual([
      'After new.',
      'After worse. It was low before.',
      'After unknown.',
      'After unjudged.',
      'After changed. It was: Before changed.',
      'After accepted.',
      'Before mended.',
      'After gone.',
    ]);
  });

  test('of many findings the first are shown, and the rest is counted', async () => {
    const text = await renderComparison(
      of(...Array.from({ length: 25 }, () => 'new' as const)),
      format,
      look,
    );
    expect(text).toContain(`… ${format === 'table' ? '15' : 'and 5'} more findings`);
  });

  test('what the reports were not made of alike is told', async () => {
    const after = { ...report, baseline: { ...report.baseline, digest: 'cd'.repeat(32) }, regions: [] };
    const text = await renderComparison(compare(report, after), format, look);
    expect(text).toContain('baselines differ');
    expect(text).toContain('Only the first looked at');
  });
});

test('the Markdown is never longer than a comment may be', async () => {
  const long = (fate: Fate) => ({
    fate,
    after: finding({ control: 'vpc/one', message: 'It differs in very many words. '.repeat(40) }),
  });
  const differences = Fates.options.flatMap(fate => Array.from({ length: 20 }, () => long(fate)));
  const text = await renderComparison({ ...of(), differences }, 'markdown', look);
  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text).toMatch(/… and \d more sections?: no room is left\./);
});

test('a name from the account does nothing in Markdown', async () => {
  const differences = [{ fate: 'new' as const, after: finding({ control: 'vpc/one', message: hostile }) }];
  const text = await renderComparison({ ...of(), differences }, 'markdown', look);
  expect(text).not.toMatch(/(?<!\\)(?:<img|\[click)|@octocat/);
});

test('the JSON is valid against the published schema', async () => {
  const schema: unknown = JSON.parse(
    readFileSync(new URL('../../../schema/diff.json', import.meta.url), 'utf8'),
  );
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(Object(schema));
  const text = await renderComparison(of(...Fates.options), 'json', look);
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
});
