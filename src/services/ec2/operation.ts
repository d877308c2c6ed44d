import { EC2Client } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { CallError } from '../../aws/errors.ts';
import type { Answer, Operation } from '../writer.ts';

/** The schema of the tags of what a call creates. */
export const tagsFor = <Type extends string>(type: Type) =>
  z.array(
    z.strictObject({
      ResourceType: z.literal(type),
      Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })),
    }),
  );

/** An operation of EC2's that can be rehearsed. */
export function operation<Input extends object>(
  name: string,
  schema: z.ZodType<Input>,
  call: (client: EC2Client, input: Input & { DryRun?: boolean }) => Promise<object>,
): Operation {
  return {
    permission: `ec2:${name}`,
    rehearsable: true,
    send: async (session, region, input, { rehearse }) => {
      const parsed = schema.parse(input);
      const client = session.client(EC2Client, region);
      if (!rehearse) return createdOf(await call(client, parsed));
      await call(client, { ...parsed, DryRun: true }).catch(demandDryRun);
      return {};
    },
  };
}

/** EC2 answers a DryRun that would be allowed with an error of this code. */
function demandDryRun(error: unknown): void {
  if (!(error instanceof CallError) || error.code !== 'DryRunOperation') throw error;
}

const createdOf = (answer: object): Answer =>
  'created' in answer && typeof answer.created === 'string' ? { created: answer.created } : {};
