import type { Command } from 'commander';
import { z } from 'zod';
import { parsePlanFile } from '../../apply/plan-file.ts';
import { readText } from '../baseline.ts';
import { ExitCode } from '../exit-codes.ts';
import { planPolicy } from '../plan-policy.ts';
import type { World } from '../world.ts';

const Options = z.object({ plan: z.string() });

export const configure = (command: Command): Command =>
  command
    .description(
      'Prints the IAM policy that a plan needs, as JSON: to carry it out, to look before and after, and to take it back.',
    )
    .requiredOption('--plan <file>', 'the plan, as `securecart fix --plan-only -o FILE` writes it');

export async function run(command: Command, world: World): Promise<ExitCode> {
  const { plan: file } = Options.parse(command.opts());
  world.stdout.write(await planPolicy(await parsePlanFile(await readText(file, world), file)));
  return ExitCode.ok;
}
