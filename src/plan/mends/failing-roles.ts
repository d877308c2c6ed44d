import type { WorkloadRole } from '../../findings/iam/wanted.ts';
import type { Finding } from '../../model/finding.ts';
import type { RoleDetail } from '../../services/iam/facts.ts';
import type { Scene } from '../scene.ts';

/** A role of the baseline's, and what fails about it. */
export interface FailingRole {
  readonly row: WorkloadRole;
  readonly role: RoleDetail;
  readonly findings: readonly Finding[];
}

/** The roles that findings are about. Throws UnknownFact. */
export function failingRoles({ audit }: Scene, failing: readonly Finding[]): FailingRole[] {
  const { roles } = audit.value('iam.authorization');
  return audit.baseline.roles.workloads.flatMap(row => {
    const role = roles.find(({ name }) => name === row.name);
    const findings = failing.filter(({ resource }) => resource.arn === role?.arn);
    return role === undefined || findings.length === 0 ? [] : [{ row, role, findings }];
  });
}
