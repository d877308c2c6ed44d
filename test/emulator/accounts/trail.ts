import { CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import type { Clients } from '../clients.ts';
import { account, region } from '../emulator.ts';
import { buildBucket, tlsOnly } from './compliant-encryption.ts';
import { need } from './named.ts';

/** What a trail is otherwise than the baseline wants it. */
export type TrailOptions = {
  name?: string;
  bucket?: string;
  /** Of its files; S3's own where there is none. */
  key?: string;
  multiRegion?: boolean;
  validated?: boolean;
  /** Delivered to CloudWatch Logs as well. */
  logs?: boolean;
  logging?: boolean;
};

/** A trail with its bucket, and the log group and the role by which it is delivered there; by default as the baseline wants it, but for the key. */
export async function buildTrail(clients: Clients, options: TrailOptions = {}): Promise<string> {
  const { name = 'securecart-events', bucket = 'securecart-trail', multiRegion = true } = options;
  const { validated = true, logs = true, logging = true, key } = options;
  const arn = `arn:aws:cloudtrail:${region}:${account}:trail/${name}`;
  await buildBucket(clients, bucket, { statements: [tlsOnly(bucket), ...deliveries(bucket, arn)] });
  const delivery = logs ? await buildDelivery(clients, name) : {};
  await clients.cloudTrail.send(
    new CreateTrailCommand({
      Name: name,
      S3BucketName: bucket,
      IsMultiRegionTrail: multiRegion,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: validated,
      ...(key !== undefined && { KmsKeyId: key }),
      ...delivery,
    }),
  );
  if (logging) await clients.cloudTrail.send(new StartLoggingCommand({ Name: name }));
  return arn;
}

const deliveries = (bucket: string, trail: string) => {
  const from = { 'aws:SourceArn': trail };
  const CloudTrail = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  return [
    {
      ...CloudTrail,
      Action: 's3:GetBucketAcl',
      Resource: `arn:aws:s3:::${bucket}`,
      Condition: { StringEquals: from },
    },
    {
      ...CloudTrail,
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucket}/AWSLogs/${account}/*`,
      Condition: { StringEquals: { ...from, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
  ];
};

async function buildDelivery({ iam, logs }: Clients, name: string) {
  await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
  const trust = {
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: trust }),
    }),
  );
  return {
    CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
    CloudWatchLogsRoleArn: need(Role?.Arn, 'role ARN'),
  };
}
