import {
  DescribeDocumentPermissionCommand,
  GetServiceSettingCommand,
  type ParameterMetadata,
  paginateDescribeParameters,
  paginateListDocuments,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { fromPages, readEach } from '../../aws/pages.ts';
import { apiCall, given, part, type Readers, sortedBy } from '../reader.ts';
import { PUBLIC_SHARING } from './changes.ts';
import type { Parameter, ssmFacts } from './facts.ts';

const describePermission = apiCall('ssm:DescribeDocumentPermission');

/** How Systems Manager's facts are read. */
export const ssmReaders = {
  'ssm.parameters': {
    calls: [apiCall('ssm:DescribeParameters')],
    needs: [],
    read: async ({ client, options }) => {
      // The most that it gives at once; a page may be empty and have a next one.
      const config = { client: client(SSMClient), pageSize: 50 };
      const pages = paginateDescribeParameters(config, {}, options);
      const parameters = await fromPages(pages, ({ Parameters = [] }) => Parameters.map(parameter));
      return sortedBy(parameters, ({ name }) => name);
    },
  },
  'ssm.documents': {
    calls: [apiCall('ssm:ListDocuments'), describePermission],
    needs: [],
    read: async access => {
      const client = access.client(SSMClient);
      const own = { Filters: [{ Key: 'Owner', Values: ['Self'] }] };
      const documents = await readEach(
        paginateListDocuments({ client, pageSize: 50 }, own, access.options),
        ({ DocumentIdentifiers = [] }) => DocumentIdentifiers,
        async ({ Name }) => {
          const name = given(Name, 'Name of a document');
          const sharedWith = await part(access, [describePermission], () =>
            readSharing(client, name, access.options),
          );
          return { name, sharedWith };
        },
      );
      return sortedBy(documents, ({ name }) => name);
    },
  },
  'ssm.publicSharing': {
    calls: [apiCall('ssm:GetServiceSetting')],
    needs: [],
    read: ({ client, options }) => readPublicSharing(client(SSMClient), options),
  },
} as const satisfies Readers<keyof typeof ssmFacts>;

/** What is told of a parameter. */
export const parameter = ({ Name, Type }: ParameterMetadata): Parameter => ({
  name: given(Name, 'Name of a parameter'),
  type: given(Type, 'Type of a parameter'),
});

type Options = { readonly abortSignal?: AbortSignal };

/** With whom a document is shared, in order. Throws CallError. */
export async function readSharing(client: SSMClient, Name: string, options: Options = {}): Promise<string[]> {
  const accounts: string[] = [];
  // The SDK has no paginator for it.
  for (let NextToken: string | undefined; ; ) {
    const answer = await client.send(
      new DescribeDocumentPermissionCommand({ Name, PermissionType: 'Share', NextToken }),
      options,
    );
    accounts.push(...(answer.AccountIds ?? []).map(id => id.toLowerCase()));
    if (!answer.NextToken) return accounts.sort();
    NextToken = answer.NextToken;
  }
}

/** Whether documents may be shared with everyone. Throws CallError. */
export async function readPublicSharing(client: SSMClient, options: Options = {}): Promise<boolean> {
  const command = new GetServiceSettingCommand({ SettingId: PUBLIC_SHARING });
  const { ServiceSetting } = await client.send(command, options);
  return given(ServiceSetting?.SettingValue, 'SettingValue') !== 'Disable';
}
