import type { Region } from '../../../model/identifiers.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { policyState } from '../../../policy/policy-state.ts';
import { setFields } from '../../set-fields.ts';
import { type BucketPlace, bucketCall } from '../calls.ts';

/** What plans compare of a bucket that a plan creates. S3 has it closed to the public and encrypted from the beginning. */
export interface BucketTerms {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The text of its policy; null where it has none. */
  readonly policy: string | null;
  /** The ARN of the key that encrypts by default; null for that of S3. */
  readonly key: string | null;
}

/** A bucket as plans compare it, its policy by its meaning. */
export const bucketState = ({ policy, ...terms }: BucketTerms): ObjectState => ({
  ...terms,
  ...policyState(policy),
});

/** A bucket as an object of a plan. */
export const bucketObject = ({ region, bucket }: BucketPlace): LiveObject => ({
  kind: 's3-bucket',
  region,
  id: bucket,
});

/** Creates a bucket that has nothing but a name. An undo deletes it as long as nothing is in it. */
export function createBucket(
  name: string,
  account: string,
  { region, id, title }: { region: Region; id: ChangeId; title: string },
): Change {
  const created = { $created: id };
  return {
    id,
    title,
    object: { kind: 's3-bucket', region, id: created },
    edit: { kind: 'create', state: bucketState({ name, tags: {}, policy: null, key: null }) },
    call: { service: 's3', operation: 'CreateBucket', input: { Bucket: name, ...locationOf(region) } },
    permissions: ['s3:CreateBucket'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: {
        service: 's3',
        operation: 'DeleteBucket',
        input: { Bucket: created, ExpectedBucketOwner: account },
      },
      permissions: ['s3:DeleteBucket'],
    },
  };
}

/** us-east-1 is where a bucket is that names no Region, and is refused as a name (API_CreateBucket). */
const locationOf = (region: Region): JsonObject =>
  region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };

/** One thing that is set on a bucket: how it is put, and how it is taken away again. */
interface Setting {
  readonly field: 'tags' | 'policy' | 'key';
  readonly change: ChangeId;
  readonly title: string;
  readonly permissions: string[];
  readonly put: (terms: BucketTerms) => ReturnType<typeof bucketCall>;
}

/** What it takes for a bucket to be on other terms: a call for each thing that is otherwise, one after the other. */
export function bucketChanges(
  place: BucketPlace,
  prefix: string,
  from: BucketTerms,
  to: BucketTerms,
): Change[] {
  let now = from;
  let last: ChangeId[] = [];
  return settings(place, prefix, to).flatMap(({ field, change, title, permissions, put }) => {
    const before = now;
    const after = { ...before, [field]: to[field] };
    const edit = setFields(bucketState(before), bucketState(after));
    if (edit.kind === 'set' && Object.keys(edit.fields).length === 0) return [];
    const dependsOn = last;
    now = after;
    last = [change];
    return {
      id: change,
      title,
      object: bucketObject(place),
      edit,
      call: put(after),
      permissions,
      effect: NO_EFFECT,
      dependsOn,
      undo: { kind: 'call', call: put(before), permissions },
    };
  });
}

const settings = (place: BucketPlace, prefix: string, to: BucketTerms): Setting[] => [
  {
    field: 'tags',
    change: `${prefix}/tags`,
    title: 'tag it as what a plan created',
    permissions: ['s3:PutBucketTagging'],
    put: ({ tags }) =>
      Object.keys(tags).length === 0
        ? bucketCall('DeleteBucketTagging', place)
        : bucketCall('PutBucketTagging', place, {
            Tagging: { TagSet: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
          }),
  },
  {
    field: 'key',
    change: `${prefix}/encryption`,
    title: `encrypt what is put into it under ${to.key === null ? "S3's own key" : "the account's own key"}`,
    permissions: ['s3:PutEncryptionConfiguration'],
    put: ({ key }) =>
      bucketCall('PutBucketEncryption', place, {
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault:
                key === null ? { SSEAlgorithm: 'AES256' } : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
              BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
            },
          ],
        },
      }),
  },
  {
    field: 'policy',
    change: `${prefix}/policy`,
    title: 'let its trail alone write into it, and nobody without TLS',
    permissions: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
    put: ({ policy }) =>
      policy === null
        ? bucketCall('DeleteBucketPolicy', place)
        : bucketCall('PutBucketPolicy', place, { Policy: policy }),
  },
];
