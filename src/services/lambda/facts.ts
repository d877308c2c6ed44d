import { z } from 'zod';
import { snapshotFact } from '../../model/fact.ts';

/** A Lambda function; `vpc` is absent where it is attached to none. Its environment is never read into a fact. */
export const LambdaFunction = z.strictObject({
  arn: z.string(),
  name: z.string(),
  /** The ARN of the role that it runs as. */
  role: z.string(),
  vpc: z
    .strictObject({ id: z.string(), subnets: z.array(z.string()), securityGroups: z.array(z.string()) })
    .optional(),
});
export type LambdaFunction = z.infer<typeof LambdaFunction>;

export const lambdaFacts = { 'lambda.functions': snapshotFact(z.array(LambdaFunction)) };
