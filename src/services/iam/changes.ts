import type { Region } from '../../model/identifiers.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Call, Change, ChangeId, LiveObject, ObjectState } from '../../model/plan.ts';
import { NO_EFFECT } from '../../network/effect.ts';
import { ROLE_PATH, type Role } from './facts.ts';

/** A role as plans compare it; its policies are objects of their own. */
export const roleState = ({ trust, tags }: Pick<Role, 'trust' | 'tags'>): ObjectState => ({ trust, tags });

/** The role as an object of a plan. */
export const roleObject = (region: Region, name: string): LiveObject => ({
  kind: 'iam-role',
  region,
  id: name,
});

/** An inline policy of a role as plans compare it. */
export const rolePolicyState = (document: Json): ObjectState => ({ document });

/** The policy as an object of a plan: the names of its role and its own, which may hold no slash. */
export const rolePolicyObject = (region: Region, role: string, policy: string): LiveObject => ({
  kind: 'iam-role-policy',
  region,
  id: `${role}/${policy}`,
});

/** The ARN of a role of ours, which is known before it is created. */
export const roleArn = ({ id, partition }: { id: string; partition: string }, name: string): string =>
  `arn:${partition}:iam::${id}:role${ROLE_PATH}${name}`;

/** Creates a role that may do nothing yet. */
export function createRole(
  { name, description, trust }: { name: string; description: string; trust: Json },
  { region, id, tags }: { region: Region; id: ChangeId; tags: Readonly<Record<string, string>> },
): Change {
  return {
    id,
    title: `create the role ${name}`,
    object: roleObject(region, name),
    edit: { kind: 'create', state: roleState({ trust, tags }) },
    call: iamCall('CreateRole', {
      RoleName: name,
      Path: ROLE_PATH,
      Description: description,
      AssumeRolePolicyDocument: JSON.stringify(trust),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
    permissions: ['iam:CreateRole', 'iam:TagRole'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: iamCall('DeleteRole', { RoleName: name }), permissions: ['iam:DeleteRole'] },
  };
}

/** An inline policy of a role: what it says now, where it is there, and what it is to say. */
export interface RolePolicy {
  readonly role: string;
  readonly name: string;
  readonly now: Json | undefined;
  readonly document: Json;
}

/** Gives a role an inline policy; `creation` is the change that creates the role, where the plan does. */
export function putRolePolicy(
  region: Region,
  { role, name, now, document }: RolePolicy,
  creation: ChangeId | undefined,
  id: ChangeId = `iam/${region}/${role}/${name}`,
): Change {
  const named = { RoleName: role, PolicyName: name };
  const put = (policy: Json) =>
    iamCall('PutRolePolicy', { ...named, PolicyDocument: JSON.stringify(policy) });
  return {
    id,
    title: `let ${role} do what its policy ${name} says`,
    object: rolePolicyObject(region, role, name),
    edit:
      now === undefined
        ? { kind: 'create', state: rolePolicyState(document) }
        : { kind: 'set', fields: { document: { from: now, to: document } } },
    call: put(document),
    permissions: ['iam:PutRolePolicy'],
    effect: NO_EFFECT,
    dependsOn: creation === undefined ? [] : [creation],
    undo:
      now === undefined
        ? { kind: 'call', call: iamCall('DeleteRolePolicy', named), permissions: ['iam:DeleteRolePolicy'] }
        : { kind: 'call', call: put(now), permissions: ['iam:PutRolePolicy'] },
  };
}

/** Takes an inline policy from a role, after `after`. */
export function deleteRolePolicy(
  region: Region,
  { role, name, document }: Omit<RolePolicy, 'now'>,
  { id, after }: { id: ChangeId; after: readonly ChangeId[] },
): Change {
  const named = { RoleName: role, PolicyName: name };
  return {
    id,
    title: `take its policy ${name} from ${role}`,
    object: rolePolicyObject(region, role, name),
    edit: { kind: 'delete', state: rolePolicyState(document) },
    call: iamCall('DeleteRolePolicy', named),
    permissions: ['iam:DeleteRolePolicy'],
    effect: NO_EFFECT,
    dependsOn: [...after],
    undo: {
      kind: 'call',
      call: iamCall('PutRolePolicy', { ...named, PolicyDocument: JSON.stringify(document) }),
      permissions: ['iam:PutRolePolicy'],
    },
  };
}

/** That a role has a managed policy, as plans compare it. */
export const ATTACHED: ObjectState = { attached: true };

/** A managed policy on a role as an object of a plan: the name of the one, which may hold no slash, and the ARN of the other. */
export const attachmentObject = (region: Region, role: string, policy: string): LiveObject => ({
  kind: 'iam-role-attachment',
  region,
  id: `${role}/${policy}`,
});

/** Takes a managed policy from a role, after `after`; the policy itself stays. */
export function detachRolePolicy(
  region: Region,
  { role, policy }: { role: string; policy: string },
  { id, after }: { id: ChangeId; after: readonly ChangeId[] },
): Change {
  const input = { RoleName: role, PolicyArn: policy };
  return {
    id,
    title: `detach ${policy} from ${role}`,
    object: attachmentObject(region, role, policy),
    edit: { kind: 'delete', state: ATTACHED },
    call: iamCall('DetachRolePolicy', input),
    permissions: ['iam:DetachRolePolicy'],
    effect: NO_EFFECT,
    dependsOn: [...after],
    undo: { kind: 'call', call: iamCall('AttachRolePolicy', input), permissions: ['iam:AttachRolePolicy'] },
  };
}

/** Has others take on a role than now. */
export function updateTrust(
  region: Region,
  { name, from, to }: { name: string; from: Json; to: Json },
  id: ChangeId,
): Change {
  const update = (trust: Json) =>
    iamCall('UpdateAssumeRolePolicy', { RoleName: name, PolicyDocument: JSON.stringify(trust) });
  const permissions = ['iam:UpdateAssumeRolePolicy'];
  return {
    id,
    title: `let nobody take on ${name} but its service, for this account`,
    object: roleObject(region, name),
    edit: { kind: 'set', fields: { trust: { from, to } } },
    call: update(to),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: update(from), permissions },
  };
}

/** An access key as plans compare it. */
export const accessKeyState = (status: string): ObjectState => ({ status });

/** The key as an object of a plan: the name of its user, which may hold no slash, and its id. */
export const accessKeyObject = (region: Region, user: string, key: string): LiveObject => ({
  kind: 'access-key',
  region,
  id: `${user}/${key}`,
});

/** Turns an access key off; an undo turns it on again. */
export function deactivateKey(region: Region, { user, key }: { user: string; key: string }): Change {
  const update = (Status: 'Active' | 'Inactive') =>
    iamCall('UpdateAccessKey', { UserName: user, AccessKeyId: key, Status });
  const permissions = ['iam:UpdateAccessKey'];
  return {
    id: `access-key/${key.toLowerCase()}`,
    title: `turn off the access key ${key} of ${user}`,
    object: accessKeyObject(region, user, key),
    edit: { kind: 'set', fields: { status: { from: 'Active', to: 'Inactive' } } },
    call: update('Inactive'),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: update('Active'), permissions },
  };
}

const iamCall = (operation: string, input: JsonObject): Call => ({ service: 'iam', operation, input });
