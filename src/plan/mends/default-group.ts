import { groupResource } from '../../findings/resources.ts';
import { rulesByGroup } from '../../findings/rules-by-group.ts';
import type { Finding } from '../../model/finding.ts';
import type { LeftAlone, Obstacle } from '../../model/plan.ts';
import type { KnownPeers } from '../../network/security-group.ts';
import type { SecurityGroup } from '../../services/ec2/facts.ts';
import { lockedOut } from '../guards.ts';
import { managerOf } from '../owner.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';
import { finished } from './security-group-rows.ts';

/** Empties the default group of a VPC, unless something is in it. */
export const defaultGroup: Planner = {
  controls: ['security-group/default-closed'],
  needs: ['ec2.networkInterfaces', 'ec2.vpcs'],
  plan: (scene, failing) => together(failing.map(finding => proposal(scene, finding))),
};

function proposal(scene: Scene, finding: Finding): Proposal {
  const { audit, region } = scene;
  const group = audit.value('ec2.securityGroups').find(({ id }) => id === finding.resource.id);
  if (group === undefined) return NOTHING;
  const about = { region, resource: groupResource(audit, group), for: [causeOf(finding)] };
  const left = (obstacle: Obstacle, detail: string): Proposal => ({
    ...NOTHING,
    leftAlone: [{ ...about, obstacle, detail } satisfies LeftAlone],
  });
  const managedBy = managerOf(group.tags);
  if (managedBy !== undefined && !scene.includeManaged) {
    return left('managed', `It belongs to ${managedBy}: change it there, or pass --include-managed.`);
  }
  const members = audit
    .value('ec2.networkInterfaces')
    .filter(({ securityGroups }) => securityGroups.includes(group.id));
  const used =
    members.length === 0
      ? undefined
      : `${members.map(({ id }) => id).join(', ')} would lose what the group allows`;
  if (used !== undefined && !scene.allowDisruptive) {
    return left('disruptive', `${used}: give them a group of their own first, or pass --allow-disruptive.`);
  }
  const live = rulesByGroup(audit.value('ec2.securityGroupRules')).get(group.id) ?? [];
  const mend = { add: [], revoke: live, live };
  const peers: KnownPeers = { prefixLists: new Map(), groups: new Map() };
  const out = lockedOut(mend, peers, scene.callerAddress);
  if (out !== undefined && !scene.allowDisruptive) return left('would-lock-out', out);
  const disruption = used ?? out;
  return finished({ region, group, rules: live, peers }, mend, {
    ...about,
    title: `empty ${group.id}, the default group of ${whose(scene, group)}`,
    ...(disruption !== undefined && { disruption }),
    ...(managedBy !== undefined && { managedBy }),
  });
}

/** The VPC in words: a plan may be about one VPC, and empty the groups of others of the Region too. */
function whose({ audit, vpc: home }: Scene, { vpc: id }: SecurityGroup): string {
  if (id === home?.id) return `the baseline's VPC ${id}`;
  const vpc = audit.value('ec2.vpcs').find(one => one.id === id);
  return vpc?.isDefault === true ? `${id}, the default VPC that AWS made in the Region` : id;
}
