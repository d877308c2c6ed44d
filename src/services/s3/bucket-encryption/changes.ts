import type { JsonObject } from '../../../model/json.ts';
import type { Call, Change, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { type BucketPlace, bucketCall, bucketChange } from '../calls.ts';
import type { BucketEncryption } from '../facts.ts';

/** How a bucket encrypts by default, null where it does not, and the forms of encryption that it refuses. */
export interface EncryptionRule {
  readonly byDefault: BucketEncryption | null;
  readonly blocked: readonly string[];
}

/** A bucket's default encryption as plans compare it. */
export const encryptionState = ({ byDefault, blocked }: EncryptionRule): ObjectState => ({
  algorithm: byDefault?.algorithm ?? null,
  key: byDefault?.key ?? null,
  bucketKey: byDefault?.bucketKey ?? false,
  blocked: [...blocked],
});

/** A bucket's default encryption as an object of a plan. */
export const encryptionObject = ({ region, bucket }: BucketPlace): LiveObject => ({
  kind: 's3-bucket-encryption',
  region,
  id: bucket,
});

/** Encrypts new objects in another way. S3 takes the rule whole, so that what the bucket refuses goes along. */
export function putEncryption(place: BucketPlace, from: EncryptionRule, byDefault: BucketEncryption): Change {
  const to = { ...from, byDefault };
  const [before, after] = [encryptionState(from), encryptionState(to)];
  const changed = Object.keys(after).filter(
    field => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  const permissions = ['s3:PutEncryptionConfiguration'];
  return {
    id: bucketChange(place.bucket, 'encryption'),
    title: `encrypt new objects with ${inWords(byDefault)}; now: ${inWords(from.byDefault)}`,
    object: encryptionObject(place),
    edit: {
      kind: 'set',
      fields: Object.fromEntries(
        changed.map(field => [field, { from: before[field] ?? null, to: after[field] ?? null }]),
      ),
    },
    call: put(place, to),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: put(place, from), permissions },
  };
}

/** AWS gives every bucket a default; only an emulator has one without, which is had again by deleting the rule. */
function put(place: BucketPlace, { byDefault, blocked }: EncryptionRule): Call {
  if (byDefault === null && blocked.length === 0) return bucketCall('DeleteBucketEncryption', place);
  const rule: JsonObject = {
    ...(byDefault !== null && {
      ApplyServerSideEncryptionByDefault: {
        SSEAlgorithm: byDefault.algorithm,
        ...(byDefault.key !== undefined && { KMSMasterKeyID: byDefault.key }),
      },
      BucketKeyEnabled: byDefault.bucketKey,
    }),
    ...(blocked.length > 0 && { BlockedEncryptionTypes: { EncryptionType: [...blocked] } }),
  };
  return bucketCall('PutBucketEncryption', place, { ServerSideEncryptionConfiguration: { Rules: [rule] } });
}

function inWords(encryption: BucketEncryption | null): string {
  if (encryption === null) return 'nothing';
  const { algorithm, key, bucketKey } = encryption;
  if (algorithm === 'AES256') return algorithm;
  return `${algorithm}${key === undefined ? '' : ` under ${key}`}${bucketKey ? ' and a bucket key' : ''}`;
}
