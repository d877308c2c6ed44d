import { z } from 'zod';
import { AccountId, Partition } from './identifiers.ts';

/** Whose account it is, and who looked (sts:GetCallerIdentity). */
export const Account = z.strictObject({
  id: AccountId,
  partition: Partition,
  /** The ARN of the caller, without a session's name. */
  caller: z.string(),
});
export type Account = z.infer<typeof Account>;
