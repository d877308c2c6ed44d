import { z } from 'zod';
import { item } from './provenance.ts';

const FunctionName = z.string().regex(/^[\w-]{1,64}$/, "a function's name has letters, digits, - and _");

/** What the account does by itself when something is wrong. */
export const Automations = z
  .strictObject({
    ...item,
    permissionsRevoker: z.strictObject({
      ...item,
      function: FunctionName,
      on: z
        .array(z.enum(['aws.securityhub', 'aws.access-analyzer', 'aws.config']))
        .min(1)
        .describe('The sources of the events that start it'),
    }),
    unusedKeyDisabler: z.strictObject({
      ...item,
      function: FunctionName,
      schedule: z.string().regex(/^(rate|cron)\(.+\)$/, 'a schedule is written like rate(1 day)'),
    }),
    bruteForceBlocker: z.strictObject({
      ...item,
      function: FunctionName,
      findings: z
        .array(
          z.union([
            z.strictObject({ type: z.string().min(1) }),
            z.strictObject({ prefix: z.string().min(1) }),
          ]),
        )
        .min(1)
        .describe('The GuardDuty findings that tell of brute force'),
      rule: z.string().min(1).describe('The id of the web ACL rule whose IP sets it fills'),
      keepMinutes: z.int().min(5).max(10080).describe('How long an address stays blocked'),
    }),
    bucketEncryption: z.strictObject({
      ...item,
      rule: z.string().min(1).describe('The id of the Config rule that finds the bucket'),
      remediation: z.literal('AWS-EnableS3BucketEncryption').describe('The SSM document that mends it'),
      automatic: z.literal(true),
    }),
    functions: z.strictObject({
      ...item,
      public: z.literal(false).describe('No function has a policy or a URL that lets everyone call it'),
      exemptTag: z.string().min(1).describe('What carries this tag is left alone'),
    }),
  })
  .describe('Automatic remediation');
export type Automations = z.infer<typeof Automations>;
