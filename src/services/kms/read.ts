import {
  type AliasListEntry,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  paginateListAliases,
  paginateListResourceTags,
} from '@aws-sdk/client-kms';
import { fromPages, readEach } from '../../aws/pages.ts';
import { need } from '../../model/fact.ts';
import { Region } from '../../model/identifiers.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { onceARun } from '../once-a-run.ts';
import { apiCall, given, part, type Readers, type RegionAccess, sortedBy } from '../reader.ts';
import type { CustomerKey, Key, kmsFacts } from './facts.ts';

const describe = apiCall('kms:DescribeKey');
const getRotation = apiCall('kms:GetKeyRotationStatus');
const getPolicy = apiCall('kms:GetKeyPolicy');
const listTags = apiCall('kms:ListResourceTags');

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
  'kms.trailKeys': {
    calls: [describe],
    needs: ['cloudtrail.trails', 'kms.customerKeys'],
    read: async access => {
      const trails = need(await access.fact('cloudtrail.trails'));
      const own = new Set(need(await access.fact('kms.customerKeys')).map(({ id }) => id));
      const named = trails.flatMap(({ key: arn }) => (arn === undefined || own.has(keyIdOf(arn)) ? [] : arn));
      return Promise.all([...new Set(named)].sort().map(arn => key(access, arn, regionOf(arn))));
    },
  },
  'kms.secretKeys': {
    calls: [describe],
    needs: ['secretsmanager.secrets'],
    read: async access => {
      const secrets = need(await access.fact('secretsmanager.secrets'));
      const named = new Set(secrets.flatMap(({ key: name }) => name ?? []));
      return Promise.all([...named].sort().map(name => key(access, name)));
    },
  },
  'kms.customerKeys': {
    calls: [apiCall('kms:ListAliases'), describe, getRotation, getPolicy],
    needs: [],
    read: async access => {
      const keys = await readEach(
        paginateListAliases({ client: access.client(KMSClient) }, {}, access.options),
        ({ Aliases = [] }) =>
          Aliases.filter(({ AliasName = '' }) => AliasName.startsWith('alias/securecart')),
        alias => customerKey(access, alias),
      );
      return sortedBy(keys, ({ alias }) => alias);
    },
  },
  'kms.customerKeyTags': {
    calls: [listTags],
    needs: ['kms.customerKeys'],
    read: async access =>
      ofEachKey(access, async key => ({
        key,
        tags: await part(access, [listTags], () =>
          readKeyTags(access.client(KMSClient), key, access.options),
        ),
      })),
  },
  'kms.customerKeyPolicies': {
    calls: [getPolicy],
    needs: ['kms.customerKeys'],
    read: async access =>
      ofEachKey(access, async key => ({
        key,
        text: await part(access, [getPolicy], () =>
          readPolicyText(access.client(KMSClient), key, access.options),
        ),
      })),
  },
} as const satisfies Readers<keyof typeof kmsFacts>;

/** Two aliases can lead to one key, which is read once. */
async function ofEachKey<T>(access: RegionAccess, read: (key: string) => Promise<T>): Promise<T[]> {
  const keys = need(await access.fact('kms.customerKeys'));
  return Promise.all([...new Set(keys.map(({ id }) => id))].sort().map(read));
}

/** A bucket and a trail may name one key. */
const askedOnce = onceARun<Key>();

/** Each key is a fact of its own: one of another account's may be closed while the rest is open. */
const key = (access: RegionAccess, name: string, region = access.region): Promise<Key> =>
  askedOnce(access, `${region} ${name}`, async () => ({
    name,
    key: await part(access, [describe], async () => {
      const command = new DescribeKeyCommand({ KeyId: name });
      const { KeyMetadata: from } = await access.client(KMSClient, region).send(command, access.options);
      return {
        arn: given(from?.Arn, 'Arn of a key'),
        manager: given(from?.KeyManager, 'KeyManager'),
        state: given(from?.KeyState, 'KeyState'),
      };
    }),
  }));

/** The id of the key of an ARN. */
const keyIdOf = (arn: string): string => arn.split('/').at(-1) ?? '';

/** KMS knows a key in its own Region alone. */
const regionOf = (arn: string): Region => Region.parse(arn.split(':')[3]);

async function customerKey(
  access: RegionAccess,
  { AliasName, TargetKeyId }: AliasListEntry,
): Promise<CustomerKey> {
  const client = access.client(KMSClient);
  const { options } = access;
  const id = given(TargetKeyId, 'TargetKeyId');
  const [settings, rotation, policy] = await Promise.all([
    part(access, [describe], async () => {
      const { KeyMetadata: from } = await client.send(new DescribeKeyCommand({ KeyId: id }), options);
      const spec = given(from?.KeySpec, 'KeySpec');
      return { state: given(from?.KeyState, 'KeyState'), symmetric: spec === 'SYMMETRIC_DEFAULT' };
    }),
    part(access, [getRotation], () => readRotation(client, id, options)),
    part(access, [getPolicy], () => readKeyPolicy(client, id, options)),
  ]);
  return { alias: given(AliasName, 'AliasName'), id, key: settings, rotation, policy };
}

type Options = { readonly abortSignal?: AbortSignal };

/** Whether KMS makes new key material for a key every year. Throws CallError. */
export async function readRotation(
  client: KMSClient,
  KeyId: string,
  options: Options = {},
): Promise<boolean> {
  const answer = await client.send(new GetKeyRotationStatusCommand({ KeyId }), options);
  return given(answer.KeyRotationEnabled, 'KeyRotationEnabled');
}

/** The policy of a key. Throws CallError, and MissingField where it is none of IAM's grammar. */
export async function readKeyPolicy(
  client: KMSClient,
  KeyId: string,
  options: Options = {},
): Promise<PolicyDocument> {
  return given(parsePolicy(await readPolicyText(client, KeyId, options)), "policy of IAM's grammar");
}

async function readPolicyText(client: KMSClient, KeyId: string, options: Options): Promise<string> {
  // A key has one policy, and that is its name.
  const { Policy } = await client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }), options);
  return given(Policy, 'Policy of a key');
}

/** The tags of a key, in the order of their keys. Throws CallError. */
export async function readKeyTags(
  client: KMSClient,
  KeyId: string,
  options: Options = {},
): Promise<Record<string, string>> {
  const pages = paginateListResourceTags({ client }, { KeyId }, options);
  const pairs = await fromPages(pages, ({ Tags = [] }) =>
    Tags.map(({ TagKey, TagValue }) => [given(TagKey, 'TagKey'), given(TagValue, 'TagValue')] as const),
  );
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}
