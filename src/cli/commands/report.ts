import { resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { readReport } from '../../report/read-report.ts';
import { Format } from '../../report/render.ts';
import { readText } from '../baseline.ts';
import { ExitCode } from '../exit-codes.ts';
import { collectTarget, resolveTargets, Target } from '../targets.ts';
import type { World } from '../world.ts';
import { checkWritable } from '../write-file.ts';
import { writeReport } from '../write-report.ts';

const Options = z.object({
  format: z.array(Target).default([]),
  output: z.string().optional(),
  all: z.boolean().default(false),
  color: z.boolean(),
});

export function configure(command: Command): void {
  command
    .description(
      'Shows a report that `securecart audit --format json` wrote, in any form. No account is asked.',
    )
    .argument('<file>', 'the report')
    .option(
      '--format <format[=file]>',
      `${Format.options.join(', ')}: to standard output or a file; may be repeated (default: table)`,
      collectTarget,
    )
    .option('-o, --output <file>', 'the file for the format that names none')
    .option('--all', 'show every finding, and not the first ten of a control')
    .addHelpText('after', examples);
}

const examples = `
Examples:
  securecart report audit.json --all
  securecart report audit.json --format markdown=summary.md --format sarif=securecart.sarif`;

/** Reads and shows; what the report says is no matter of the exit code. */
export async function run(command: Command, world: World): Promise<ExitCode> {
  const options = Options.parse(command.optsWithGlobals());
  const [file = ''] = command.args;
  const targets = resolveTargets(options.format, options.output);
  for (const { file: to } of targets) if (to !== undefined) await checkWritable(resolve(world.cwd, to));
  await writeReport(readReport(await readText(file, world), file), targets, options, world);
  return ExitCode.ok;
}
