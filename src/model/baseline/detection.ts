import { z } from 'zod';
import { item } from './provenance.ts';

/** The threat detector of every Region audited. */
export const GuardDuty = z
  .strictObject({
    ...item,
    foundational: z
      .array(z.enum(['CLOUD_TRAIL', 'DNS_LOGS', 'FLOW_LOGS']))
      .min(1)
      .describe('The sources that a detector always has'),
    features: z
      .array(
        z.enum([
          'S3_DATA_EVENTS',
          'RDS_LOGIN_EVENTS',
          'LAMBDA_NETWORK_LOGS',
          'EBS_MALWARE_PROTECTION',
          'RUNTIME_MONITORING',
        ]),
      )
      .describe('The plans that are on; each is charged for'),
    publishing: z.enum(['FIFTEEN_MINUTES', 'ONE_HOUR', 'SIX_HOURS']),
  })
  .describe('Amazon GuardDuty');
export type GuardDuty = z.infer<typeof GuardDuty>;

const ConfigRule = z.strictObject({
  ...item,
  name: z.string().regex(/^[\w-]{1,128}$/, "a rule's name has letters, digits, - and _"),
  source: z
    .string()
    .regex(/^[A-Z0-9_]+$/, 'a managed rule is named like ENCRYPTED_VOLUMES')
    .describe('The identifier of the managed rule'),
  parameters: z.record(z.string(), z.string()).optional(),
});

/** The recorder of configuration, and the rules that judge it. */
export const Config = z
  .strictObject({
    ...item,
    recorder: z.strictObject({
      ...item,
      allSupported: z.boolean().describe('Every type of resource that AWS Config supports'),
      globalResourcesIn: z
        .literal('one-region')
        .describe('Where the types without a Region, such as IAM, are recorded'),
    }),
    delivery: z.strictObject({
      ...item,
      bucket: z.string().min(3).describe('{account} and {region} stand for those of the account'),
    }),
    rules: z.array(ConfigRule).min(1),
  })
  .describe('AWS Config');
export type Config = z.infer<typeof Config>;

/** The trail of API calls. */
export const CloudTrail = z
  .strictObject({
    ...item,
    name: z
      .string()
      .regex(/^[A-Za-z0-9][\w.-]{1,126}[A-Za-z0-9]$/, "a trail's name has letters, digits, ., - and _"),
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.{}-]+$/, "a bucket's name has small letters, digits, . and -")
      .describe('Of the files; {account} and {region} stand for those of the trail'),
    multiRegion: z.boolean().describe('One trail logs every Region'),
    globalServiceEvents: z.boolean().describe('Events of IAM, STS and others without a Region'),
    managementEvents: z.enum(['all', 'write-only', 'read-only']),
    dataEvents: z
      .strictObject({ ...item, s3: z.boolean(), lambda: z.boolean() })
      .describe('Charged for by the event'),
    files: z.strictObject({
      ...item,
      validated: z.boolean().describe('Log file validation is on'),
      customerKey: z.boolean().describe('Encrypted under a key of the account'),
      publicBucket: z.literal(false),
    }),
    cloudWatchLogs: z.boolean().describe('Delivered to CloudWatch Logs as well as to the bucket'),
  })
  .describe('AWS CloudTrail');
export type CloudTrail = z.infer<typeof CloudTrail>;

/** Where findings come together. */
export const SecurityHub = z
  .strictObject({
    ...item,
    standards: z.array(z.string().min(1)).describe('The part of the ARN behind `standards/`'),
    products: z
      .array(z.enum(['guardduty', 'config', 'access-analyzer']))
      .min(1)
      .describe('Whose findings are taken in'),
  })
  .describe('AWS Security Hub');
export type SecurityHub = z.infer<typeof SecurityHub>;

/** The analyzer of who outside can reach what. */
export const AccessAnalyzer = z
  .strictObject({
    ...item,
    name: z.string().min(1),
    zoneOfTrust: z.enum(['ACCOUNT', 'ORGANIZATION']),
    publicAccess: z.literal(false).describe('It has no active finding of public access'),
  })
  .describe('IAM Access Analyzer');
export type AccessAnalyzer = z.infer<typeof AccessAnalyzer>;
