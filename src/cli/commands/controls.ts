import { type Command, Option } from 'commander';
import { z } from 'zod';
import { catalogue } from '../../../rules/index.ts';
import { controlsAsJson, listControls } from '../../report/controls.ts';
import { ExitCode } from '../exit-codes.ts';
import { lookFor } from '../look.ts';
import type { World } from '../world.ts';

const Options = z.object({ format: z.enum(['table', 'json']), color: z.boolean() });

export const configure = (command: Command): Command =>
  command
    .description('Lists the controls of the catalogue, by system.')
    .addOption(
      new Option('--format <format>', 'the form of the list')
        .choices(Options.shape.format.options)
        .default('table'),
    );

export async function run(command: Command, world: World): Promise<ExitCode> {
  const { format, color } = Options.parse(command.optsWithGlobals());
  const look = lookFor(world.stdout, world, { color });
  world.stdout.write(format === 'json' ? controlsAsJson(catalogue) : listControls(catalogue, look));
  return ExitCode.ok;
}
