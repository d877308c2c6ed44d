import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { Format } from '../report/render.ts';
import { usageError } from './usage.ts';

/** A form of the report, and the file that it goes to; standard output where there is none. */
export const Target = z.strictObject({ format: Format, file: z.string().optional() });
export type Target = z.infer<typeof Target>;

/** Reads `json` or `json=audit.json`, and adds it to those before. Throws what commander tells the user. */
export function collectTarget(text: string, before: readonly Target[] = []): Target[] {
  const [name = '', ...rest] = text.split('=');
  const file = rest.length === 0 ? undefined : rest.join('=');
  const format = Format.safeParse(name);
  if (!format.success) throw new InvalidArgumentError(`The formats are ${Format.options.join(', ')}.`);
  if (file === '') throw new InvalidArgumentError(`Name a file after the =, or write ${name} alone.`);
  return [...before, { format: format.data, file }];
}

/** Where each form goes: `output` takes the one that has no file, and a table is what there is by default. */
export function resolveTargets(asked: readonly Target[], output: string | undefined): Target[] {
  const targets: readonly Target[] = asked.length === 0 ? [{ format: 'table' }] : asked;
  const open = targets.filter(({ file }) => file === undefined);
  if (open.length > 1) {
    const [first, second] = open;
    throw usageError(
      `Both ${first?.format} and ${second?.format} would go to one place.`,
      `Give one of them a file: --format ${second?.format}=FILE`,
    );
  }
  if (output !== undefined && open.length === 0) {
    throw usageError(`--output ${output} has nothing to hold: every format names a file of its own.`);
  }
  const resolved = targets.map(({ format, file = output }) => ({ format, file }));
  const twice = resolved.find(({ file }, index) => resolved.findIndex(other => other.file === file) < index);
  if (twice) throw usageError(`Two formats would be written to ${twice.file}.`);
  return resolved;
}
