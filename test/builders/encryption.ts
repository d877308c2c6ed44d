import { parsePolicy } from '../../src/policy/parse.ts';
import type { CustomerKey } from '../../src/services/kms/facts.ts';
import type { Bucket, BucketPolicy, PublicAccessBlock } from '../../src/services/s3/facts.ts';
import { OWNER, REGION } from './place.ts';
import type { Facts } from './shop.ts';

/** The ARN of the shop's own key. */
export const KEY = `arn:aws:kms:${REGION}:${OWNER}:key/1`;

/** All four settings against public access, on or off. */
export const publicAccess = (on: boolean): PublicAccessBlock => ({
  blockPublicAcls: on,
  ignorePublicAcls: on,
  blockPublicPolicy: on,
  restrictPublicBuckets: on,
});

/** A policy of these statements, as it is written; `shop` is the bucket in what is left out. */
export function policy(...statements: object[]): BucketPolicy {
  const Statement = statements.map(statement => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: ['arn:aws:s3:::shop', 'arn:aws:s3:::shop/*'],
    ...statement,
  }));
  const text = JSON.stringify({ Version: '2012-10-17', Statement });
  const read = parsePolicy(text);
  if (read === undefined) throw new Error("not a policy of IAM's grammar");
  return { ...read, text };
}

/** The condition that holds without TLS. */
export const withoutTls = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

const known = <T>(value: T) => ({ kind: 'known' as const, value });

/** The account's own key as the baseline wants it, or with something else about it. */
export const customerKey = (change: Partial<CustomerKey> = {}): CustomerKey => ({
  alias: 'alias/securecart',
  id: '1',
  key: known({ state: 'Enabled', symmetric: true }),
  rotation: known(true),
  policy: known(keyPolicy({})),
  ...change,
});

/** A policy of a key with one statement, by default the one that leaves it to the account's IAM. */
export function keyPolicy(statement: object): NonNullable<ReturnType<typeof parsePolicy>> {
  const Principal = { AWS: `arn:aws:iam::${OWNER}:root` };
  const Statement = {
    Sid: 'access',
    Effect: 'Allow',
    Principal,
    Action: 'kms:*',
    Resource: '*',
    ...statement,
  };
  const read = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }));
  if (read === undefined) throw new Error("not a policy of IAM's grammar");
  return read;
}

/** A bucket as the baseline wants those with sensitive data. */
export const bucket = (name: string): Bucket => ({
  name,
  encryption: known({ algorithm: 'aws:kms', key: KEY, bucketKey: true }),
  blockedEncryption: known([]),
  publicAccessBlock: known(publicAccess(true)),
  policy: known(policy({ ...withoutTls, Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`] })),
  tags: known({ 'securecart:data': 'sensitive' }),
});

/** What of the shop's account is encrypted, and how it is reached; its databases stand in the shop. */
export const encryption = (): Pick<
  Facts,
  | Extract<keyof Facts, `s3.${string}` | `kms.${'key' | 'customer' | 'trail'}${string}` | `ebs.${string}`>
  | 'rds.dbClusters'
  | 'rds.parameterGroups'
  | 'rds.parameterGroupTags'
  | 'rds.snapshots'
  | 'rds.subnetGroups'
  | 'rds.ownParameterGroups'
  | 'rds.parameterFamilies'
> => ({
  's3.buckets': [bucket('shop')],
  's3.trailBuckets': [],
  's3.publicGrants': [{ bucket: 'shop', grants: known([]) }],
  's3.accountPublicAccessBlock': publicAccess(true),
  'kms.trailKeys': [],
  'kms.customerKeys': [customerKey()],
  'kms.customerKeyTags': [{ key: customerKey().id, tags: known({}) }],
  'kms.customerKeyPolicies': [
    { key: customerKey().id, text: known('{"Version":"2012-10-17","Statement":[]}') },
  ],
  'kms.keys': [{ name: KEY, key: known({ arn: KEY, manager: 'CUSTOMER', state: 'Enabled' }) }],
  'ebs.encryptionByDefault': true,
  'ebs.volumes': [
    {
      id: 'vol-0a',
      zone: `${REGION}a`,
      encrypted: true,
      attachments: [{ instance: 'i-0a', device: '/dev/xvda' }],
      tags: {},
    },
  ],
  'ebs.snapshots': [{ id: 'snap-0a', volume: 'vol-0a', encrypted: true, tags: {} }],
  'ebs.publicSnapshots': [],
  'ebs.snapshotSharing': [{ snapshot: 'snap-0a', accounts: known([]) }],
  'ebs.snapshotBlockPublicAccess': 'block-all-sharing',
  'rds.dbClusters': [
    {
      arn: `arn:aws:rds:${REGION}:${OWNER}:cluster:orders`,
      id: 'orders',
      engine: 'aurora-postgresql',
      engineVersion: '16.4',
      masterSecret: 'sound',
      subnetGroup: 'shop',
      securityGroups: [],
      parameterGroup: 'orders-16',
      storageEncrypted: true,
    },
  ],
  'rds.parameterGroups': [
    { of: 'cluster', name: 'orders-16', forceTls: known('1') },
    { of: 'instance', name: 'shop-16', forceTls: known('1') },
  ],
  'rds.parameterGroupTags': [
    { of: 'cluster', name: 'orders-16', tags: known({}) },
    { of: 'instance', name: 'shop-16', tags: known({}) },
  ],
  'rds.subnetGroups': [
    {
      arn: `arn:aws:rds:${REGION}:${OWNER}:subgrp:shop`,
      name: 'shop',
      vpc: 'vpc-0a',
      subnets: ['subnet-0d1', 'subnet-0d2'],
      tags: known({}),
    },
  ],
  'rds.ownParameterGroups': [
    { name: 'shop-16', family: 'postgres16', forceTls: known('1'), tags: known({}) },
  ],
  'rds.parameterFamilies': [{ name: 'postgres16', forceTls: known('1') }],
  'rds.snapshots': [
    {
      arn: `arn:aws:rds:${REGION}:${OWNER}:snapshot:shop-1`,
      id: 'shop-1',
      of: 'instance',
      engine: 'postgres',
      encrypted: true,
      tags: {},
      sharedWith: known([]),
    },
    {
      arn: `arn:aws:rds:${REGION}:${OWNER}:cluster-snapshot:orders-1`,
      id: 'orders-1',
      of: 'cluster',
      engine: 'aurora-postgresql',
      encrypted: true,
      tags: {},
      sharedWith: known([]),
    },
  ],
});
