import type { Command } from 'commander';
import { z } from 'zod';
import { catalogue } from '../../../rules/index.ts';
import { parsePlanFile } from '../../apply/plan-file.ts';
import { changesOf } from '../../model/plan.ts';
import { callsFor } from '../../services/readers.ts';
import { observerOf } from '../../services/writers.ts';
import { readText } from '../baseline.ts';
import { ExitCode } from '../exit-codes.ts';
import type { World } from '../world.ts';

const Options = z.object({ plan: z.string() });

export const configure = (command: Command): Command =>
  command
    .description(
      'Prints the IAM policy that a plan needs, as JSON: to carry it out, to look before and after, and to take it back.',
    )
    .requiredOption('--plan <file>', 'the plan, as `securecart fix --plan-only -o FILE` writes it');

export async function run(command: Command, world: World): Promise<ExitCode> {
  const { plan: file } = Options.parse(command.opts());
  const plan = await parsePlanFile(await readText(file, world), file);
  const changes = changesOf(plan);
  const concerned = new Set(plan.mends.flatMap(mend => mend.for.map(({ control }) => control)));
  const needs = catalogue.filter(({ id }) => concerned.has(id)).flatMap(control => control.needs);
  const observers = await Promise.all(changes.map(({ object }) => observerOf(object.kind)));
  const reads = [
    ...(await callsFor(needs)).map(({ action }) => action),
    ...observers.flatMap(({ permissions }) => permissions),
  ];
  const writes = changes.flatMap(({ permissions, undo }) => [
    ...permissions,
    ...(undo.kind === 'call' ? undo.permissions : []),
  ]);
  const statements = [
    { Sid: 'SecureCartLook', Effect: 'Allow', Action: inOrder(reads), Resource: '*' },
    {
      Sid: 'SecureCartFix',
      Effect: 'Allow',
      Action: inOrder(writes),
      Resource: '*',
      ...within(plan.regions),
    },
  ];
  world.stdout.write(`${JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)}\n`);
  return ExitCode.ok;
}

const inOrder = (actions: readonly string[]): string[] => [...new Set(actions)].sort();

const within = (regions: readonly string[]) => ({
  Condition: { StringEquals: { 'aws:RequestedRegion': regions } },
});
