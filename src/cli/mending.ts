import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { catalogue } from '../../rules/index.ts';
import { apply } from '../apply/apply.ts';
import { awsAccount } from '../apply/aws-account.ts';
import { type Engine, PATIENCE } from '../apply/engine.ts';
import { createJournal, type Journal, type ReadJournal } from '../apply/journal.ts';
import { type Lock, lockAccount } from '../apply/lock.ts';
import { demandPermissions, demandUnmoved } from '../apply/preflight.ts';
import type { Progress } from '../apply/progress.ts';
import { type Found, resumeJournal } from '../apply/resume.ts';
import { CallError, callError } from '../aws/errors.ts';
import type { Session } from '../aws/session.ts';
import { evaluate } from '../findings/evaluate.ts';
import type { Account } from '../model/account.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { SecureCartError } from '../model/error.ts';
import type { Finding } from '../model/finding.ts';
import { changesOf, type Plan } from '../model/plan.ts';
import type { PlanInput } from '../plan/make-plan.ts';
import { renderApplied } from '../report/applied.ts';
import { readCaller } from '../services/sts/read.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { AwsOptions } from './aws-options.ts';
import { type LoadedBaseline, sha256 } from './baseline.ts';
import { tellOf } from './change-progress.ts';
import type { ExitCode } from './exit-codes.ts';
import { connect, readLive } from './live.ts';
import { lookFor } from './look.ts';
import { verdictOfRun } from './verdict.ts';
import type { World } from './world.ts';

/** The options of every command that changes an account. */
export const MendingOptions = AwsOptions.extend({
  yes: z.boolean().default(false),
  journal: z.string().optional(),
  color: z.boolean(),
});
export type MendingOptions = z.infer<typeof MendingOptions>;

/** A session that an interruption does not end: the call under way is finished, and nobody begins another. */
export const connectToWrite = (options: AwsOptions, world: World): Session =>
  connect(options, world, new AbortController().signal);

/** Whose account it is. Throws a SecureCartError where AWS does not say. */
export async function callerOf(session: Session, plan: Pick<Plan, 'regions'>): Promise<Account> {
  const caller = await readCaller(session, plan.regions[0] ?? (await session.defaultRegion()));
  if (caller.kind === 'known') return caller.value;
  throw new SecureCartError(
    'plan-refused',
    `It is not known whose account this is: ${caller.reason.call} was not answered.`,
  );
}

/** Throws a SecureCartError for a plan of another account, or of Regions that were not asked for. */
export function demandPlace(plan: Plan, account: Account, options: AwsOptions): void {
  if (plan.account !== account.id) {
    throw new SecureCartError(
      'plan-refused',
      `It is for account ${plan.account}, and these credentials are for ${account.id}.`,
    );
  }
  const { region: asked } = options;
  const other = plan.regions.find(
    region => asked.length > 0 && !asked.includes('all') && !asked.includes(region),
  );
  if (other !== undefined)
    throw new SecureCartError('plan-refused', `It is for ${other}, and --region names ${asked.join(', ')}.`);
}

/** Throws a SecureCartError for a plan that turns off the access key which the run signs with. */
export async function demandOtherKey(plan: Plan, session: Session): Promise<void> {
  const keys = changesOf(plan).flatMap(({ object }) =>
    object.kind === 'access-key' && typeof object.id === 'string' ? [object.id] : [],
  );
  if (keys.length === 0) return;
  const own = await session.accessKeyId();
  if (!keys.some(id => id.endsWith(`/${own}`))) return;
  throw new SecureCartError('plan-refused', `It turns off ${own}, the access key that you run it with.`, {
    suggestion: 'Run it with other credentials, or make a new plan with these, which leaves the key alone.',
  });
}

/** Asks the user to agree. Throws a SecureCartError where they do not, or where there is nobody to ask. */
export async function demandConsent(
  plan: Plan,
  account: Account,
  options: MendingOptions,
  world: World,
  alias?: string,
): Promise<void> {
  if (options.yes) return;
  if (world.ask === undefined) {
    throw new SecureCartError('plan-refused', 'There is no terminal to ask you in.', {
      suggestion:
        'Read the plan above, then add --yes; or keep it with --plan-only -o plan.json, and carry out exactly that with --plan plan.json --yes.',
    });
  }
  const answer = await world.ask(
    `Carry this out in account ${nameOf(plan.account, alias)}, as ${account.caller}? Only “yes” is taken for one: `,
  );
  if (answer.trim() !== 'yes') throw new SecureCartError('plan-refused', 'You did not say yes.');
}

/** An account by its id and, where it has one, its alias. */
export const nameOf = (account: string, alias: string | undefined): string =>
  alias === undefined ? account : `${account} (${alias})`;

/** What carrying out takes besides the plan. */
export interface Execution {
  readonly lock: Lock;
  readonly session: Session;
  readonly options: MendingOptions;
  readonly world: World;
  readonly keep: boolean;
  /** Reads the account again and evaluates the controls. */
  readonly verify: () => Promise<readonly Finding[]>;
}

/** Holds the account's lock while `work` runs. Throws a SecureCartError where AWS does not tell what is there before the first change. */
export async function locked<T>(
  plan: Plan,
  journal: string,
  { env, now }: World,
  work: (lock: Lock) => Promise<T>,
): Promise<T> {
  const state = env.XDG_STATE_HOME ?? join(env.HOME ?? homedir(), '.local', 'state');
  const lock = await lockAccount(plan.account, { folder: join(state, 'securecart'), journal, now });
  try {
    return await work(lock);
  } catch (error) {
    throw error instanceof CallError ? callError(error) : error;
  } finally {
    await lock.release();
  }
}

/** The path of a journal: the one that is named, else one that the time names. */
export const journalPath = (options: MendingOptions, { cwd, now }: World): string =>
  resolve(cwd, options.journal ?? `securecart-${now().toISOString().replaceAll(':', '')}.journal.jsonl`);

/** Carries a plan out, or what a journal leaves of it, from the last look to the verdict. The account must be locked. */
export async function execute(
  progress: Progress,
  path: string,
  execution: Execution,
  resumed?: { read: ReadJournal; found: readonly Found[] },
): Promise<ExitCode> {
  const { world, session, options } = execution;
  const account = awsAccount(session);
  await demandUnmoved(progress, account);
  await demandPermissions(progress, account);
  const { run } = progress.meanings;
  const journal =
    resumed === undefined
      ? await openJournal({ plan: progress.plan, run }, path, world)
      : await resumeJournal(path, resumed.read, { progress, found: resumed.found }, world.now);
  world.stderr.write(`Journal: ${path}\n`);
  try {
    const engine = engineFor(journal, account, execution, progress);
    const applied = await apply(progress, engine, {
      verify: execution.verify,
      keep: execution.keep,
      undo: metaFor('undo', world),
      run,
      undoEngine: async back => {
        const { plan } = back;
        const undoPath = `${path}.${plan.id}.jsonl`;
        const undoJournal = await openJournal({ plan, run }, undoPath, world);
        world.stderr.write(`Journal of the undo: ${undoPath}\n`);
        return engineFor(undoJournal, account, execution, back);
      },
    });
    const look = lookFor(world.stdout, world, options);
    world.stdout.write(renderApplied(progress.plan, applied, path, look));
    return verdictOfRun(applied);
  } finally {
    await journal.close();
  }
}

async function openJournal(
  { plan, run }: { plan: Plan; run: string },
  path: string,
  { now }: World,
): Promise<Journal> {
  const journal = await createJournal(path, now);
  await journal.append({ kind: 'start', schemaVersion: 1, run, plan });
  return journal;
}

function engineFor(
  journal: Journal,
  account: Engine['account'],
  { world, options, lock }: Execution,
  progress: Progress,
): Engine {
  return {
    account,
    journal,
    lockLost: lock.lost,
    stopping: () => world.signal.aborted,
    sleep: world.sleep,
    patience: PATIENCE,
    // As many as a service is asked at once: more changes would wait for each other there.
    parallel: 8,
    tell: tellOf(world, options, progress),
  };
}

/** What a plan says of where it comes from. */
export function metaFor(
  kind: Plan['kind'],
  { version, now }: World,
): Pick<Plan, 'id' | 'createdAt' | 'tool'> {
  const createdAt = now().toISOString();
  const stamp = createdAt.replaceAll(/[-:.]/g, '').toLowerCase();
  return { id: `${kind}-${stamp}`, createdAt, tool: { name: 'securecart', version } };
}

/** All that is said of a plan besides what it does. Throws a SecureCartError where nobody could say whose account it is. */
export function planMeta(
  kind: Plan['kind'],
  { account }: Snapshot,
  { name, digest, literal }: LoadedBaseline['about'],
  world: World,
): PlanInput['meta'] {
  if (account.kind === 'known') {
    const { id, partition } = account.value;
    return { ...metaFor(kind, world), account: id, partition, baseline: { name, digest, literal } };
  }
  throw new SecureCartError(
    'plan-refused',
    `It is not known whose account this is: ${account.reason.call} was not answered.`,
  );
}

/** What a control tells people to do. */
export const remediationOf: PlanInput['remediation'] = control =>
  catalogue.find(({ id }) => id === control)?.remediation ?? '';

/** Judges the plan's Regions again, by every control that it is about. */
export async function judgeAgain(
  plan: Plan,
  baseline: Baseline,
  options: AwsOptions,
  world: World,
): Promise<readonly Finding[]> {
  const concerned = new Set(
    [...plan.mends, ...plan.leftAlone].flatMap(item => item.for.map(({ control }) => control)),
  );
  const controls = catalogue.filter(({ id }) => concerned.has(id));
  const where = { ...options, region: plan.regions, vpc: plan.vpc };
  const snapshot = await readLive(
    controls.flatMap(({ needs }) => needs),
    where,
    world,
  );
  return evaluate(catalogue, snapshot, baseline, {
    vpc: plan.vpc,
    controls: controls.map(({ id }) => id),
    digest: findingDigest,
  }).findings;
}

/** Makes a finding's id, as `audit` does. */
export const findingDigest = (text: string): string => sha256(text).slice(0, 32);
