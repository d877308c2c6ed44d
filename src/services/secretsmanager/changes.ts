import type { Region } from '../../model/identifiers.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Call, Change, ChangeId, LiveObject, ObjectState } from '../../model/plan.ts';
import { NO_EFFECT } from '../../network/effect.ts';
import { policyState } from '../../policy/policy-state.ts';
import type { Secret } from './facts.ts';

/** A secret as plans compare it. One that is to be deleted is none; its value is nobody's to see, only whether it has one. */
export const secretState = ({ hasValue, tags }: Pick<Secret, 'hasValue' | 'tags'>): ObjectState => ({
  hasValue,
  tags,
});

/** A secret as an object of a plan. */
export const secretObject = (region: Region, name: string): LiveObject => ({
  kind: 'secret',
  region,
  id: name,
});

/** The resource policy of a secret as an object of a plan; there is none where the secret has none. */
export const secretPolicyObject = (region: Region, name: string): LiveObject => ({
  kind: 'secret-policy',
  region,
  id: name,
});

/** Creates a secret without a value, which nobody can read, and takes it away again: at once as long as it has none. */
export function createSecret(
  { name, description, key }: { name: string; description: string; key?: string | undefined },
  { region, id, tags }: { region: Region; id: ChangeId; tags: Readonly<Record<string, string>> },
): Change {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    id,
    title: `create the secret ${name}, without a value`,
    object: secretObject(region, name),
    edit: { kind: 'create', state: secretState({ hasValue: false, tags }) },
    call: call('CreateSecret', {
      Name: name,
      Description: description,
      ...(key !== undefined && { KmsKeyId: key }),
      Tags,
      ClientRequestToken: { $token: id },
    }),
    permissions: [
      'secretsmanager:CreateSecret',
      'secretsmanager:TagResource',
      ...(key === undefined ? [] : ['kms:GenerateDataKey', 'kms:Decrypt']),
    ],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: call('DeleteSecret', { SecretId: name, ForceDeleteWithoutRecovery: true }),
      permissions: ['secretsmanager:DeleteSecret'],
    },
  };
}

/** The longest that Secrets Manager keeps what is to be deleted, in days. */
const LONGEST_WINDOW = 30;

/** Restores a secret that is to be deleted. Taken back it is to be deleted again, and not before it would have been. */
export const restoreSecret = (region: Region, id: ChangeId, secret: Secret): Change => ({
  id,
  title: 'restore it, with the values that it has',
  object: secretObject(region, secret.name),
  edit: { kind: 'create', state: secretState(secret) },
  call: call('RestoreSecret', { SecretId: secret.name }),
  permissions: ['secretsmanager:RestoreSecret'],
  effect: NO_EFFECT,
  dependsOn: [],
  undo: {
    kind: 'call',
    call: call('DeleteSecret', { SecretId: secret.name, RecoveryWindowInDays: LONGEST_WINDOW }),
    permissions: ['secretsmanager:DeleteSecret'],
  },
});

/** What is put, and what is there: null where there is no policy. */
interface PolicyPut {
  readonly name: string;
  readonly from: string | null;
  readonly to: string;
}

/** Puts a resource policy in the place of another, or of none; `creation` is the change that creates the secret, where the plan does. */
export const putSecretPolicy = (
  { region, id, title }: { readonly region: Region; readonly id: ChangeId; readonly title: string },
  { name, from, to }: PolicyPut,
  creation?: ChangeId,
): Change => ({
  id,
  title,
  object: secretPolicyObject(region, name),
  edit:
    from === null
      ? { kind: 'create', state: policyState(to) }
      : { kind: 'set', fields: { policy: { from: policyOf(from), to: policyOf(to) } } },
  // A policy that lets everyone in is refused by it, also where a statement beside it stops them: then it was there before.
  call: call('PutResourcePolicy', { SecretId: name, ResourcePolicy: to, BlockPublicPolicy: from === null }),
  permissions: ['secretsmanager:PutResourcePolicy'],
  effect: NO_EFFECT,
  dependsOn: creation === undefined ? [] : [creation],
  undo: creation === undefined ? back(name, from) : { kind: 'with', change: creation },
});

const policyOf = (text: string): Json => policyState(text).policy ?? null;

/** Puts back the very text that was there. */
const back = (SecretId: string, from: string | null): Change['undo'] =>
  from === null
    ? {
        kind: 'call',
        call: call('DeleteResourcePolicy', { SecretId }),
        permissions: ['secretsmanager:DeleteResourcePolicy'],
      }
    : {
        kind: 'call',
        call: call('PutResourcePolicy', { SecretId, ResourcePolicy: from, BlockPublicPolicy: false }),
        permissions: ['secretsmanager:PutResourcePolicy'],
      };

const call = (operation: string, input: JsonObject): Call => ({
  service: 'secretsmanager',
  operation,
  input,
});
