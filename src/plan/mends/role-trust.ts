import { roleObject, roleState, updateTrust } from '../../services/iam/changes.ts';
import { unlessManaged } from '../leave.ts';
import { type AccountPlanner, causeOf, NOTHING, type Proposal, type Scene, together } from '../scene.ts';
import { trustFor } from '../workload-role.ts';
import { type FailingRole, failingRoles } from './failing-roles.ts';

/** Has the roles of workloads trust their services alone. */
export const roleTrust: AccountPlanner = {
  // Whom the roles of others let in is for people to say; that everyone may take on one of these ends with the rest.
  controls: ['iam/role-trust', 'iam/public-trust'],
  plan: ([home], failing) =>
    home === undefined ? NOTHING : together(failingRoles(home, failing).map(one => narrowed(home, one))),
};

function narrowed(home: Scene, { row, role, findings }: FailingRole): Proposal {
  const { region } = home;
  const [first] = findings;
  if (first === undefined) return NOTHING;
  const about = { resource: first.resource, for: findings.map(causeOf) };
  const change = updateTrust(
    region,
    { name: role.name, from: role.trust, to: trustFor(home, row) },
    `iam/${row.id}/trust`,
  );
  return unlessManaged(home, about, role.tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        region,
        id: change.id,
        title: change.title,
        risk: 'review',
        disruption: `Whoever else takes on ${role.name} today is refused; sessions that are open last until they end.`,
        changes: [change],
      },
    ],
    fingerprints: [{ object: roleObject(region, role.name), state: roleState(role) }],
  }));
}
