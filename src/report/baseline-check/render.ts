import { z } from 'zod';
import type { BaselineCheck } from '../../model/baseline-check.ts';
import type { Look } from '../look.ts';
import { mermaid } from './mermaid.ts';
import { suggestionYaml } from './suggestion.ts';
import { table } from './table.ts';

/** The forms that the result of a baseline check can take; each is a file here and a key below. */
export const CheckFormat = z.enum(['table', 'json', 'mermaid', 'suggestion']);
export type CheckFormat = z.infer<typeof CheckFormat>;

const renderers = {
  table,
  json: check => `${JSON.stringify(check, null, 2)}\n`,
  mermaid,
  suggestion: suggestionYaml,
} as const satisfies Record<CheckFormat, (check: BaselineCheck, look: Look) => string>;

/** The check in one of its forms, ending in a line break. Only `table` heeds the look. */
export const renderCheck = (check: BaselineCheck, format: CheckFormat, look: Look): string =>
  renderers[format](check, look);
