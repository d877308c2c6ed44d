import type { Region } from '../../../model/identifiers.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Call, Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { type BucketPlace, bucketCall, bucketChange } from '../calls.ts';
import type { PublicAccessBlock } from '../facts.ts';

/** The settings against public access, of a bucket or of the account, as plans compare them; null where there are none. */
export const publicAccessState = (block: PublicAccessBlock | null): ObjectState => ({ block });

/** A bucket's settings against public access as an object of a plan. */
export const publicAccessObject = ({ region, bucket }: BucketPlace): LiveObject => ({
  kind: 's3-bucket-public-access',
  region,
  id: bucket,
});

/** The account's settings as an object of a plan. They are the same in every Region; `region` is where they are asked for. */
export const accountAccessObject = (region: Region, account: string): LiveObject => ({
  kind: 's3-account-public-access',
  region,
  id: account,
});

/** Turns a bucket's four settings on. With BlockPublicPolicy on, S3 takes no policy that lets everyone in: `after` are the changes of policies. */
export const blockBucket = (
  place: BucketPlace,
  from: PublicAccessBlock | null,
  after: ChangeId[],
): Change => ({
  ...blocking(from, settings =>
    settings === null
      ? bucketCall('DeletePublicAccessBlock', place)
      : bucketCall('PutPublicAccessBlock', place, settings),
  ),
  id: bucketChange(place.bucket, 'public-access'),
  title: 'turn on all four settings against public access',
  object: publicAccessObject(place),
  dependsOn: after,
});

/** Turns the account's four settings on, for every bucket in every Region. */
export const blockAccount = (
  { region, account }: { region: Region; account: string },
  from: PublicAccessBlock | null,
  after: ChangeId[],
): Change => ({
  ...blocking(from, settings => ({
    service: 's3control',
    operation: settings === null ? 'DeletePublicAccessBlock' : 'PutPublicAccessBlock',
    input: { AccountId: account, ...settings },
  })),
  id: 's3/account-public-access',
  title: 'turn on all four settings against public access, for every bucket of the account',
  object: accountAccessObject(region, account),
  dependsOn: after,
});

const all: PublicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

/** The action is the same for turning on, changing and deleting. */
function blocking(
  from: PublicAccessBlock | null,
  call: (settings: JsonObject | null) => Call,
): Omit<Change, 'id' | 'title' | 'object' | 'dependsOn'> {
  const turnOn = call(settingsOf(all));
  const permissions = [
    turnOn.service === 's3' ? 's3:PutBucketPublicAccessBlock' : 's3:PutAccountPublicAccessBlock',
  ];
  return {
    edit: { kind: 'set', fields: { block: { from, to: all } } },
    call: turnOn,
    permissions,
    effect: NO_EFFECT,
    undo: { kind: 'call', call: call(from && settingsOf(from)), permissions },
  };
}

const settingsOf = (block: PublicAccessBlock): JsonObject => ({
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: block.blockPublicAcls,
    IgnorePublicAcls: block.ignorePublicAcls,
    BlockPublicPolicy: block.blockPublicPolicy,
    RestrictPublicBuckets: block.restrictPublicBuckets,
  },
});
