import { z } from 'zod';
import type { Comparison } from '../../model/comparison.ts';
import type { Look } from '../look.ts';

/** The forms that a comparison can take; each is a file here and a key below. */
export const ComparisonFormat = z.enum(['table', 'json', 'markdown']);
export type ComparisonFormat = z.infer<typeof ComparisonFormat>;

const renderers = {
  table: async () => (await import('./table.ts')).table,
  // Valid against schema/diff.json.
  json: async () => (comparison: Comparison) => `${JSON.stringify(comparison, null, 2)}\n`,
  markdown: async () => (await import('./markdown.ts')).markdown,
} as const satisfies Record<ComparisonFormat, () => Promise<(comparison: Comparison, look: Look) => string>>;

/** The comparison in one of its forms, ending in a line break. Only `table` heeds the look. */
export async function renderComparison(
  comparison: Comparison,
  format: ComparisonFormat,
  look: Look,
): Promise<string> {
  const renderer = await renderers[format]();
  return renderer(comparison, look);
}
