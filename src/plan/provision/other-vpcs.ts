import type { Finding } from '../../model/finding.ts';
import type { LeftAlone } from '../../model/plan.ts';
import { aboutFinding } from '../leave.ts';
import type { Site } from './site.ts';

/**
 * The failing findings about the default security groups of VPCs that somebody made, but for the baseline's: what stands
 * there is not the shop's, and its group is for `fix`. The VPC that AWS makes in every Region is nobody's.
 */
export function findingsElsewhere({ audit, vpc: home }: Site, findings: readonly Finding[]): Finding[] {
  const vpcs = audit.value('ec2.vpcs').filter(({ id, isDefault }) => !isDefault && id !== home?.id);
  const groups = audit.value('ec2.securityGroups').filter(({ vpc }) => vpcs.some(({ id }) => id === vpc));
  return findings.filter(
    ({ control, resource, status, suppressed }) =>
      control === 'security-group/default-closed' &&
      status === 'fail' &&
      suppressed === undefined &&
      groups.some(({ id }) => id === resource.id),
  );
}

/** What an apply says of such a finding. */
export const leftToFix = (finding: Finding): LeftAlone => ({
  ...aboutFinding(finding),
  obstacle: 'no-mend',
  detail: `It is in a VPC that is not the baseline's. To empty it: securecart fix --control ${finding.control} --resource ${finding.resource.id}`,
});
