import { roleResource } from '../../findings/iam/roles.ts';
import type { WorkloadRole } from '../../findings/iam/wanted.ts';
import { known } from '../../model/fact.ts';
import { ownTags } from '../../services/ec2/creation.ts';
import { createRole, putRolePolicy, roleArn } from '../../services/iam/changes.ts';
import { ROLE_PATH, type RoleDetail } from '../../services/iam/facts.ts';
import { policyFor, policyName, trustFor } from '../workload-role.ts';
import { adopt, build, inTurn, type Part, type Provision } from './part.ts';
import type { Site } from './site.ts';

/** The roles of the workloads: one that is there is adopted, whoever made it, and the mends of findings make it what its row asks. */
export const workloadRoles: Provision = {
  controls: ['iam/role-*'],
  needs: ['iam.authorization'],
  build: site =>
    inTurn(
      site,
      site.audit.baseline.roles.workloads.map(row => at => buildRole(at, row)),
    ),
};

function buildRole(site: Site, row: WorkloadRole): Part {
  const { roles } = site.audit.value('iam.authorization');
  const live = roles.find(({ name }) => name === row.name);
  return live === undefined ? newRole(site, row) : adopt(site, `role ${row.name}`, live.name);
}

function newRole(site: Site, row: WorkloadRole): Part {
  const { audit, region } = site;
  const id = `iam/${row.id}/create`;
  const policy = { role: row.name, name: policyName(site), now: undefined, document: policyFor(site, row) };
  const tags = ownTags(site, row.id, row.name, id);
  const role: RoleDetail = {
    name: row.name,
    arn: roleArn({ id: audit.account, partition: audit.partition }, row.name),
    path: ROLE_PATH,
    trust: trustFor(site, row),
    tags,
    inline: { [policy.name]: policy.document },
    attached: [],
  };
  const all = audit.value('iam.authorization');
  return build(site, {
    id: `iam/${row.id}`,
    title: `create the role ${row.name}, which ${row.trusts} takes on`,
    resource: roleResource(role),
    changes: [
      createRole({ name: row.name, description: row.purpose, trust: role.trust }, { region, id, tags }),
      putRolePolicy(region, policy, id, `iam/${row.id}/policy`),
    ],
    facts: { 'iam.authorization': known({ ...all, roles: [...all.roles, role] }) },
  });
}
