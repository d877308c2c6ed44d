import { DescribeParametersCommand, ListTagsForResourceCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { ObjectKind } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import { tagsOf } from '../reader.ts';
import type { Observer } from '../writer.ts';
import { documentState, parameterState, publicSharingState } from './changes.ts';
import { parameter, readPublicSharing, readSharing } from './read.ts';

/** How parameters, documents and the setting on these are looked at. */
export const ssmObservers = {
  'ssm-parameter': {
    permissions: ['ssm:DescribeParameters', 'ssm:ListTagsForResource'],
    observe: async (session, region, name) => {
      const client = session.client(SSMClient, region);
      const ParameterFilters = [{ Key: 'Name', Option: 'Equals', Values: [name] }];
      const { Parameters: [found] = [] } = await client.send(
        new DescribeParametersCommand({ ParameterFilters }),
      );
      if (found === undefined) return { state: null, handles: {} };
      // It may be deleted between the two calls.
      const state = await nullOn('InvalidResourceId', async () => {
        const command = new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: name });
        const { TagList } = await client.send(command);
        return parameterState({ ...parameter(found), tags: tagsOf(TagList) });
      });
      return { state, handles: {} };
    },
  },
  'ssm-document': {
    permissions: ['ssm:DescribeDocumentPermission'],
    observe: async (session, region, name) => {
      const client = session.client(SSMClient, region);
      const state = await nullOn('InvalidDocument', async () =>
        documentState(await readSharing(client, name)),
      );
      return { state, handles: {} };
    },
  },
  'ssm-public-sharing': {
    permissions: ['ssm:GetServiceSetting'],
    observe: async (session, region) => {
      const allowed = await readPublicSharing(session.client(SSMClient, region));
      return { state: publicSharingState(allowed), handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;
