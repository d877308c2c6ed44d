import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { awsAccount } from '../../apply/aws-account.ts';
import { readJournal } from '../../apply/journal.ts';
import { beginProgress } from '../../apply/progress.ts';
import { resumeProgress, startOf } from '../../apply/resume.ts';
import { planUndo } from '../../apply/undo.ts';
import { SecureCartError } from '../../model/error.ts';
import { changesOf } from '../../model/plan.ts';
import { renderPlan } from '../../report/plan.ts';
import { addAwsOptions } from '../aws-options.ts';
import { tellOf } from '../change-progress.ts';
import { ExitCode } from '../exit-codes.ts';
import { lookFor } from '../look.ts';
import {
  callerOf,
  connectToWrite,
  demandConsent,
  demandPlace,
  execute,
  journalPath,
  locked,
  MendingOptions,
  metaFor,
} from '../mending.ts';
import type { World } from '../world.ts';

const Options = MendingOptions.extend({ force: z.boolean().default(false) });

export function configure(command: Command): void {
  command
    .description(
      'Takes back what a fix or an apply did, the newest change first, by its journal. What somebody has changed since is not overwritten.',
    )
    .argument('<journal>', 'the journal of the fix or the apply');
  addAwsOptions(command)
    .option('--yes', 'do not ask')
    .option('--journal <file>', 'the journal of the undo (default: securecart-<time>.journal.jsonl)')
    .option(
      '--force',
      'take back what can still be seen of the changes, though somebody changed the object since',
    );
}

export async function run(command: Command, world: World): Promise<ExitCode> {
  const options = Options.parse(command.optsWithGlobals());
  const file = command.args[0] ?? '';
  const from = resolve(world.cwd, file);
  const { plan: of } = startOf((await readJournal(from)).events);
  if (of.kind === 'undo') {
    throw new SecureCartError('plan-refused', `${file} is the journal of an undo.`, {
      suggestion: 'To mend again: securecart fix',
    });
  }
  const session = connectToWrite(options, world);
  const caller = await callerOf(session, of);
  demandPlace(of, caller, options);
  const path = journalPath(options, world);
  return locked(of, path, world, async lock => {
    const account = awsAccount(session);
    // The run that had the lock until now may have written more.
    const { events } = await readJournal(from);
    const { progress } = await resumeProgress(events, {
      account,
      sleep: world.sleep,
      tell: tellOf(world, options, { plan: of }),
    });
    const plan = await planUndo(progress, account, { meta: metaFor('undo', world), force: options.force });
    world.stdout.write(renderPlan(plan, lookFor(world.stdout, world, options)));
    if (changesOf(plan).length === 0) return ExitCode.ok;
    await demandConsent(plan, caller, options, world);
    // What an undo brings back is a finding again, and meant to be.
    const verify = () => Promise.resolve([]);
    const execution = { lock, session, options, world, keep: true, verify };
    return execute(beginProgress(plan, randomUUID()), path, execution);
  });
}
