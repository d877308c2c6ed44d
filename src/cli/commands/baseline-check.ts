import { type Command, Option } from 'commander';
import { z } from 'zod';
import { checkBaseline } from '../../baseline/check/check.ts';
import { renderCheck } from '../../report/baseline-check/render.ts';
import { loadBaseline } from '../baseline.ts';
import { ExitCode } from '../exit-codes.ts';
import { lookFor } from '../look.ts';
import type { World } from '../world.ts';

const Options = z.object({
  baseline: z.string().optional(),
  literal: z.boolean().default(false),
  suggest: z.boolean().default(false),
  format: z.enum(['table', 'json', 'mermaid']),
  all: z.boolean().default(false),
  color: z.boolean(),
});

export function configure(command: Command): void {
  command
    .description(
      'Proves that the baseline works, by computing which packets its rows let through. No account is asked.',
    )
    .option(
      '--baseline <file>',
      'the baseline (default: ./securecart-baseline.yaml, else the one that is shipped)',
    )
    .option('--literal', 'take the rows of the document alone, as they are written there')
    .addOption(
      new Option('--format <format>', 'the form of the result')
        .choices(Options.shape.format.options)
        .default('table'),
    )
    .addOption(
      new Option('--suggest', 'print rows that would let blocked flows through, as YAML to paste').conflicts(
        'format',
      ),
    )
    .option('--all', 'show why each row is there, and not only what is wrong or worth knowing')
    .addHelpText('after', examples);
}

const examples = `
Examples:
  securecart baseline check --all
  securecart baseline check --literal --suggest
  securecart baseline check --format mermaid`;

/** Reads, proves, reports; the exit code says whether there is a defect. */
export async function run(command: Command, world: World): Promise<ExitCode> {
  const options = Options.parse(command.optsWithGlobals());
  const { baseline, about } = await loadBaseline(options, world);
  const check = checkBaseline(baseline, {
    tool: { name: 'securecart', version: world.version },
    baseline: about,
  });
  const format = options.suggest ? 'suggestion' : options.format;
  world.stdout.write(renderCheck(check, format, lookFor(world.stdout, world, options)));
  return check.summary.defects === 0 ? ExitCode.ok : ExitCode.findings;
}
