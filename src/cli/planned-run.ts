import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { awsAccount } from '../apply/aws-account.ts';
import { readJournal } from '../apply/journal.ts';
import { parsePlanFile, renderPlanFile } from '../apply/plan-file.ts';
import { beginProgress } from '../apply/progress.ts';
import { demandNoneGivenUp, resumeProgress, startOf } from '../apply/resume.ts';
import type { Session } from '../aws/session.ts';
import { SecureCartError } from '../model/error.ts';
import type { Finding } from '../model/finding.ts';
import { changesOf, type Plan } from '../model/plan.ts';
import { renderPlan } from '../report/plan.ts';
import { addAwsOptions } from './aws-options.ts';
import { type LoadedBaseline, loadBaseline, readText } from './baseline.ts';
import { tellOf } from './change-progress.ts';
import { ExitCode } from './exit-codes.ts';
import { lookFor } from './look.ts';
import {
  callerOf,
  connectToWrite,
  demandConsent,
  demandOtherKey,
  demandPlace,
  execute,
  journalPath,
  locked,
  MendingOptions,
  nameOf,
} from './mending.ts';
import type { World } from './world.ts';
import { writeFileWhole } from './write-file.ts';

/** The options of the commands that make a plan and carry it out. */
export const PlanningOptions = MendingOptions.extend({
  baseline: z.string().optional(),
  literal: z.boolean().default(false),
  maxChanges: z.int().positive(),
  planOnly: z.boolean().default(false),
  output: z.string().optional(),
  plan: z.string().optional(),
  resume: z.string().optional(),
  keep: z.boolean().default(false),
  includeManaged: z.boolean().default(false),
  allowDisruptive: z.boolean().default(false),
  wafMode: z.enum(['block', 'count']).default('block'),
  callerAddress: z.union([z.ipv4(), z.ipv6()]).optional(),
});
export type PlanningOptions = z.infer<typeof PlanningOptions>;

/** Adds these options to a command. */
export const addPlanningOptions = (command: Command): Command =>
  addAwsOptions(command)
    .option(
      '--baseline <file>',
      'the baseline (default: ./securecart-baseline.yaml, else the one that is shipped)',
    )
    .option('--literal', 'take the rows of the document alone, as they are written there')
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
    .addOption(
      new Option('--waf-mode <mode>', 'let new rules of a web ACL block, or only count at first')
        .choices(['block', 'count'])
        .default('block'),
    )
    .option('--caller-address <ip>', 'the public address you work from, which no mend may lock out');

/** What is a command's own in making a plan and carrying it out. */
export interface PlannedWork {
  readonly kind: 'fix' | 'apply';
  /** What there is to do in the live account. */
  readonly planNow: (loaded: LoadedBaseline) => Promise<Plan>;
  /** Reads the account again and evaluates the controls. */
  readonly verify: (plan: Plan, loaded: LoadedBaseline) => Promise<readonly Finding[]>;
}

/** Makes a plan, or takes one, shows it, and carries it out once the user agrees. */
export async function runPlanned(
  work: PlannedWork,
  options: PlanningOptions,
  world: World,
): Promise<ExitCode> {
  if (options.resume !== undefined) return resume(work, options.resume, options, world);
  const loaded = await loadBaseline(options, world);
  const plan =
    options.plan === undefined
      ? await work.planNow(loaded)
      : await planFrom(options.plan, work.kind, loaded.about.digest, options, world);
  world.stdout.write(renderPlan(plan, lookFor(world.stdout, world, options)));
  if (options.output !== undefined)
    await writeFileWhole(resolve(world.cwd, options.output), renderPlanFile(plan));
  const pending = changesOf(plan).length;
  if (pending === 0) return plan.leftAlone.length > 0 ? ExitCode.findings : ExitCode.ok;
  if (options.planOnly) return ExitCode.findings;
  demandLimit(pending, options);
  const session = connectToWrite(options, world);
  const account = await callerOf(session, plan);
  demandPlace(plan, account, options);
  await demandOtherKey(plan, session);
  const alias = await aliasOf(session, plan, world);
  await demandConsent(plan, account, options, world, alias);
  const path = journalPath(options, world);
  return locked(plan, path, world, lock =>
    execute(beginProgress(plan, randomUUID()), path, {
      lock,
      session,
      options,
      world,
      keep: options.keep,
      verify: () => work.verify(plan, loaded),
    }),
  );
}

/** To build a whole network in the wrong account is easily done, so that its name is shown as well. */
async function aliasOf(session: Session, { kind, account, regions }: Plan, world: World) {
  if (kind !== 'apply') return undefined;
  const { readAlias } = await import('../services/iam/alias.ts');
  const alias = await readAlias(session, regions[0] ?? (await session.defaultRegion()));
  world.stdout.write(`Account: ${nameOf(account, alias)}\n`);
  return alias;
}

async function planFrom(
  file: string,
  kind: PlannedWork['kind'],
  digest: string,
  options: PlanningOptions,
  world: World,
): Promise<Plan> {
  const plan = await parsePlanFile(await readText(file, world), file);
  const refuse = (detail: string) =>
    new SecureCartError('plan-refused', `${file} ${detail}`, {
      suggestion: `Make a new plan: securecart ${kind}`,
    });
  if (plan.kind !== kind) throw refuse(`is a plan for securecart ${plan.kind}.`);
  if (plan.tool.version !== world.version)
    throw refuse(`was made by securecart ${plan.tool.version}; this is ${world.version}.`);
  if (plan.baseline.digest !== digest || plan.baseline.literal !== options.literal) {
    throw refuse(
      `was made by another baseline (${plan.baseline.name}, ${plan.baseline.digest.slice(0, 12)}${plan.baseline.literal ? ', literal' : ''}).`,
    );
  }
  return plan;
}

async function resume(
  work: PlannedWork,
  file: string,
  options: PlanningOptions,
  world: World,
): Promise<ExitCode> {
  const path = resolve(world.cwd, file);
  const { plan } = startOf((await readJournal(path)).events);
  if (plan.tool.version !== world.version) {
    throw new SecureCartError(
      'plan-refused',
      `${file} was begun by securecart ${plan.tool.version}; this is ${world.version}.`,
      { suggestion: `Go on with that version, or take back what is done: securecart undo ${file}` },
    );
  }
  const loaded = await loadBaseline({ ...options, literal: plan.baseline.literal }, world);
  if (plan.kind !== 'undo' && loaded.about.digest !== plan.baseline.digest) {
    throw new SecureCartError(
      'plan-refused',
      `${file} was begun with another baseline (${plan.baseline.name}, ${plan.baseline.digest.slice(0, 12)}).`,
    );
  }
  const session = connectToWrite(options, world);
  const account = await callerOf(session, plan);
  demandPlace(plan, account, options);
  await demandOtherKey(plan, session);
  return locked(plan, path, world, async lock => {
    // The run that had the lock until now may have written more.
    const read = await readJournal(path);
    const resumed = await resumeProgress(read.events, {
      account: awsAccount(session),
      sleep: world.sleep,
      tell: tellOf(world, options, { plan }),
    });
    demandNoneGivenUp(resumed, file);
    const { progress, found } = resumed;
    world.stdout.write(renderPlan(plan, lookFor(world.stdout, world, options)));
    world.stdout.write(
      `${progress.done().length} of its changes are made already; ${found.length} of them were found by looking.\n`,
    );
    await demandConsent(plan, account, options, world);
    return execute(
      progress,
      path,
      { lock, session, options, world, keep: options.keep, verify: () => work.verify(plan, loaded) },
      { read, found },
    );
  });
}

function demandLimit(pending: number, { maxChanges }: PlanningOptions): void {
  if (pending <= maxChanges) return;
  throw new SecureCartError(
    'plan-refused',
    `It makes ${pending} changes, and --max-changes is ${maxChanges}.`,
    { suggestion: `Look whether so much is meant; then --max-changes ${pending}, or plan part of it.` },
  );
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Write a whole number from 1.');
  return number;
}
