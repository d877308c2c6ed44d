import { CloudTrailTrail } from '@awboost/cfn-resource-types/AWS-CloudTrail-Trail';
import { S3Bucket } from '@awboost/cfn-resource-types/AWS-S3-Bucket';
import { S3BucketPolicy } from '@awboost/cfn-resource-types/AWS-S3-BucketPolicy';
import { z } from 'zod';
import { NEW_BUCKET } from '../plan/provision/trail-bucket.ts';
import { logicalId } from './intrinsics.ts';
import { Computed, RETAINED, Tags, type Translate } from './translation.ts';

const Bucket = z.object({ Bucket: Computed });
const Tagging = z.object({ Tagging: z.object({ TagSet: Tags }) });
const Encryption = z.object({
  ServerSideEncryptionConfiguration: z.object({
    Rules: z.array(
      z.object({
        ApplyServerSideEncryptionByDefault: z.object({
          SSEAlgorithm: z.enum(['AES256', 'aws:kms']),
          KMSMasterKeyID: Computed,
        }),
        BlockedEncryptionTypes: z.object({ EncryptionType: z.array(z.literal('SSE-C')) }),
      }),
    ),
  }),
});

/** A log outlives its stack. What AWS gives a new bucket of itself is said all the same. */
const createBucket: Translate = ({ id, input, later }) => {
  const [tagging] = later('s3:PutBucketTagging').map(tags => Tagging.parse(tags));
  const [encryption] = later('s3:PutBucketEncryption').map(rules => Encryption.parse(rules));
  const properties = {
    BucketName: Bucket.parse(input).Bucket,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    ...(encryption !== undefined && {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: encryption.ServerSideEncryptionConfiguration.Rules.map(
          ({ ApplyServerSideEncryptionByDefault: byDefault, BlockedEncryptionTypes }) => ({
            ServerSideEncryptionByDefault: byDefault,
            BlockedEncryptionTypes,
          }),
        ),
      },
    }),
    ...(tagging !== undefined && { Tags: tagging.Tagging.TagSet }),
  };
  return [new S3Bucket(id, properties, RETAINED)];
};

const Policy = Bucket.extend({ Policy: Computed });

const putBucketPolicy: Translate = ({ id, input }) => {
  const { Bucket, Policy: PolicyDocument } = Policy.parse(input);
  return [new S3BucketPolicy(id, { Bucket, PolicyDocument }, RETAINED)];
};

const Trail = z.object({
  Name: z.string(),
  S3BucketName: Computed,
  IsMultiRegionTrail: z.boolean(),
  IncludeGlobalServiceEvents: z.boolean(),
  EnableLogFileValidation: z.boolean(),
  KmsKeyId: Computed.optional(),
  CloudWatchLogsLogGroupArn: Computed.optional(),
  CloudWatchLogsRoleArn: Computed.optional(),
  TagsList: Tags,
});

const Selectors = z.object({
  EventSelectors: z.array(
    z.object({
      ReadWriteType: z.enum(['All', 'ReadOnly', 'WriteOnly']),
      IncludeManagementEvents: z.boolean(),
      DataResources: Computed,
    }),
  ),
});

/** CloudTrail tries the policy of the bucket, which the trail does not name. */
const createTrail: Translate = ({ change, id, input, later, after }) => {
  const { Name: TrailName, TagsList, KmsKeyId, ...settings } = Trail.parse(input);
  const [selectors] = later('cloudtrail:PutEventSelectors').map(of => Selectors.parse(of));
  const properties = {
    ...settings,
    TrailName,
    Tags: TagsList,
    IsLogging: later('cloudtrail:StartLogging').length > 0,
    ...(KmsKeyId !== undefined && { KMSKeyId: KmsKeyId }),
    ...selectors,
  };
  const policies = change.dependsOn.filter(of => of === `${NEW_BUCKET}/policy`).map(logicalId);
  return [new CloudTrailTrail(id, properties, { DependsOn: [...after, ...policies] })];
};

/** What a template says for each call that builds the trail and its bucket. */
export const trail = {
  's3:CreateBucket': createBucket,
  's3:PutBucketTagging': () => [],
  's3:PutBucketEncryption': () => [],
  's3:PutBucketPolicy': putBucketPolicy,
  'cloudtrail:CreateTrail': createTrail,
  'cloudtrail:StartLogging': () => [],
  'cloudtrail:PutEventSelectors': () => [],
} satisfies Record<string, Translate>;
