import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import { plainOperation } from '../operation.ts';
import type { Operation } from '../writer.ts';

const Named = z.strictObject({ logGroupName: z.string() });

/** The mutating operations of CloudWatch Logs that plans may ask for. */
export const logsOperations = {
  CreateLogGroup: plainOperation(
    CloudWatchLogsClient,
    'logs:CreateLogGroup',
    Named.extend({ tags: z.record(z.string(), z.string()) }),
    (client, input) => client.send(new CreateLogGroupCommand(input)),
  ),
  DeleteLogGroup: plainOperation(CloudWatchLogsClient, 'logs:DeleteLogGroup', Named, (client, input) =>
    client.send(new DeleteLogGroupCommand(input)),
  ),
  PutRetentionPolicy: plainOperation(
    CloudWatchLogsClient,
    'logs:PutRetentionPolicy',
    Named.extend({ retentionInDays: z.int() }),
    (client, input) => client.send(new PutRetentionPolicyCommand(input)),
  ),
  DeleteRetentionPolicy: plainOperation(
    CloudWatchLogsClient,
    'logs:DeleteRetentionPolicy',
    Named,
    (client, input) => client.send(new DeleteRetentionPolicyCommand(input)),
  ),
} as const satisfies Record<string, Operation>;
