import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { need } from '../../model/fact.ts';
import { apiCall, given, part, type Readers, type RegionAccess } from '../reader.ts';
import type { Key, kmsFacts } from './facts.ts';

const describe = apiCall('kms:DescribeKey');

/** How KMS's facts are read. */
export const kmsReaders = {
  'kms.keys': {
    calls: [describe],
    needs: ['s3.buckets'],
    read: async access => {
      const buckets = need(await access.fact('s3.buckets'));
      const named = buckets.flatMap(({ encryption }) =>
        encryption.kind === 'known' ? (encryption.value?.key ?? []) : [],
      );
      return Promise.all([...new Set(named)].sort().map(name => key(access, name)));
    },
  },
} as const satisfies Readers<keyof typeof kmsFacts>;

/** Each key is a fact of its own: one of another account's may be closed while the rest is open. */
const key = async (access: RegionAccess, name: string): Promise<Key> => ({
  name,
  key: await part(access, [describe], async () => {
    const command = new DescribeKeyCommand({ KeyId: name });
    const { KeyMetadata: from } = await access.client(KMSClient).send(command, access.options);
    return {
      arn: given(from?.Arn, 'Arn of a key'),
      manager: given(from?.KeyManager, 'KeyManager'),
      state: given(from?.KeyState, 'KeyState'),
    };
  }),
});
