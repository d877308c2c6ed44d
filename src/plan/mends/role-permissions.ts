import { policyName as shortName } from '../../findings/iam/permissions.ts';
import { compareRole } from '../../findings/iam/role-rows.ts';
import { canonicalJson } from '../../model/json.ts';
import type { Change, Fingerprint } from '../../model/plan.ts';
import {
  ATTACHED,
  attachmentObject,
  deleteRolePolicy,
  detachRolePolicy,
  putRolePolicy,
  rolePolicyObject,
  rolePolicyState,
} from '../../services/iam/changes.ts';
import type { RoleDetail } from '../../services/iam/facts.ts';
import { leave, unlessManaged } from '../leave.ts';
import { type AccountPlanner, causeOf, NOTHING, type Proposal, type Scene, together } from '../scene.ts';
import { policyFor, policyName } from '../workload-role.ts';
import { type FailingRole, failingRoles } from './failing-roles.ts';

/** Lets the roles of workloads do what their rows name, by one inline policy, and takes from them the policies that allow more. */
export const rolePermissions: AccountPlanner = {
  controls: ['iam/role-permissions'],
  plan: ([home, ...others], failing) =>
    home === undefined
      ? NOTHING
      : together(failingRoles(home, failing).map(one => mended(home, [home, ...others], one))),
};

/** Throws UnknownFact. */
function mended(home: Scene, scenes: readonly Scene[], failing: FailingRole): Proposal {
  const { row, role, findings } = failing;
  const [first] = findings;
  if (first === undefined) return NOTHING;
  const about = { resource: first.resource, for: findings.map(causeOf) };
  const { policies } = home.audit.value('iam.authorization');
  const compareRow = (of: RoleDetail) => compareRole(row, of, policies, scenes);
  const { excess } = compareRow(role);
  const own = policyName(home);
  const broad = new Set(excess.flatMap(({ certain, by }) => (certain ? [by.policy] : [])));
  const left = without(role, broad);
  const lacks = compareRow(left).lack.refused.length > 0;
  const after =
    lacks || broad.has(own) ? { ...left, inline: { ...left.inline, [own]: policyFor(home, row) } } : left;
  const still = compareRow(after);
  if (still.lack.refused.length > 0 || still.excess.some(({ certain }) => certain)) {
    const detail =
      'A Deny or the permissions boundary of the role takes away what it needs: change that by hand.';
    return leave(about, 'no-mend', detail);
  }
  const { changes, fingerprints } = difference(home, failing, after);
  return unlessManaged(home, about, role.tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        region: home.region,
        id: `iam/${row.id}/permissions`,
        title: `let ${role.name} do what the baseline names, and nothing more`,
        risk: broad.size > 0 ? 'review' : 'safe',
        ...(broad.size > 0 && {
          disruption: `What works as ${role.name} and needs more than the baseline names is refused: it loses ${[...broad].map(shortName).join(', ')}.`,
        }),
        changes,
      },
    ],
    fingerprints,
  }));
}

const without = (role: RoleDetail, policies: ReadonlySet<string>): RoleDetail => ({
  ...role,
  inline: Object.fromEntries(Object.entries(role.inline).filter(([name]) => !policies.has(name))),
  attached: role.attached.filter(arn => !policies.has(arn)),
});

/** The changes that make of a role what it is to be: what it needs is given before anything is taken. */
function difference(
  home: Scene,
  { row, role }: FailingRole,
  after: RoleDetail,
): { changes: Change[]; fingerprints: Fingerprint[] } {
  const { region } = home;
  const own = policyName(home);
  const [now, document] = [role.inline[own], after.inline[own]];
  const isNew =
    document !== undefined && (now === undefined || canonicalJson(now) !== canonicalJson(document));
  const put = isNew
    ? [
        putRolePolicy(
          region,
          { role: role.name, name: own, now, document },
          undefined,
          `iam/${row.id}/policy`,
        ),
      ]
    : [];
  const then = put.map(({ id }) => id);
  const inline = Object.entries(role.inline).filter(([name]) => after.inline[name] === undefined);
  const attached = role.attached.filter(arn => !after.attached.includes(arn));
  const named = (n: number) => ({ id: `iam/${row.id}/take-${n + 1}`, after: then });
  return {
    changes: [
      ...put,
      ...inline.map(([name, document], n) =>
        deleteRolePolicy(region, { role: role.name, name, document }, named(n)),
      ),
      ...attached.map((policy, n) =>
        detachRolePolicy(region, { role: role.name, policy }, named(inline.length + n)),
      ),
    ],
    fingerprints: [
      ...(isNew && now !== undefined
        ? [{ object: rolePolicyObject(region, role.name, own), state: rolePolicyState(now) }]
        : []),
      ...inline.map(([name, document]) => ({
        object: rolePolicyObject(region, role.name, name),
        state: rolePolicyState(document),
      })),
      ...attached.map(policy => ({ object: attachmentObject(region, role.name, policy), state: ATTACHED })),
    ],
  };
}
