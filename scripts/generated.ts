import { z } from 'zod';
import { Baseline } from '../src/model/baseline/baseline.ts';
import { BaselineCheck } from '../src/model/baseline-check.ts';
import { Comparison } from '../src/model/comparison.ts';
import { Report } from '../src/model/report.ts';
import { Snapshot } from '../src/snapshot/snapshot.ts';
import { catalogueIndex, catalogueReadme } from './catalogue.ts';

/** Every file that is made from the source and committed: how it is made, by its path from the root. */
export const generated: Record<string, () => string> = {
  'rules/index.ts': catalogueIndex,
  'rules/README.md': catalogueReadme,
  'schema/baseline.json': () => jsonSchema('baseline', 'A SecureCart baseline', Baseline),
  'schema/baseline-check.json': () =>
    jsonSchema('baseline-check', 'What securecart baseline check --format json says', BaselineCheck),
  'schema/snapshot.json': () => jsonSchema('snapshot', 'What securecart snapshot writes', Snapshot),
  'schema/diff.json': () => jsonSchema('diff', 'What securecart diff --format json says', Comparison),
  'schema/report.json': () => jsonSchema('report', 'What securecart audit --format json says', Report),
};

/** The JSON Schema of what a file may hold, before it is read; `version` or `schemaVersion` in it says which format this is. */
function jsonSchema(name: string, title: string, schema: z.ZodType): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  return `${JSON.stringify({ $schema, $id: `urn:securecart:schema:${name}`, title, ...rest }, null, 2)}\n`;
}
