import type { Command } from 'commander';
import { z } from 'zod';
import { catalogue } from '../../../rules/index.ts';
import { evaluate } from '../../findings/evaluate.ts';
import type { Finding } from '../../model/finding.ts';
import type { Plan } from '../../model/plan.ts';
import { systemOf } from '../../model/report.ts';
import { makePlan, planningNeeds } from '../../plan/make-plan.ts';
import type { LoadedBaseline } from '../baseline.ts';
import { collect } from '../collect.ts';
import { selectControls } from '../control-names.ts';
import type { ExitCode } from '../exit-codes.ts';
import { connect, readLive } from '../live.ts';
import { findingDigest, judgeAgain, planMeta, remediationOf } from '../mending.ts';
import { addPlanningOptions, PlanningOptions, runPlanned } from '../planned-run.ts';
import type { World } from '../world.ts';

const Options = PlanningOptions.extend({
  control: z.array(z.string()).default([]),
  resource: z.array(z.string()).default([]),
});
type Options = z.infer<typeof Options>;

export function configure(command: Command): void {
  command.description(
    'Plans the mends for what fails, shows the plan, and carries it out once you agree. Every change is written to a journal before it is made; `securecart undo` takes it back.',
  );
  addPlanningOptions(command)
    .option(
      '--control <glob>',
      'mend what these controls find, such as security-group/*; may be repeated',
      collect,
    )
    .option('--resource <arn>', 'mend this resource, by its ARN or id; may be repeated', collect)
    .addHelpText('after', examples);
}

const examples = `
Examples:
  securecart fix --plan-only -o plan.json
  securecart fix --plan plan.json --yes
  securecart fix --control 'security-group/*' --max-changes 20`;

export async function run(command: Command, world: World): Promise<ExitCode> {
  const options = Options.parse(command.optsWithGlobals());
  return runPlanned(
    {
      kind: 'fix',
      planNow: loaded => planNow(loaded, options, world),
      verify: (plan, { baseline }) => judgeAgain(plan, baseline, options, world),
    },
    options,
    world,
  );
}

async function planNow({ baseline, about }: LoadedBaseline, options: Options, world: World): Promise<Plan> {
  const selected = new Set(selectControls(options.control, catalogue).map(({ id }) => id));
  // A mend of one control must leave what another one of its system finds, and the baseline suppresses.
  const systems = new Set([...selected].map(systemOf));
  const controls = catalogue.filter(({ id }) => systems.has(systemOf(id)));
  const facts = [...controls.flatMap(({ needs }) => needs), ...planningNeeds(controls.map(({ id }) => id))];
  const snapshot = await readLive(facts, options, world);
  const { findings } = evaluate(catalogue, snapshot, baseline, {
    vpc: options.vpc,
    controls: controls.map(({ id }) => id),
    digest: findingDigest,
  });
  return makePlan({
    baseline,
    snapshot,
    findings,
    wanted: finding => selected.has(finding.control) && concerns(finding, options.resource),
    options: { ...options, callerKey: await connect(options, world).accessKeyId() },
    meta: planMeta('fix', snapshot, about, world),
    remediation: remediationOf,
  });
}

const concerns = ({ resource }: Finding, wanted: readonly string[]): boolean =>
  wanted.length === 0 || wanted.includes(resource.arn) || wanted.includes(resource.id);
