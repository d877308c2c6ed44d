import type { Command } from 'commander';
import { z } from 'zod';
import { catalogue } from '../../../rules/index.ts';
import { regionsCall } from '../../services/ec2/read-regions.ts';
import { callsFor } from '../../services/readers.ts';
import { collect } from '../collect.ts';
import { selectControls } from '../control-names.ts';
import { ExitCode } from '../exit-codes.ts';
import type { World } from '../world.ts';

const Options = z.object({ control: z.array(z.string()).default([]) });

export const configure = (command: Command): Command =>
  command
    .description('Prints the IAM policy that an audit needs, as JSON. Each action in it only reads.')
    .option('--control <glob>', 'the controls to audit, as audit has it; may be repeated', collect);

export async function run(command: Command, world: World): Promise<ExitCode> {
  const { control: globs } = Options.parse(command.opts());
  const needs = selectControls(globs, catalogue).flatMap(({ needs }) => needs);
  // Regions are listed for `--region all`; who the caller is, AWS tells everybody.
  const calls = [regionsCall, ...(await callsFor(needs))];
  const actions = calls.map(({ action }) => action);
  world.stdout.write(`${JSON.stringify(readPolicy(actions), null, 2)}\n`);
  return ExitCode.ok;
}

/** An IAM policy that allows these actions; the describing calls of AWS know no resource narrower than `*`. */
const readPolicy = (actions: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'SecureCartAudit', Effect: 'Allow', Action: [...new Set(actions)].sort(), Resource: '*' },
  ],
});
