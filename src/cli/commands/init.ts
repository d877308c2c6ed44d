import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { readBaseline } from '../../baseline/read.ts';
import { adopt, adoptionFacts } from '../../init/adopt.ts';
import { withAdoptions } from '../../init/document.ts';
import { SecureCartError } from '../../model/error.ts';
import { Region } from '../../model/identifiers.ts';
import { adoptionInWords, renderAdoptions } from '../../report/adoptions.ts';
import { readSnapshot } from '../../snapshot/read-snapshot.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { AwsOptions, addAwsOptions, liveOnly } from '../aws-options.ts';
import { readText } from '../baseline.ts';
import { ExitCode } from '../exit-codes.ts';
import { lookFor } from '../look.ts';
import { usageError } from '../usage.ts';
import type { World } from '../world.ts';
import { checkWritable, writeFileWhole } from '../write-file.ts';

const Options = AwsOptions.extend({
  output: z.string(),
  force: z.boolean().default(false),
  allowUnknown: z.boolean().default(false),
  snapshot: z.string().optional(),
  color: z.boolean(),
});
type Options = z.infer<typeof Options>;

export const configure = (command: Command): Command =>
  addAwsOptions(
    command
      .description(
        'Writes a baseline for an account that exists: the one that is shipped, with the VPC, tiers, groups, ports and names that are there. Each guess has its reason in a comment; what nothing tells keeps its value, with a comment too. Exits with 3 where something could not be read.',
      )
      .option('-o, --output <file>', 'the file to write', 'securecart-baseline.yaml')
      .option('--force', 'write it although it is there already')
      .addOption(
        new Option('--snapshot <file>', 'take this snapshot, and call AWS not at all').conflicts(liveOnly),
      ),
  )
    .option('--allow-unknown', 'exit with 0 although something could not be read')
    .addHelpText('after', examples);

const examples = `
Examples:
  securecart init --region eu-west-1
  securecart init --vpc vpc-0123456789abcdef0 -o shop.yaml
  securecart init --force && securecart baseline check`;

export async function run(command: Command, world: World): Promise<ExitCode> {
  const options = Options.parse(command.optsWithGlobals());
  const file = resolve(world.cwd, options.output);
  await demandFree(file, options);
  const text = await readText(world.shippedBaseline, world);
  const baseline = readBaseline(text, world.shippedBaseline);
  const snapshot = await snapshotFor(options, world);
  const [region, ...others] = Object.keys(snapshot.regions).map(name => Region.parse(name));
  if (region === undefined || others.length > 0)
    throw usageError('A baseline is about one Region.', 'Pass --region once, with a name.');
  const facts = { ...snapshot.global, ...snapshot.regions[region] };
  const adoptions = adopt(baseline, facts, { region, vpc: options.vpc });
  const written = withAdoptions(text, adoptions, adoptionInWords);
  readBaseline(written, options.output);
  await writeFileWhole(file, written);
  world.stdout.write(renderAdoptions(adoptions, lookFor(world.stdout, world, options)));
  world.stdout.write(`${options.output} is written. Read its guesses, then: securecart baseline check\n`);
  const unread = adoptions.some(({ ground }) => ground.how === 'not-read');
  return unread && !options.allowUnknown ? ExitCode.unknown : ExitCode.ok;
}

async function demandFree(file: string, { output, force }: Options): Promise<void> {
  await checkWritable(file);
  if (force) return;
  const present = await access(file).then(
    () => true,
    () => false,
  );
  if (!present) return;
  throw new SecureCartError('file-unwritable', `${output} is there already.`, {
    suggestion: 'Name another with -o FILE, or write over it with --force.',
  });
}

async function snapshotFor(options: Options, world: World): Promise<Snapshot> {
  if (options.snapshot !== undefined)
    return readSnapshot(await readText(options.snapshot, world), options.snapshot);
  // The SDK is loaded for a live account only.
  const { readLive } = await import('../live.ts');
  return readLive(adoptionFacts, options, world);
}
