import type { Command } from 'commander';
import { z } from 'zod';
import { catalogue } from '../../../rules/index.ts';
import { explain } from '../../report/explain.ts';
import { callsFor } from '../../services/readers.ts';
import { controlNamed } from '../control-names.ts';
import { ExitCode } from '../exit-codes.ts';
import { lookFor } from '../look.ts';
import type { World } from '../world.ts';

const Options = z.object({ color: z.boolean() });

export const configure = (command: Command): Command =>
  command
    .description('Says what a control demands, why, what it reads, and what to do where it fails.')
    .argument('<control>', 'the control, such as security-group/default-group-closed');

export async function run(command: Command, world: World): Promise<ExitCode> {
  const [given = ''] = command.args;
  const control = controlNamed(given, catalogue);
  const look = lookFor(world.stdout, world, Options.parse(command.optsWithGlobals()));
  world.stdout.write(explain(control, await callsFor(control.needs), look));
  return ExitCode.ok;
}
