import type { Command } from 'commander';
import { z } from 'zod';
import { catalogue } from '../../../rules/index.ts';
import { auditPolicy } from '../../snapshot/audit-policy.ts';
import { collect } from '../collect.ts';
import { selectControls } from '../control-names.ts';
import { ExitCode } from '../exit-codes.ts';
import type { World } from '../world.ts';

const Options = z.object({ control: z.array(z.string()).default([]) });

export const configure = (command: Command): Command =>
  command
    .description('Prints the IAM policy that an audit needs, as JSON. Each action in it only reads.')
    .option('--control <glob>', 'the controls to audit, as audit has it; may be repeated', collect);

export async function run(command: Command, world: World): Promise<ExitCode> {
  const { control: globs } = Options.parse(command.opts());
  const needs = selectControls(globs, catalogue).flatMap(({ needs }) => needs);
  world.stdout.write(`${JSON.stringify(await auditPolicy(needs), null, 2)}\n`);
  return ExitCode.ok;
}
