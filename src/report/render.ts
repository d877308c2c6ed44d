import { z } from 'zod';
import type { Report } from '../model/report.ts';
import type { Look } from './look.ts';

/** The forms that a report can take; each is a file here and a key below. */
export const Format = z.enum(['table', 'json', 'markdown', 'csv', 'sarif', 'junit']);
export type Format = z.infer<typeof Format>;

/** Each is loaded when it is asked for, since some bring a library along. */
const renderers = {
  table: async () => (await import('./terminal/table.ts')).table,
  json: async () => (await import('./json.ts')).json,
  markdown: async () => (await import('./markdown.ts')).markdown,
  csv: async () => (await import('./csv.ts')).csv,
  sarif: async () => (await import('./sarif.ts')).sarif,
  junit: async () => (await import('./junit.ts')).junit,
} as const satisfies Record<Format, () => Promise<(report: Report, look: Look) => string>>;

/** The report in one of its forms, ending in a line break. Only `table` heeds the look. */
export async function render(report: Report, format: Format, look: Look): Promise<string> {
  const renderer = await renderers[format]();
  return renderer(report, look);
}
