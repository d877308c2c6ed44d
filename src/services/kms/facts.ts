import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';

/** A key of KMS that a bucket's default encryption names. */
export const Key = z.strictObject({
  /** As it is named there: an id, an ARN or an alias. */
  name: z.string(),
  key: fact(
    z.strictObject({
      /** Of the key, not of an alias: its account is the one whose key it is. */
      arn: z.string(),
      /** Whether AWS keeps it or the customer. */
      manager: z.enum(['AWS', 'CUSTOMER']),
      /** `Enabled`, `Disabled`, `PendingDeletion`, … */
      state: z.string(),
    }),
  ),
});
export type Key = z.infer<typeof Key>;

/** The facts of KMS, each of one Region. */
export const kmsFacts = { 'kms.keys': snapshotFact(z.array(Key)) };
