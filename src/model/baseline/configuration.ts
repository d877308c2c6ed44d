import { z } from 'zod';
import { item } from './provenance.ts';

const Secret = z.strictObject({
  ...item,
  name: z
    .string()
    .regex(/^[\w/+=.@!-]{1,512}$/, "a secret's name has letters, digits and /_+=.@-")
    .describe('One with a ! is of a service of AWS’s, such as rds!db-…, which keeps it'),
  holds: z.enum(['database-credentials', 'payment-api-keys', 'oauth-tokens']),
  rotationDays: z.int().min(1).max(1000).describe('At most this many days between rotations'),
  customerKey: z.boolean().describe('Encrypted under a key of the account, not the one that AWS manages'),
  readers: z.array(z.string().min(1)).min(1).describe('The names of the roles that may read it'),
});

/** Where credentials are kept, and who reads them. */
export const Secrets = z
  .strictObject({
    ...item,
    secrets: z.array(Secret).min(1),
    access: z.strictObject({
      ...item,
      readersOnly: z.literal(true).describe('No principal besides the readers of each secret'),
    }),
    developers: z.strictObject({
      ...item,
      read: z.literal(false).describe('No IAM user or group, and no role for people'),
    }),
    tasks: z.strictObject({
      ...item,
      component: z.literal('backend').describe('Whose containers need it'),
      fromSecret: z.string().min(1).describe('The id of the secret that they take by reference'),
      plainNames: z
        .array(z.string().min(1))
        .min(1)
        .describe('Words that no plain environment variable has in its name'),
    }),
  })
  .describe('AWS Secrets Manager');
export type Secrets = z.infer<typeof Secrets>;

/** Configuration that is no secret. */
export const Parameters = z
  .strictObject({
    ...item,
    path: z.string().regex(/^\/[\w./-]+$/, 'a path is written like /securecart/production'),
    parameters: z.array(
      z
        .strictObject({
          ...item,
          name: z
            .string()
            .regex(/^[\w./-]+$/, 'a name has letters, digits and ._-/')
            .describe('Below the path'),
          type: z.enum(['String', 'StringList', 'SecureString']),
          value: z
            .string()
            .min(1)
            .optional()
            .describe('What an apply creates it with; one that is there keeps its own'),
        })
        .refine(({ type, value }) => type !== 'SecureString' || value === undefined, {
          path: ['value'],
          message: 'what a SecureString holds does not belong in a file that people read',
        }),
    ),
    secretNames: z
      .array(z.string().min(1))
      .min(1)
      .describe('Words in a name that tell a secret, which belongs in Secrets Manager'),
    documents: z.strictObject({
      ...item,
      public: z.literal(false).describe('No SSM document is shared with everyone'),
    }),
  })
  .describe('AWS Systems Manager Parameter Store');
export type Parameters = z.infer<typeof Parameters>;
