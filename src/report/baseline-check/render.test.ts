import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkBaseline } from '../../baseline/check/check.ts';
import { literalBaseline } from '../../baseline/literal.ts';
import { readBaseline } from '../../baseline/read.ts';
import type { BaselineCheck } from '../../model/baseline-check.ts';
import { lookOf } from '../look.ts';
import { renderCheck } from './render.ts';

const root = new URL('../../../', import.meta.url);
const text = readFileSync(new URL('securecart-baseline.yaml', root), 'utf8');
const shipped = readBaseline(text, 'securecart-baseline.yaml');
const literal = checkBaseline(literalBaseline(shipped), {
  tool: { name: 'securecart', version: '0.0.0' },
  baseline: { name: 'securecart', digest: '', literal: true },
});
const look = lookOf({ width: 80, colors: 0, unicode: true, all: false });

test('the JSON is valid against the published schema', () => {
  const validate = new Ajv2020().compile(
    JSON.parse(readFileSync(new URL('schema/baseline-check.json', root), 'utf8')),
  );
  expect(validate(JSON.parse(renderCheck(literal, 'json', look))), JSON.stringify(validate.errors)).toBe(
    true,
  );
});

test('suggested rows, pasted into the file that lacks them, make a baseline that is read and sound', () => {
  const file = parse(text);
  const bare = { ...file };
  for (const table of ['securityGroups', 'networkAcls']) {
    const rows = file[table].rows.filter(({ origin }: { origin: string }) => origin === 'document');
    bare[table] = { ...file[table], rows };
  }
  const suggested = parse(renderCheck(check(bare), 'suggestion', look));
  for (const table of ['securityGroups', 'networkAcls']) bare[table].rows.push(...suggested[table].rows);
  expect(check(bare).summary).toMatchObject({ defects: 0, flows: { sound: 11, total: 11 } });
});

/** The check of a file's content, which is read as a file would be. */
function check(content: object): BaselineCheck {
  const baseline = readBaseline(JSON.stringify(content), 'content.yaml');
  return checkBaseline(baseline, {
    tool: { name: 'securecart', version: '0.0.0' },
    baseline: { name: 'securecart', digest: '', literal: false },
  });
}

test('in 80 columns no line is longer, and none ends in a blank', () => {
  const lines = renderCheck(literal, 'table', look).split('\n');
  expect(lines.filter(line => line.length > 80 || line.endsWith(' '))).toEqual([]);
});
