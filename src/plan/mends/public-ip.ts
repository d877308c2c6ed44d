import { subnetResource } from '../../findings/resources.ts';
import type { Finding } from '../../model/finding.ts';
import { closePublicIp, subnetObject, subnetState } from '../../services/ec2/subnet/changes.ts';
import { managerOf } from '../owner.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

/** Lets a subnet give no public address to what is launched in it. */
export const publicIpOnLaunch: Planner = {
  controls: ['vpc/*public-ip*'],
  plan: (scene, failing) => together(failing.map(finding => proposal(scene, finding))),
};

function proposal(scene: Scene, finding: Finding): Proposal {
  const { audit, region, includeManaged } = scene;
  const subnet = audit.value('ec2.subnets').find(({ id }) => id === finding.resource.id);
  if (subnet === undefined || !subnet.publicIpOnLaunch) return NOTHING;
  const about = { region, resource: subnetResource(subnet), for: [causeOf(finding)] };
  const managedBy = managerOf(subnet.tags);
  if (managedBy !== undefined && !includeManaged) {
    const detail = `It belongs to ${managedBy}: change it there, or pass --include-managed.`;
    return { ...NOTHING, leftAlone: [{ ...about, obstacle: 'managed', detail }] };
  }
  const mend = {
    ...about,
    id: subnet.id,
    title: `launch nothing with a public address in ${subnet.id}`,
    risk: 'safe' as const,
    ...(managedBy !== undefined && { managedBy }),
    changes: [closePublicIp(region, subnet)],
  };
  return {
    ...NOTHING,
    mends: [mend],
    fingerprints: [{ object: subnetObject(region, subnet.id), state: subnetState(subnet) }],
  };
}
