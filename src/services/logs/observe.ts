import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { ObjectKind } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import type { Observer } from '../writer.ts';
import { logGroupState } from './changes.ts';
import { logGroup } from './read.ts';

/** How log groups are looked at. */
export const logsObservers = {
  'log-group': {
    permissions: ['logs:DescribeLogGroups', 'logs:ListTagsForResource'],
    observe: async (session, region, name) => {
      const client = session.client(CloudWatchLogsClient, region);
      // In the order of their names, so that it is the first of those that begin like it.
      const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
      const { logGroups = [] } = await client.send(command);
      const group = logGroups.find(({ logGroupName }) => logGroupName === name);
      // It may be deleted between the two calls.
      const state =
        group === undefined
          ? null
          : await nullOn('ResourceNotFoundException', async () =>
              logGroupState(await logGroup(client, group)),
            );
      return { state, handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;
