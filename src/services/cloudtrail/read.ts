import {
  type AdvancedEventSelector,
  CloudTrailClient,
  type Trail as DescribedTrail,
  DescribeTrailsCommand,
  type EventSelector,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
} from '@aws-sdk/client-cloudtrail';
import { need } from '../../model/fact.ts';
import { Region } from '../../model/identifiers.ts';
import { onceARun } from '../once-a-run.ts';
import { apiCall, given, part, type Readers, type RegionAccess, sortedBy, tagsOf } from '../reader.ts';
import type { cloudTrailFacts, EventSelectors, Trail, TrailStatus } from './facts.ts';

const getStatus = apiCall('cloudtrail:GetTrailStatus');
const getSelectors = apiCall('cloudtrail:GetEventSelectors');
const listTags = apiCall('cloudtrail:ListTags');

type Options = { readonly abortSignal?: AbortSignal };

/** How CloudTrail's facts are read. */
export const cloudTrailReaders = {
  'cloudtrail.trails': {
    calls: [apiCall('cloudtrail:DescribeTrails'), getStatus, getSelectors],
    needs: [],
    read: async access => {
      const command = new DescribeTrailsCommand({ includeShadowTrails: true });
      const { trailList = [] } = await access.client(CloudTrailClient).send(command, access.options);
      const trails = await Promise.all(trailList.map(from => trail(access, from)));
      return sortedBy(trails, ({ arn }) => arn);
    },
  },
  'cloudtrail.trailTags': {
    calls: [listTags],
    needs: ['cloudtrail.trails'],
    read: async access => {
      const trails = need(await access.fact('cloudtrail.trails'));
      const own = trails.filter(({ arn }) => arn.split(':')[4] === access.account().id);
      return Promise.all(
        own.map(async ({ arn, homeRegion }) => ({
          trail: arn,
          tags: await part(access, [listTags], () =>
            readTrailTags(access.client(CloudTrailClient, homeRegion), arn, access.options),
          ),
        })),
      );
    },
  },
} as const satisfies Readers<keyof typeof cloudTrailFacts>;

/** A trail is told by its ARN, since that of another Region is known by nothing else (API_GetTrailStatus). */
async function trail(access: RegionAccess, from: DescribedTrail): Promise<Trail> {
  const { options } = access;
  const settings = trailSettings(from);
  const { arn, homeRegion } = settings;
  const [status, selectors] = await Promise.all([
    // Each Region delivers its own files.
    part(access, [getStatus], () => readTrailStatus(access.client(CloudTrailClient), arn, options)),
    part(access, [getSelectors], () =>
      askedOnce(access, arn, () => readSelectors(access.client(CloudTrailClient, homeRegion), arn, options)),
    ),
  ]);
  return { ...settings, homeRegion, status, selectors };
}

/** A trail shows in many Regions, and is asked at home alone. */
const askedOnce = onceARun<EventSelectors>();

/** What a description of a trail says. Throws MissingField. */
export function trailSettings(from: DescribedTrail): Omit<Trail, 'status' | 'selectors'> {
  const { S3KeyPrefix, KmsKeyId, CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn } = from;
  return {
    name: given(from.Name, 'Name of a trail'),
    arn: given(from.TrailARN, 'TrailARN'),
    homeRegion: Region.parse(given(from.HomeRegion, 'HomeRegion')),
    bucket: given(from.S3BucketName, 'S3BucketName'),
    // What is taken away again may be given as an empty text.
    ...(S3KeyPrefix && { prefix: S3KeyPrefix }),
    multiRegion: from.IsMultiRegionTrail ?? false,
    organization: from.IsOrganizationTrail ?? false,
    globalServiceEvents: from.IncludeGlobalServiceEvents ?? false,
    validated: from.LogFileValidationEnabled ?? false,
    ...(KmsKeyId && { key: KmsKeyId }),
    ...(CloudWatchLogsLogGroupArn && { logGroup: CloudWatchLogsLogGroupArn }),
    ...(CloudWatchLogsRoleArn && { role: CloudWatchLogsRoleArn }),
  };
}

/** How it goes with a trail in the client's Region. Throws CallError. */
export async function readTrailStatus(
  client: CloudTrailClient,
  Name: string,
  options: Options = {},
): Promise<TrailStatus> {
  const answer = await client.send(new GetTrailStatusCommand({ Name }), options);
  const { LatestDeliveryError: deliveryError, LatestCloudWatchLogsDeliveryError: logsError } = answer;
  return {
    logging: given(answer.IsLogging, 'IsLogging'),
    ...(deliveryError && { deliveryError }),
    ...(logsError && { logsError }),
  };
}

/** Which events a trail logs; `client` is its home Region's. Throws CallError. */
export async function readSelectors(
  client: CloudTrailClient,
  TrailName: string,
  options: Options = {},
): Promise<EventSelectors> {
  const answer = await client.send(new GetEventSelectorsCommand({ TrailName }), options);
  const { AdvancedEventSelectors: advanced = [], EventSelectors: classic = [] } = answer;
  return advanced.length > 0
    ? { form: 'advanced', selectors: advanced.map(advancedSelector) }
    : { form: 'classic', selectors: classic.map(classicSelector) };
}

type Classic = Extract<EventSelectors, { form: 'classic' }>['selectors'][number];
type Advanced = Extract<EventSelectors, { form: 'advanced' }>['selectors'][number];

/** What is left out is all, and management events among it (API_EventSelector). */
const classicSelector = (from: EventSelector): Classic => ({
  readWrite: from.ReadWriteType ?? 'All',
  management: from.IncludeManagementEvents ?? true,
  excluded: [...(from.ExcludeManagementEventSources ?? [])].sort(),
  data: (from.DataResources ?? []).map(({ Type, Values = [] }) => ({
    type: given(Type, 'Type of data resources'),
    values: [...Values].sort(),
  })),
});

const advancedSelector = ({ Name: name, FieldSelectors }: AdvancedEventSelector): Advanced => ({
  ...(name && { name }),
  fields: given(FieldSelectors, 'FieldSelectors').map(({ Field, ...conditions }) => ({
    field: given(Field, 'Field'),
    conditions: Object.fromEntries(
      Object.entries(conditions).flatMap(([operator, values]) =>
        values === undefined || values.length === 0 ? [] : [[operator, [...values].sort()]],
      ),
    ),
  })),
});

/** The tags of a trail; `client` is its home Region's. Throws CallError. */
export async function readTrailTags(
  client: CloudTrailClient,
  arn: string,
  options: Options = {},
): Promise<Record<string, string>> {
  const { ResourceTagList = [] } = await client.send(new ListTagsCommand({ ResourceIdList: [arn] }), options);
  return tagsOf(ResourceTagList.find(({ ResourceId }) => ResourceId === arn)?.TagsList);
}
