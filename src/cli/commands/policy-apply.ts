import { type Command, Option } from 'commander';
import { z } from 'zod';
import { parsePlanFile } from '../../apply/plan-file.ts';
import { AwsOptions, collectRegion } from '../aws-options.ts';
import { loadBaseline, readText } from '../baseline.ts';
import { ExitCode } from '../exit-codes.ts';
import { planPolicy } from '../plan-policy.ts';
import { planFromNothing } from '../provisioned.ts';
import type { World } from '../world.ts';

const Options = z.object({
  plan: z.string().optional(),
  baseline: z.string().optional(),
  region: AwsOptions.shape.region,
});

export const configure = (command: Command): Command =>
  command
    .description(
      'Prints the IAM policy that an apply needs, as JSON: for one plan, or for building the whole baseline from nothing.',
    )
    .option('--plan <file>', 'the plan, as `securecart apply --plan-only -o FILE` writes it')
    .addOption(
      new Option(
        '--baseline <file>',
        'the baseline (default: ./securecart-baseline.yaml, else the one that is shipped)',
      ).conflicts('plan'),
    )
    .addOption(
      new Option('--region <region>', 'allow changes in this Region alone; may be repeated')
        .argParser(collectRegion)
        .conflicts('plan'),
    );

export async function run(command: Command, world: World): Promise<ExitCode> {
  const { plan: file, region: regions, ...options } = Options.parse(command.opts());
  if (file !== undefined) {
    world.stdout.write(await planPolicy(await parsePlanFile(await readText(file, world), file)));
    return ExitCode.ok;
  }
  const loaded = await loadBaseline({ ...options, literal: false }, world);
  const named = regions.includes('all') ? [] : regions;
  world.stdout.write(await planPolicy(planFromNothing(loaded, world.version), named));
  return ExitCode.ok;
}
