import { z } from 'zod';
import { item } from './provenance.ts';

const SseAlgorithm = z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']);

const S3Encryption = z.strictObject({
  buckets: z.strictObject({
    ...item,
    algorithms: z
      .array(SseAlgorithm)
      .min(1)
      .describe('Any of these as the default encryption of every bucket'),
  }),
  sensitive: z.strictObject({
    ...item,
    tag: z
      .strictObject({ key: z.string().min(1), value: z.string() })
      .describe('What marks a bucket as sensitive'),
    algorithms: z.array(SseAlgorithm).min(1),
    customerKey: z.boolean().describe('Under a key of the account, not the key that AWS manages'),
    bucketKey: z.boolean().describe('A bucket key, which spares calls to KMS'),
  }),
  transport: z.strictObject({
    ...item,
    tlsOnly: z.boolean().describe('The bucket policy denies requests without TLS'),
  }),
  publicAccess: z.strictObject({
    ...item,
    blockAccount: z.boolean().describe('All four settings of the account'),
    blockBuckets: z.boolean().describe('All four settings of every bucket'),
  }),
});

const RdsEncryption = z.strictObject({
  storage: z.strictObject({ ...item, encrypted: z.boolean().describe('Instances and clusters') }),
  snapshots: z.strictObject({
    ...item,
    encrypted: z.boolean(),
    shared: z.literal(false).describe('With no other account, and not with everyone'),
  }),
  placement: z.strictObject({
    ...item,
    engine: z
      .literal('postgres')
      .describe('Of a database that stands for SecureCart; others are audited for encryption alone'),
    publiclyAccessible: z.literal(false),
    tier: z.literal('database').describe('Every subnet of its subnet group is of this tier'),
  }),
  transport: z.strictObject({ ...item, forceTls: z.boolean().describe('The parameter rds.force_ssl is 1') }),
});

const EbsEncryption = z.strictObject({
  default: z.strictObject({
    ...item,
    encrypted: z.boolean().describe('Encryption by default, in every Region audited'),
  }),
  volumes: z.strictObject({ ...item, encrypted: z.boolean() }),
  snapshots: z.strictObject({
    ...item,
    encrypted: z.boolean(),
    shared: z.literal(false).describe('With no other account, and not with everyone'),
  }),
});

const CustomerKey = z.strictObject({
  ...item,
  alias: z
    .string()
    .regex(/^alias\/securecart[\w/-]*$/, 'an alias is written like alias/securecart, and begins so')
    .describe('By which the key is known; whatever is put under it may name the key itself'),
  rotation: z
    .boolean()
    .describe('KMS makes new key material every year, and keeps the old for what is there'),
});

/** What is encrypted, under which key, and how it is reached. */
export const Encryption = z
  .strictObject({
    ...item,
    key: CustomerKey.optional().describe(
      'A key of the account in KMS; left out, none is asked for or created',
    ),
    s3: S3Encryption.describe('Buckets'),
    rds: RdsEncryption.describe('Databases and their snapshots'),
    ebs: EbsEncryption.describe('Volumes and their snapshots'),
  })
  .describe('Encryption of S3, RDS and EBS, at rest and on the way');
export type Encryption = z.infer<typeof Encryption>;
