import { z } from 'zod';
import type { Report } from '../model/report.ts';
import { json } from './json.ts';
import type { Look } from './look.ts';
import { table } from './terminal/table.ts';

/** The forms that a report can take; each is a file here and a key below. */
export const Format = z.enum(['table', 'json']);
export type Format = z.infer<typeof Format>;

const renderers = { table, json } as const satisfies Record<Format, (report: Report, look: Look) => string>;

/** The report in one of its forms, ending in a line break. Only `table` heeds the look. */
export const render = (report: Report, format: Format, look: Look): string => renderers[format](report, look);
