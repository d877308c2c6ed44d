import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { compare } from '../../comparison/compare.ts';
import { Severity } from '../../model/severity.ts';
import { ComparisonFormat, renderComparison } from '../../report/comparison/render.ts';
import { readReport } from '../../report/read-report.ts';
import { readText } from '../baseline.ts';
import { diffMeanings, type ExitCode, exitCodesHelp } from '../exit-codes.ts';
import { lookFor } from '../look.ts';
import { verdictOfComparison } from '../verdict.ts';
import type { World } from '../world.ts';
import { checkWritable, writeFileWhole } from '../write-file.ts';

const Options = z.object({
  failOn: Severity,
  allowUnknown: z.boolean().default(false),
  format: ComparisonFormat,
  output: z.string().optional(),
  all: z.boolean().default(false),
  color: z.boolean(),
});

export function configure(command: Command): void {
  command
    .description(
      'Compares two reports of one account, as `securecart audit --format json` writes them. No account is asked.',
    )
    .argument('<before>', 'the earlier report')
    .argument('<after>', 'the later one')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 only for a new failing finding at or above it')
        .choices(Severity.options)
        .default('info' satisfies Severity, 'any'),
    )
    .option('--allow-unknown', 'exit with 0 although something is not judged any more')
    .addOption(
      new Option('--format <format>', 'the form of the result')
        .choices(ComparisonFormat.options)
        .default('table' satisfies ComparisonFormat),
    )
    .option('-o, --output <file>', 'the file to write to instead of standard output')
    .option('--all', 'show every finding, and not the first ten of each kind')
    .addHelpText('after', exitCodesHelp(diffMeanings))
    .addHelpText('after', examples);
}

const examples = `
Examples:
  securecart diff yesterday.json today.json
  securecart diff main.json branch.json --fail-on high --format markdown`;

/** Reads, compares, shows; the exit code is about what is new. */
export async function run(command: Command, world: World): Promise<ExitCode> {
  const options = Options.parse(command.optsWithGlobals());
  const [before = '', after = ''] = command.args;
  const file = options.output === undefined ? undefined : resolve(world.cwd, options.output);
  if (file !== undefined) await checkWritable(file);
  const comparison = compare(
    readReport(await readText(before, world), before),
    readReport(await readText(after, world), after),
  );
  const output = file === undefined ? world.stdout : undefined;
  const text = await renderComparison(comparison, options.format, lookFor(output, world, options));
  if (file === undefined) world.stdout.write(text);
  else await writeFileWhole(file, text);
  return verdictOfComparison(comparison, options);
}
