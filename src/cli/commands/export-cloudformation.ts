import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { renderTemplate } from '../../export/render.ts';
import { cloudFormation } from '../../export/template.ts';
import { loadBaseline } from '../baseline.ts';
import { ExitCode } from '../exit-codes.ts';
import { planFromNothing } from '../provisioned.ts';
import type { World } from '../world.ts';
import { writeFileWhole } from '../write-file.ts';

const Options = z.object({
  baseline: z.string().optional(),
  output: z.string().optional(),
  format: z.enum(['yaml', 'json']),
});

export const configure = (command: Command): Command =>
  command
    .description(
      'Writes what `securecart apply` builds as a template of CloudFormation’s, for any account and Region. No account is asked. What CloudFormation has no words for is told on standard error, and left to `securecart apply`.',
    )
    .option(
      '--baseline <file>',
      'the baseline (default: ./securecart-baseline.yaml, else the one that is shipped)',
    )
    .option('-o, --output <file>', 'the file to write (default: standard output)')
    .addOption(
      new Option('--format <format>', 'the form of the template')
        .choices(Options.shape.format.options)
        .default('yaml'),
    )
    .addHelpText('after', examples);

const examples = `
Examples:
  securecart export cloudformation --format json -o securecart.json
  aws cloudformation deploy --stack-name securecart --template-file securecart.json \\
    --capabilities CAPABILITY_NAMED_IAM \\
    --parameter-overrides PrefixListS3=pl-… PrefixListDynamodb=pl-…`;

export async function run(command: Command, world: World): Promise<ExitCode> {
  const { output, format, ...options } = Options.parse(command.opts());
  const loaded = await loadBaseline({ ...options, literal: false }, world);
  const { template, left } = cloudFormation(planFromNothing(loaded, world.version));
  const text = renderTemplate(template, format);
  if (output === undefined) world.stdout.write(text);
  else await writeFileWhole(resolve(world.cwd, output), text);
  if (left.length > 0) {
    const items = left.map(what => `  ${what}\n`);
    world.stderr.write(`Not in the template; securecart apply does it, or says why not:\n${items.join('')}`);
  }
  return ExitCode.ok;
}
