import type { Region } from '../../model/identifiers.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Call, Change, ChangeId, LiveObject, ObjectState } from '../../model/plan.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import { NO_EFFECT } from '../../network/effect.ts';

/** What plans compare of a key: a policy by its meaning, for KMS writes it in a form of its own. One that is to be deleted is none. */
export interface KeyState {
  readonly state: string;
  readonly rotation: boolean;
  readonly policy: PolicyDocument;
  readonly tags: Readonly<Record<string, string>>;
}

/** A key as plans compare it. */
export const keyState = ({ state, rotation, policy, tags }: KeyState): ObjectState => ({
  state,
  rotation,
  policy: policy.statements.map(statement => ({ ...statement })),
  tags: { ...tags },
});

/** A key as an object of a plan. */
export const keyObject = (region: Region, id: string): LiveObject => ({ kind: 'kms-key', region, id });

type About = { readonly region: Region; readonly id: ChangeId; readonly title: string };

/** Creates a symmetric key under a policy as it is written. An undo has KMS delete it, after the seven days that are the least KMS waits. */
export function createKey(
  description: string,
  written: string,
  state: KeyState,
  { region, id, title }: About,
): Change {
  const created = { $created: id };
  const Tags = Object.entries(state.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  const undo = kmsCall('ScheduleKeyDeletion', { KeyId: created, PendingWindowInDays: 7 });
  return {
    id,
    title,
    object: { kind: 'kms-key', region, id: created },
    edit: { kind: 'create', state: keyState(state) },
    call: kmsCall('CreateKey', { Description: description, Policy: written, Tags }),
    permissions: ['kms:CreateKey', 'kms:TagResource'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: undo, permissions: ['kms:ScheduleKeyDeletion'] },
  };
}

/** Lets an alias that is not there lead to a key, and takes it away again. */
export function createAlias(alias: string, key: string, { region, id, title }: About): Change {
  return {
    id,
    title,
    object: { kind: 'kms-alias', region, id: alias },
    edit: { kind: 'create', state: { key } },
    call: kmsCall('CreateAlias', { AliasName: alias, TargetKeyId: key }),
    permissions: ['kms:CreateAlias'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: kmsCall('DeleteAlias', { AliasName: alias }),
      permissions: ['kms:DeleteAlias'],
    },
  };
}

/** Adds a statement to the policy of a key, which keeps all that it says; taken back, the key has the very text it had. */
export const addToKeyPolicy = (
  region: Region,
  key: string,
  { from, to, added }: { from: string; to: string; added: PolicyDocument['statements'] },
): Change => {
  const put = (Policy: string) => kmsCall('PutKeyPolicy', { KeyId: key, Policy });
  return {
    id: `kms/${region}/${key}/policy`,
    title: 'let its policy allow CloudTrail to encrypt under it, beside all that it says',
    object: keyObject(region, key),
    edit: {
      kind: 'list',
      field: 'policy',
      remove: [],
      add: added.map(statement => ({ ...statement })),
    },
    call: put(to),
    permissions: ['kms:PutKeyPolicy'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: put(from), permissions: ['kms:PutKeyPolicy'] },
  };
};

/** Has KMS make new key material for a key every year. */
export const rotateKey = (region: Region, id: string): Change => ({
  id: `kms/${region}/${id}/rotation`,
  title: 'have KMS make new key material every year',
  object: keyObject(region, id),
  edit: { kind: 'set', fields: { rotation: { from: false, to: true } } },
  call: kmsCall('EnableKeyRotation', { KeyId: id }),
  permissions: ['kms:EnableKeyRotation'],
  effect: NO_EFFECT,
  dependsOn: [],
  undo: {
    kind: 'call',
    call: kmsCall('DisableKeyRotation', { KeyId: id }),
    permissions: ['kms:DisableKeyRotation'],
  },
});

const kmsCall = (operation: string, input: JsonObject): Call => ({ service: 'kms', operation, input });
