import { DescribeKeyCommand, KMSClient, paginateListKeys } from '@aws-sdk/client-kms';
import { CallError } from '../../aws/errors.ts';
import { readEach } from '../../aws/pages.ts';
import type { ObjectKind, ObjectState } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import { given } from '../reader.ts';
import type { Observer } from '../writer.ts';
import { keyState } from './changes.ts';
import { readKeyPolicy, readKeyTags, readRotation } from './read.ts';

/** How keys and their aliases are looked at. */
export const kmsObservers = {
  'kms-key': {
    permissions: [
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListKeys',
      'kms:ListResourceTags',
    ],
    observe: async (session, region, id) => {
      const client = session.client(KMSClient, region);
      return { state: await seeKey(client, id), handles: {} };
    },
    find: async (session, region, tags) => {
      const client = session.client(KMSClient, region);
      const sights = await readEach(
        paginateListKeys({ client }, {}),
        ({ Keys = [] }) => Keys,
        ({ KeyId }) => tagged(client, given(KeyId, 'KeyId'), tags),
      );
      const [refusal] = sights.filter(sight => sight instanceof CallError);
      // A key may be closed to the account by its own policy, and is none of ours then; where all are, it is IAM that denies.
      if (refusal !== undefined && sights.every(sight => sight instanceof CallError)) throw refusal;
      return sights.flatMap(sight => (sight instanceof CallError ? [] : (sight ?? [])));
    },
  },
  'kms-alias': {
    permissions: ['kms:DescribeKey'],
    observe: async (session, region, alias) => {
      const client = session.client(KMSClient, region);
      const state = await nullOn('NotFoundException', async () => {
        const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: alias }));
        return { key: given(KeyMetadata?.KeyId, 'KeyId') };
      });
      return { state, handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;

/** A key as plans compare it; null where there is none, or none but in name. */
const seeKey = (client: KMSClient, KeyId: string): Promise<ObjectState | null> =>
  nullOn('NotFoundException', async () => {
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
    const state = given(KeyMetadata?.KeyState, 'KeyState');
    if (state === 'PendingDeletion') return null;
    const [rotation, policy, tags] = await Promise.all([
      readRotation(client, KeyId),
      readKeyPolicy(client, KeyId),
      readKeyTags(client, KeyId),
    ]);
    return keyState({ state, rotation, policy, tags });
  });

/** The id of a key that is there and has these tags; undefined for another one, and the error where its tags may not be read. */
async function tagged(
  client: KMSClient,
  id: string,
  tags: Readonly<Record<string, string>>,
): Promise<string | undefined | CallError> {
  try {
    const live = await nullOn('NotFoundException', () => readKeyTags(client, id));
    const isSought = Object.entries(tags).every(([key, value]) => live?.[key] === value);
    return isSought && (await seeKey(client, id)) !== null ? id : undefined;
  } catch (error) {
    if (error instanceof CallError && error.code === 'AccessDeniedException') return error;
    throw error;
  }
}
