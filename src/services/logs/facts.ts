import { z } from 'zod';
import { snapshotFact } from '../../model/fact.ts';

/** A log group of CloudWatch Logs, whose name is its id. */
export const LogGroup = z.strictObject({
  name: z.string(),
  /** Without the `:*` that stands for its streams. */
  arn: z.string(),
  /** Null where what is logged is kept for ever. */
  retentionDays: z.int().nullable(),
  tags: z.record(z.string(), z.string()),
});
export type LogGroup = z.infer<typeof LogGroup>;

/** The facts of CloudWatch Logs, each of one Region. */
export const logsFacts = {
  /** Those with `securecart` in their names, as all have that an apply creates. */
  'logs.logGroups': snapshotFact(z.array(LogGroup)),
};
