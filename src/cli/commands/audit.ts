import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { catalogue } from '../../../rules/index.ts';
import type { Control } from '../../findings/control.ts';
import { evaluate } from '../../findings/evaluate.ts';
import { Severity } from '../../model/severity.ts';
import { Format } from '../../report/render.ts';
import { report } from '../../report/report.ts';
import { readSnapshot } from '../../snapshot/read-snapshot.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { AwsOptions, addAwsOptions, liveOnly } from '../aws-options.ts';
import { loadBaseline, readText, sha256 } from '../baseline.ts';
import { collect } from '../collect.ts';
import { selectControls } from '../control-names.ts';
import { auditMeanings, type ExitCode, exitCodesHelp } from '../exit-codes.ts';
import { collectTarget, resolveTargets, Target } from '../targets.ts';
import { verdict } from '../verdict.ts';
import type { World } from '../world.ts';
import { checkWritable } from '../write-file.ts';
import { writeReport } from '../write-report.ts';

const Options = AwsOptions.extend({
  baseline: z.string().optional(),
  snapshot: z.string().optional(),
  control: z.array(z.string()).default([]),
  failOn: Severity,
  allowUnknown: z.boolean().default(false),
  literal: z.boolean().default(false),
  format: z.array(Target).default([]),
  output: z.string().optional(),
  all: z.boolean().default(false),
  color: z.boolean(),
});
type Options = z.infer<typeof Options>;

export function configure(command: Command): void {
  command
    .description(
      'Compares every rule of the baseline with the live account, or with a snapshot of it, and reports the difference.',
    )
    .option(
      '--baseline <file>',
      'the baseline (default: ./securecart-baseline.yaml, else the one that is shipped)',
    )
    .addOption(
      new Option('--snapshot <file>', 'audit this snapshot, and call AWS not at all').conflicts(liveOnly),
    );
  addAwsOptions(command)
    .option(
      '--control <glob>',
      'evaluate these controls only, such as security-group/*; may be repeated',
      collect,
    )
    .option('--literal', 'take the rows of the document alone, as they are written there')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 only for a failing finding at or above it')
        .choices(Severity.options)
        .default('info' satisfies Severity, 'any'),
    )
    .option('--allow-unknown', 'exit with 0 although something could not be evaluated')
    .option(
      '--format <format[=file]>',
      `${Format.options.join(', ')}: to standard output or a file; may be repeated (default: table)`,
      collectTarget,
    )
    .option('-o, --output <file>', 'the file for the format that names none')
    .option('--all', 'show every finding, and not the first ten of a control')
    .addHelpText('after', exitCodesHelp(auditMeanings))
    .addHelpText('after', examples);
}

const examples = `
Examples:
  securecart audit --region all
  securecart audit --format table --format json=audit.json
  securecart audit --snapshot account.json --control 'vpc/*' --fail-on high`;

/** Reads, judges, reports; the exit code is the verdict. */
export async function run(command: Command, world: World): Promise<ExitCode> {
  const options = Options.parse(command.optsWithGlobals());
  const targets = resolveTargets(options.format, options.output);
  for (const { file } of targets) if (file !== undefined) await checkWritable(resolve(world.cwd, file));
  const controls = selectControls(options.control, catalogue);
  const { baseline, about, lines } = await loadBaseline(options, world);
  const began = world.now().getTime();
  const snapshot = await snapshotFor(controls, options, world);
  const evaluation = evaluate(catalogue, snapshot, baseline, {
    vpc: options.vpc,
    controls: controls.map(({ id }) => id),
    digest: text => sha256(text).slice(0, 32),
  });
  const tool = { name: 'securecart', version: world.version } as const;
  const result = report({ tool, baseline: about, catalogue, snapshot, evaluation, lines });
  const elapsed = world.now().getTime() - began;
  await writeReport(result, targets, { ...options, elapsed }, world);
  return verdict(result, options);
}

/** The snapshot that is named, else the live account as far as these controls need it. */
async function snapshotFor(controls: readonly Control[], options: Options, world: World): Promise<Snapshot> {
  if (options.snapshot !== undefined) {
    return readSnapshot(await readText(options.snapshot, world), options.snapshot);
  }
  // The SDK is loaded for a live account only.
  const { readLive } = await import('../live.ts');
  return readLive(
    controls.flatMap(({ needs }) => needs),
    options,
    world,
  );
}
