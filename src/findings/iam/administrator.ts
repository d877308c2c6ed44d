import type { Condition } from '../../model/policy.ts';
import { coversAction, coversResource } from '../../policy/statement.ts';
import type { Grant, Permissions } from './permissions.ts';

/** How far an identity's permissions go: everything, by a statement that says so or by one that lets it grant itself the rest. */
export type Power =
  | { readonly kind: 'limited' }
  | { readonly kind: 'everything'; readonly by: Grant }
  | { readonly kind: 'self-granting'; readonly by: Grant; readonly action: string }
  | { readonly kind: 'unclear'; readonly by: Grant };

/** What of IAM, where it may be done to any of a kind, is as good as every permission. */
const SELF_GRANTING = {
  'iam:AttachRolePolicy': 'role',
  'iam:PutRolePolicy': 'role',
  'iam:AttachUserPolicy': 'user',
  'iam:PutUserPolicy': 'user',
  'iam:AttachGroupPolicy': 'group',
  'iam:PutGroupPolicy': 'group',
  'iam:CreatePolicyVersion': 'policy',
} as const;

/** How far permissions go that an identity holds in the account of an ARN. */
export function powerOf(permissions: Permissions, arn: string): Power {
  const [, partition = '', , , account = ''] = arn.split(':');
  const deeds = [
    { action: '*:*', resource: `arn:${partition}:*:*:*:*` },
    ...Object.entries(SELF_GRANTING).map(([action, kind]) => ({
      action,
      resource: `arn:${partition}:iam::${account}:${kind}/*`,
    })),
  ];
  let unclear: Grant | undefined;
  for (const { action, resource } of deeds) {
    const found = grantOf(permissions, action, resource);
    if (found?.certain === true) {
      const { by } = found;
      return action === '*:*' ? { kind: 'everything', by } : { kind: 'self-granting', by, action };
    }
    unclear ??= found?.by;
  }
  return unclear === undefined ? { kind: 'limited' } : { kind: 'unclear', by: unclear };
}

/** The statement that allows all of it, past every Deny and within the boundary; where only ones with a condition do, one of them. */
function grantOf(
  { allows, denies, boundary }: Permissions,
  action: string,
  resource: string,
): { by: Grant; certain: boolean } | undefined {
  const speaks = ({ statement }: Grant) =>
    coversAction(statement, action) &&
    coversResource(statement, resource) &&
    !limitsGrants(statement.conditions);
  const isCertain = ({ statement }: Grant) => statement.conditions.every(isOfTheCaller);
  const barred = denies.some(grant => grant.statement.conditions.length === 0 && speaks(grant));
  if (barred || (boundary !== undefined && !boundary.some(speaks))) return undefined;
  const speaking = allows.filter(speaks);
  const by = speaking.find(isCertain) ?? speaking[0];
  return (
    by && {
      by,
      certain: isCertain(by) && (boundary?.some(grant => speaks(grant) && isCertain(grant)) ?? true),
    }
  );
}

/** Whether a condition is about who calls, when, from where and how: whoever meets it may do all that the statement says. */
const isOfTheCaller = ({ key }: Condition): boolean =>
  /^aws:(multifactorauth|principal|source(ip|vpc|vpce|identity)$|vpcsourceip|user|currenttime|epochtime|tokenissuetime|securetransport|federatedprovider)/.test(
    key,
  );

/** Whether what may be granted is held to a boundary, or to some policies: so administration is delegated (IAM's guide). */
const limitsGrants = (conditions: readonly Condition[]): boolean =>
  conditions.some(
    ({ key, operator }) =>
      (key === 'iam:permissionsboundary' || key === 'iam:policyarn') && !/Not|^Null$/.test(operator),
  );
