import { type Command, Option } from 'commander';
import { z } from 'zod';
import { catalogue } from '../../../rules/index.ts';
import { checkBaseline } from '../../baseline/check/check.ts';
import { SecureCartError } from '../../model/error.ts';
import { UnknownFact } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import type { Plan } from '../../model/plan.ts';
import { makeApplyPlan } from '../../plan/provision/make-apply-plan.ts';
import { render } from '../../report/render.ts';
import { report } from '../../report/report.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { LoadedBaseline } from '../baseline.ts';
import { ExitCode } from '../exit-codes.ts';
import { readLive } from '../live.ts';
import { lookFor } from '../look.ts';
import { planMeta, remediationOf } from '../mending.ts';
import { addPlanningOptions, PlanningOptions, runPlanned } from '../planned-run.ts';
import { factsFor, JUDGED, judged, PROVISIONED } from '../provisioned.ts';
import { usageError } from '../usage.ts';
import { verdict } from '../verdict.ts';
import type { World } from '../world.ts';

const Options = PlanningOptions.extend({ acceptBrokenFlows: z.boolean().default(false) });
type Options = z.infer<typeof Options>;

export function configure(command: Command): void {
  command.description(
    'Plans what the baseline needs and the account lacks, shows the plan with what it costs, and carries it out once you agree: the network, the web ACL, the customer key, the user pools, the roles of the workloads, the groups of the database, and the defaults of the account and of the Region. What is there already is adopted. `securecart undo` takes it back.',
  );
  addPlanningOptions(command)
    .addOption(
      new Option(
        '--accept-broken-flows',
        'apply the rows of the document alone, though flows do not pass by them; goes with --literal',
      ),
    )
    .addHelpText('after', examples);
}

const examples = `
Examples:
  securecart apply --region eu-west-1 --plan-only -o plan.json
  securecart apply --region eu-west-1 --plan plan.json --yes
  securecart apply --resume securecart-2026-01-01T000000.000Z.journal.jsonl`;

export async function run(command: Command, world: World): Promise<ExitCode> {
  const options = Options.parse(command.optsWithGlobals());
  demandOneRegion(options);
  let audited: ExitCode = ExitCode.ok;
  const code = await runPlanned(
    {
      kind: 'apply',
      planNow: loaded => planNow(loaded, options, world),
      verify: async (plan, loaded) => {
        const after = await auditAfter(plan, loaded, options, world);
        audited = after.code;
        return after.findings;
      },
    },
    options,
    world,
  );
  return code === ExitCode.ok ? audited : code;
}

function demandOneRegion({ region }: Options): void {
  if (region.length > 1 || region.includes('all'))
    throw usageError('A baseline is applied to one Region at a time.', 'Pass --region once, with a name.');
}

async function planNow(loaded: LoadedBaseline, options: Options, world: World): Promise<Plan> {
  demandSound(loaded, options, world);
  const { baseline, about } = loaded;
  const snapshot = await readLive(factsFor(JUDGED), options, world);
  const meta = planMeta('apply', snapshot, about, world);
  const judge = (of: Snapshot) => judged(JUDGED, of, baseline, options.vpc).findings;
  try {
    return makeApplyPlan({ baseline, snapshot, judge, options, meta, remediation: remediationOf });
  } catch (error) {
    if (!(error instanceof UnknownFact)) throw error;
    const { call, kind } = error.reason;
    throw new SecureCartError(
      'plan-refused',
      `${call} was not answered (${kind}), and without it nobody knows what is there already.`,
      { suggestion: 'securecart policy audit prints the permissions that reading takes.', cause: error },
    );
  }
}

/** A baseline that contradicts itself would build a shop that cannot work. */
function demandSound({ baseline, about }: LoadedBaseline, options: Options, world: World): void {
  const tool = { name: 'securecart', version: world.version } as const;
  const { flows, summary } = checkBaseline(baseline, { tool, baseline: about });
  if (summary.defects === 0 || (about.literal && options.acceptBrokenFlows)) return;
  const broken = flows.filter(({ verdict: of }) => of === 'blocked' || of === 'leaks');
  const said = broken.map(({ id, verdict: of }) => `${id} ${of === 'leaks' ? 'leaks' : 'is blocked'}`);
  throw new SecureCartError(
    'plan-refused',
    `The baseline has ${summary.defects} defects: ${said.join(', ') || 'securecart baseline check names them'}.`,
    {
      suggestion: about.literal
        ? 'To apply it all the same: --literal --accept-broken-flows'
        : 'securecart baseline check says why, and --suggest what to write.',
    },
  );
}

/** Audits what was built, and prints the result. */
async function auditAfter(
  plan: Plan,
  loaded: LoadedBaseline,
  options: Options,
  world: World,
): Promise<{ findings: readonly Finding[]; code: ExitCode }> {
  const snapshot = await readLive(
    factsFor(PROVISIONED),
    { ...options, region: plan.regions, vpc: plan.vpc },
    world,
  );
  const evaluation = judged(PROVISIONED, snapshot, loaded.baseline, plan.vpc);
  const tool = { name: 'securecart', version: world.version } as const;
  const { about, lines } = loaded;
  const result = report({ tool, baseline: about, catalogue, snapshot, evaluation, lines });
  world.stdout.write(await render(result, 'table', lookFor(world.stdout, world, options)));
  const code = verdict(result, { failOn: 'info', allowUnknown: false });
  return { findings: evaluation.findings, code };
}
