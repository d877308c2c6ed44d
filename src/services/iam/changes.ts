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
): Change {
  const named = { RoleName: role, PolicyName: name };
  const put = (policy: Json) =>
    iamCall('PutRolePolicy', { ...named, PolicyDocument: JSON.stringify(policy) });
  return {
    id: `iam/${region}/${role}/${name}`,
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

const iamCall = (operation: string, input: JsonObject): Call => ({ service: 'iam', operation, input });
