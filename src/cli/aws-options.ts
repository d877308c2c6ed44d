import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { Region } from '../model/identifiers.ts';

/** The options of every command that asks AWS. */
export const AwsOptions = z.object({
  region: z.array(z.union([Region, z.literal('all')])).default([]),
  profile: z.string().optional(),
  roleArn: z.string().optional(),
  externalId: z.string().optional(),
  vpc: z.string().optional(),
  debug: z.boolean().default(false),
});
export type AwsOptions = z.infer<typeof AwsOptions>;

/** Adds these options to a command. */
export const addAwsOptions = (command: Command): Command =>
  command
    .option(
      '--region <region>',
      "a Region to read, or `all` that are enabled; may be repeated (default: the SDK's own chain)",
      collectRegion,
    )
    .option('--profile <name>', 'the profile of the AWS configuration to use')
    .option('--role-arn <arn>', 'a role to assume first')
    .option('--external-id <id>', 'the external id that the role asks for')
    .option('--vpc <id>', 'the VPC that the baseline is about, where an account has several', vpcId)
    .option('--debug', 'write each call to AWS to standard error, without its content');

function vpcId(text: string): string {
  if (/^vpc-[0-9a-f]+$/.test(text)) return text;
  throw new InvalidArgumentError('A VPC is written like vpc-0123456789abcdef0.');
}

/** The options that make no sense where a snapshot is read instead of an account. */
export const liveOnly = ['region', 'profile', 'roleArn', 'externalId', 'debug'];

/** Adds a Region, or `all`, to those before: how commander lets --region be repeated. */
export function collectRegion(text: string, before: readonly string[] = []): string[] {
  if (text !== 'all' && !Region.safeParse(text).success) {
    throw new InvalidArgumentError('A Region is written like eu-west-1; `all` takes every enabled one.');
  }
  return [...before, text];
}
