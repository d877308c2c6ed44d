import {
  CloudWatchLogsClient,
  type LogGroup as DescribedGroup,
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import { readEach } from '../../aws/pages.ts';
import { apiCall, given, type Readers, sortedBy } from '../reader.ts';
import type { LogGroup, logsFacts } from './facts.ts';

/** How CloudWatch Logs' facts are read. */
export const logsReaders = {
  'logs.logGroups': {
    calls: [apiCall('logs:DescribeLogGroups'), apiCall('logs:ListTagsForResource')],
    needs: [],
    read: async ({ client, options }) => {
      const logs = client(CloudWatchLogsClient);
      // The most that CloudWatch Logs gives at once.
      const config = { client: logs, pageSize: 50 };
      const groups = await readEach(
        paginateDescribeLogGroups(config, { logGroupNamePattern: 'securecart' }, options),
        page => page.logGroups ?? [],
        group => logGroup(logs, group, options),
      );
      return sortedBy(groups, ({ name }) => name);
    },
  },
} as const satisfies Readers<keyof typeof logsFacts>;

/** What is told of a log group, with its tags, which are read apart. */
export async function logGroup(
  client: CloudWatchLogsClient,
  from: DescribedGroup,
  options: { abortSignal?: AbortSignal } = {},
): Promise<LogGroup> {
  const arn = given(from.logGroupArn, 'logGroupArn');
  const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }), options);
  const pairs = Object.entries(tags ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    name: given(from.logGroupName, 'logGroupName'),
    arn,
    retentionDays: from.retentionInDays ?? null,
    tags: Object.fromEntries(pairs),
  };
}
