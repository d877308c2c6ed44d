import {
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  PutEventSelectorsCommand,
  ReadWriteType,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import { creatingOperation, plainOperation } from '../operation.ts';
import type { Operation } from '../writer.ts';

const Named = z.strictObject({ Name: z.string() });
const Settings = Named.extend({
  S3BucketName: z.string().optional(),
  IsMultiRegionTrail: z.boolean().optional(),
  IncludeGlobalServiceEvents: z.boolean().optional(),
  EnableLogFileValidation: z.boolean().optional(),
  KmsKeyId: z.string().optional(),
  CloudWatchLogsLogGroupArn: z.string().optional(),
  CloudWatchLogsRoleArn: z.string().optional(),
});

const Values = z.array(z.string());
const Selectors = z.strictObject({
  TrailName: z.string(),
  EventSelectors: z
    .array(
      z.strictObject({
        ReadWriteType: z.enum(ReadWriteType),
        IncludeManagementEvents: z.boolean(),
        ExcludeManagementEventSources: Values,
        DataResources: z.array(z.strictObject({ Type: z.string(), Values })),
      }),
    )
    .optional(),
  AdvancedEventSelectors: z
    .array(
      z.strictObject({
        Name: z.string().optional(),
        FieldSelectors: z.array(
          z.strictObject({
            Field: z.string(),
            Equals: Values.optional(),
            StartsWith: Values.optional(),
            EndsWith: Values.optional(),
            NotEquals: Values.optional(),
            NotStartsWith: Values.optional(),
            NotEndsWith: Values.optional(),
          }),
        ),
      }),
    )
    .optional(),
});

/** The mutating operations of CloudTrail that plans may ask for. A second trail of one name it refuses. */
export const cloudTrailOperations = {
  CreateTrail: creatingOperation(
    CloudTrailClient,
    'cloudtrail:CreateTrail',
    Settings.extend({
      S3BucketName: z.string(),
      TagsList: z.array(z.strictObject({ Key: z.string(), Value: z.string() })),
    }),
    async (client, input) => (await client.send(new CreateTrailCommand(input))).Name,
  ),
  UpdateTrail: plainOperation(CloudTrailClient, 'cloudtrail:UpdateTrail', Settings, (client, input) =>
    client.send(new UpdateTrailCommand(input)),
  ),
  DeleteTrail: plainOperation(CloudTrailClient, 'cloudtrail:DeleteTrail', Named, (client, input) =>
    client.send(new DeleteTrailCommand(input)),
  ),
  StartLogging: plainOperation(CloudTrailClient, 'cloudtrail:StartLogging', Named, (client, input) =>
    client.send(new StartLoggingCommand(input)),
  ),
  StopLogging: plainOperation(CloudTrailClient, 'cloudtrail:StopLogging', Named, (client, input) =>
    client.send(new StopLoggingCommand(input)),
  ),
  PutEventSelectors: plainOperation(
    CloudTrailClient,
    'cloudtrail:PutEventSelectors',
    Selectors,
    (client, input) => client.send(new PutEventSelectorsCommand(input)),
  ),
} as const satisfies Record<string, Operation>;
