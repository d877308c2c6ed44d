import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';
import { PolicyDocument } from '../../model/policy.ts';

/** A key of KMS that a bucket's default encryption, a trail or a secret names. */
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

/** A key of the account to which an alias leads that begins with `alias/securecart`. AWS lets no such alias lead to a key that it manages itself. */
export const CustomerKey = z.strictObject({
  alias: z.string(),
  /** Of the key; an alias can lead to another one tomorrow. */
  id: z.string(),
  key: fact(
    z.strictObject({
      /** `Enabled`, `Disabled`, `PendingDeletion`, … */
      state: z.string(),
      /** The kind by which S3, EBS and RDS encrypt. */
      symmetric: z.boolean(),
    }),
  ),
  rotation: fact(z.boolean()),
  policy: fact(PolicyDocument),
});
export type CustomerKey = z.infer<typeof CustomerKey>;

/** The tags of such a key, by which a plan tells who else writes it. */
export const CustomerKeyTags = z.strictObject({
  /** The id of the key. */
  key: z.string(),
  tags: fact(z.record(z.string(), z.string())),
});
export type CustomerKeyTags = z.infer<typeof CustomerKeyTags>;

/** The policy of such a key as KMS gives it, which a plan that adds to it writes back. */
export const CustomerKeyPolicy = z.strictObject({
  /** The id of the key. */
  key: z.string(),
  text: fact(z.string()),
});
export type CustomerKeyPolicy = z.infer<typeof CustomerKeyPolicy>;

/** The facts of KMS, each of one Region. */
export const kmsFacts = {
  /** Those that buckets name. */
  'kms.keys': snapshotFact(z.array(Key)),
  /** The keys that trails name and that are none of `kms.customerKeys`. */
  'kms.trailKeys': snapshotFact(z.array(Key)),
  /** Those that secrets name. */
  'kms.secretKeys': snapshotFact(z.array(Key)),
  'kms.customerKeys': snapshotFact(z.array(CustomerKey)),
  'kms.customerKeyPolicies': snapshotFact(z.array(CustomerKeyPolicy)),
  'kms.customerKeyTags': snapshotFact(z.array(CustomerKeyTags)),
};
