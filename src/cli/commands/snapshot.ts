import { resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { catalogue } from '../../../rules/index.ts';
import { snapshotSummary } from '../../report/snapshot-summary.ts';
import { writeSnapshot } from '../../snapshot/write-snapshot.ts';
import { AwsOptions, addAwsOptions } from '../aws-options.ts';
import { ExitCode } from '../exit-codes.ts';
import { readLive } from '../live.ts';
import { lookFor } from '../look.ts';
import type { World } from '../world.ts';
import { checkWritable, writeFileWhole } from '../write-file.ts';

const Options = AwsOptions.extend({
  output: z.string(),
  allowUnknown: z.boolean().default(false),
  color: z.boolean(),
});

export const configure = (command: Command): Command =>
  addAwsOptions(
    command
      .description('Reads what the controls need of an account into one file. Nothing secret is in it.')
      .requiredOption('-o, --output <file>', 'the file to write'),
  ).option('--allow-unknown', 'exit with 0 although something could not be read');

export async function run(command: Command, world: World): Promise<ExitCode> {
  const { color, ...options } = Options.parse(command.optsWithGlobals());
  const file = resolve(world.cwd, options.output);
  await checkWritable(file);
  const facts = catalogue.flatMap(({ needs }) => needs);
  const snapshot = await readLive(facts, options, world);
  await writeFileWhole(file, writeSnapshot(snapshot));
  const { text, unknown } = snapshotSummary(snapshot, lookFor(world.stderr, world, { color }));
  world.stderr.write(text);
  return unknown > 0 && !options.allowUnknown ? ExitCode.unknown : ExitCode.ok;
}
