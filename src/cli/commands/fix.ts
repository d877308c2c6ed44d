import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { catalogue } from '../../../rules/index.ts';
import { awsAccount } from '../../apply/aws-account.ts';
import { readJournal } from '../../apply/journal.ts';
import { parsePlanFile, renderPlanFile } from '../../apply/plan-file.ts';
import { beginProgress } from '../../apply/progress.ts';
import { resumeProgress, startOf } from '../../apply/resume.ts';
import { evaluate } from '../../findings/evaluate.ts';
import { SecureCartError } from '../../model/error.ts';
import type { Finding } from '../../model/finding.ts';
import { changesOf, type Plan } from '../../model/plan.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { renderPlan } from '../../report/plan.ts';
import { addAwsOptions } from '../aws-options.ts';
import { type LoadedBaseline, loadBaseline, readText } from '../baseline.ts';
import { collect } from '../collect.ts';
import { selectControls } from '../control-names.ts';
import { ExitCode } from '../exit-codes.ts';
import { readLive } from '../live.ts';
import { lookFor } from '../look.ts';
import {
  callerOf,
  connectToWrite,
  demandConsent,
  demandPlace,
  execute,
  findingDigest,
  journalPath,
  judgeAgain,
  locked,
  MendingOptions,
  metaFor,
} from '../mending.ts';
import type { World } from '../world.ts';
import { writeFileWhole } from '../write-file.ts';

const Options = MendingOptions.extend({
  baseline: z.string().optional(),
  literal: z.boolean().default(false),
  control: z.array(z.string()).default([]),
  resource: z.array(z.string()).default([]),
  maxChanges: z.int().positive(),
  planOnly: z.boolean().default(false),
  output: z.string().optional(),
  plan: z.string().optional(),
  resume: z.string().optional(),
  keep: z.boolean().default(false),
  includeManaged: z.boolean().default(false),
  allowDisruptive: z.boolean().default(false),
  callerAddress: z.union([z.ipv4(), z.ipv6()]).optional(),
});
type Options = z.infer<typeof Options>;

export function configure(command: Command): void {
  command.description(
    'Plans the mends for what fails, shows the plan, and carries it out once you agree. Every change is written to a journal before it is made; `securecart undo` takes it back.',
  );
  addAwsOptions(command)
    .option(
      '--baseline <file>',
      'the baseline (default: ./securecart-baseline.yaml, else the one that is shipped)',
    )
    .option('--literal', 'take the rows of the document alone, as they are written there')
    .option(
      '--control <glob>',
      'mend what these controls find, such as security-group/*; may be repeated',
      collect,
    )
    .option('--resource <arn>', 'mend this resource, by its ARN or id; may be repeated', collect)
    .option('--max-changes <n>', 'carry out no plan of more changes than this', positive, 200)
    .option('--plan-only', 'change nothing; exit with 1 where there is something to do')
    .option('-o, --output <file>', 'keep the plan in this file')
    .option('--plan <file>', 'carry out exactly this plan, or refuse')
    .option('--resume <journal>', 'go on with a run that was cut short')
    .option('--yes', 'do not ask')
    .option('--journal <file>', 'the journal (default: securecart-<time>.journal.jsonl)')
    .option('--keep', 'keep changes that did not mend what they were for')
    .option('--include-managed', 'mend what CloudFormation or Terraform owns as well')
    .option('--allow-disruptive', 'plan mends that cut a flow, or your way in, or what is in use')
    .option('--caller-address <ip>', 'the public address you work from, which no mend may lock out')
    .addHelpText('after', examples);
}

const examples = `
Examples:
  securecart fix --plan-only -o plan.json
  securecart fix --plan plan.json --yes
  securecart fix --control 'security-group/*' --max-changes 20`;

export async function run(command: Command, world: World): Promise<ExitCode> {
  const options = Options.parse(command.optsWithGlobals());
  if (options.resume !== undefined) return resume(options.resume, options, world);
  const loaded = await loadBaseline(options, world);
  const session = connectToWrite(options, world);
  const plan =
    options.plan === undefined
      ? await planNow(loaded, options, world)
      : await planFrom(options.plan, loaded.about.digest, options, world);
  world.stdout.write(renderPlan(plan, lookFor(world.stdout, world, options)));
  if (options.output !== undefined)
    await writeFileWhole(resolve(world.cwd, options.output), renderPlanFile(plan));
  const pending = changesOf(plan).length;
  if (pending === 0) return plan.leftAlone.length > 0 ? ExitCode.findings : ExitCode.ok;
  if (options.planOnly) return ExitCode.findings;
  demandLimit(pending, options);
  const account = await callerOf(session, plan);
  demandPlace(plan, account, options);
  await demandConsent(plan, account, options, world);
  const path = journalPath(options, world);
  return locked(plan, path, world, () =>
    execute(beginProgress(plan, randomUUID()), path, {
      session,
      options,
      world,
      keep: options.keep,
      verify: () => judgeAgain(plan, loaded.baseline, options, world),
    }),
  );
}

async function planNow({ baseline, about }: LoadedBaseline, options: Options, world: World): Promise<Plan> {
  const controls = selectControls(options.control, catalogue);
  const facts = [...controls.flatMap(({ needs }) => needs), ...PLANNING_FACTS];
  const snapshot = await readLive(facts, options, world);
  if (snapshot.account.kind === 'unknown') {
    throw new SecureCartError(
      'plan-refused',
      `It is not known whose account this is: ${snapshot.account.reason.call} was not answered.`,
    );
  }
  const { id: account, partition } = snapshot.account.value;
  const { findings } = evaluate(catalogue, snapshot, baseline, {
    vpc: options.vpc,
    controls: controls.map(({ id }) => id),
    digest: findingDigest,
  });
  return makePlan({
    baseline,
    snapshot,
    findings,
    wanted: finding => concerns(finding, options.resource),
    options,
    meta: {
      ...metaFor('fix', world),
      account,
      partition,
      baseline: { name: about.name, digest: about.digest, literal: about.literal },
    },
    remediation: control => catalogue.find(({ id }) => id === control)?.remediation ?? '',
  });
}

/** What planning looks at, whichever control has failed. */
const PLANNING_FACTS = [
  'ec2.securityGroups',
  'ec2.securityGroupRules',
  'ec2.networkInterfaces',
  'ec2.prefixLists',
] as const;

const concerns = ({ resource }: Finding, wanted: readonly string[]): boolean =>
  wanted.length === 0 || wanted.includes(resource.arn) || wanted.includes(resource.id);

async function planFrom(file: string, digest: string, options: Options, world: World): Promise<Plan> {
  const plan = parsePlanFile(await readText(file, world), file);
  const refuse = (detail: string) =>
    new SecureCartError('plan-refused', `${file} ${detail}`, {
      suggestion: 'Make a new plan: securecart fix',
    });
  if (plan.tool.version !== world.version)
    throw refuse(`was made by securecart ${plan.tool.version}; this is ${world.version}.`);
  if (plan.baseline.digest !== digest || plan.baseline.literal !== options.literal) {
    throw refuse(
      `was made by another baseline (${plan.baseline.name}, ${plan.baseline.digest.slice(0, 12)}${plan.baseline.literal ? ', literal' : ''}).`,
    );
  }
  return plan;
}

async function resume(file: string, options: Options, world: World): Promise<ExitCode> {
  const path = resolve(world.cwd, file);
  const read = await readJournal(path);
  const { plan } = startOf(read.events);
  const { baseline, about } = await loadBaseline({ ...options, literal: plan.baseline.literal }, world);
  if (plan.kind === 'fix' && about.digest !== plan.baseline.digest) {
    throw new SecureCartError(
      'plan-refused',
      `${file} was begun with another baseline (${plan.baseline.name}, ${plan.baseline.digest.slice(0, 12)}).`,
    );
  }
  const session = connectToWrite(options, world);
  const account = await callerOf(session, plan);
  demandPlace(plan, account, options);
  return locked(plan, path, world, async () => {
    const { progress, found } = await resumeProgress(read.events, awsAccount(session));
    world.stdout.write(renderPlan(plan, lookFor(world.stdout, world, options)));
    world.stdout.write(
      `${progress.done().length} of its changes are made already; ${found.length} of them were found by looking.\n`,
    );
    await demandConsent(plan, account, options, world);
    return execute(
      progress,
      path,
      {
        session,
        options,
        world,
        keep: options.keep,
        verify: () => judgeAgain(plan, baseline, options, world),
      },
      { read, found },
    );
  });
}

function demandLimit(pending: number, { maxChanges }: Options): void {
  if (pending <= maxChanges) return;
  throw new SecureCartError(
    'plan-refused',
    `It makes ${pending} changes, and --max-changes is ${maxChanges}.`,
    {
      suggestion: `Look whether so much is meant; then --max-changes ${pending}, or mend part of it with --control or --resource.`,
    },
  );
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Write a whole number from 1.');
  return number;
}
