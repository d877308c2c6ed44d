import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';
import { PolicyDocument } from '../../model/policy.ts';

/** A secret of Secrets Manager without its value, which no reader asks for. */
export const Secret = z.strictObject({
  /** With the dash and the six characters that Secrets Manager adds to the name. */
  arn: z.string(),
  name: z.string(),
  /** The KMS key, by whatever name it was given; absent under `aws/secretsmanager`, the key that AWS manages. */
  key: z.string().optional(),
  /** Whether it has a version that is in use (AWSCURRENT). */
  hasValue: z.boolean(),
  rotation: z.strictObject({
    enabled: z.boolean(),
    /** The function that rotates it; the service that owns it does so without one. */
    function: z.string().optional(),
    /** As Secrets Manager reckons it from the schedule. */
    everyDays: z.number().optional(),
    last: z.iso.datetime().optional(),
    /** By when the next rotation is to be done; in the past where it fails. */
    next: z.iso.datetime().optional(),
  }),
  /** The service of AWS's that keeps it and changes its value, such as `rds`. */
  owner: z.string().optional(),
  /** Where the secret is of which this one is a replica. */
  primaryRegion: z.string().optional(),
  /** When it will be gone, where somebody had it deleted: until then it can be restored, and not be read. */
  deletedAt: z.iso.datetime().optional(),
  tags: z.record(z.string(), z.string()),
});
export type Secret = z.infer<typeof Secret>;

/** A secret's resource policy: what it says, and its text, since only the text can be written back as it was. */
export const SecretPolicy = PolicyDocument.extend({ text: z.string() });
export type SecretPolicy = z.infer<typeof SecretPolicy>;

/** The facts of Secrets Manager, each of one Region. */
export const secretsManagerFacts = {
  /** Those that are to be deleted included. */
  'secretsmanager.secrets': snapshotFact(z.array(Secret)),
  /** Of every secret that is not to be deleted; null where it has none. */
  'secretsmanager.policies': snapshotFact(
    z.array(z.strictObject({ secret: z.string(), policy: fact(SecretPolicy.nullable()) })),
  ),
};
