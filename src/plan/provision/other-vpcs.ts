import type { Finding } from '../../model/finding.ts';
import type { LeftAlone } from '../../model/plan.ts';
import { causeOf } from '../scene.ts';
import { lookUp, type Site } from './site.ts';
import { boundVpc } from './vpc.ts';

/**
 * The failing findings about the default security groups of VPCs that somebody made, but for the baseline's: what stands
 * there is not the shop's, and its group is for `fix`. The VPC that AWS makes in every Region is nobody's.
 */
export function findingsElsewhere(site: Site, findings: readonly Finding[]): Finding[] {
  const home = boundVpc(site);
  const vpcs = lookUp(site, 'ec2.vpcs').filter(({ id, isDefault }) => !isDefault && id !== home?.id);
  const groups = lookUp(site, 'ec2.securityGroups').filter(({ vpc }) => vpcs.some(({ id }) => id === vpc));
  return findings.filter(
    ({ control, resource, status, suppressed }) =>
      control === 'security-group/default-closed' &&
      status === 'fail' &&
      suppressed === undefined &&
      groups.some(({ id }) => id === resource.id),
  );
}

/** What an apply says of such a finding. */
export const leftToFix = ({ region }: Site, finding: Finding): LeftAlone => ({
  region,
  resource: finding.resource,
  for: [causeOf(finding)],
  obstacle: 'no-mend',
  detail: `It is in a VPC that is not the baseline's. To empty it: securecart fix --control ${finding.control} --resource ${finding.resource.id}`,
});
