import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';

/** A parameter of Parameter Store without its value, which no reader asks for, plain as it may be. */
export const Parameter = z.strictObject({
  name: z.string(),
  type: z.string(),
});
export type Parameter = z.infer<typeof Parameter>;

/** An SSM document that the account owns, and with whom it is shared: account ids, and `all` for everyone. */
export const SsmDocument = z.strictObject({ name: z.string(), sharedWith: fact(z.array(z.string())) });
export type SsmDocument = z.infer<typeof SsmDocument>;

/** The facts of Systems Manager, each of one Region. */
export const ssmFacts = {
  'ssm.parameters': snapshotFact(z.array(Parameter)),
  'ssm.documents': snapshotFact(z.array(SsmDocument)),
  /** Whether documents of the account may be shared with everyone. */
  'ssm.publicSharing': snapshotFact(z.boolean()),
};
