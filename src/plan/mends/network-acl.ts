import { reachFacts } from '../../findings/reachability/live-network.ts';
import { subnetResource } from '../../findings/resources.ts';
import { type WantedEntry, wantedEntries } from '../../findings/wanted-entries.ts';
import type { Baseline } from '../../model/baseline/baseline.ts';
import { Tier } from '../../model/baseline/row.ts';
import type { Finding } from '../../model/finding.ts';
import type { LeftAlone, Obstacle } from '../../model/plan.ts';
import { equal } from '../../network/packet-set.ts';
import type { NetworkAcl, NetworkAclEntry, Subnet } from '../../services/ec2/facts.ts';
import {
  aclObject,
  aclPassage,
  replacedAcls,
  subnetAclObject,
  tierChanges,
  tierMend,
} from '../../services/ec2/network-acl/changes.ts';
import { networkAclState, subnetAclState } from '../../services/ec2/network-acl/state.ts';
import { cutByAcl } from '../acl-guard.ts';
import { managerOf } from '../owner.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

/** Gives the subnets of a tier a NACL with the tier's entries, built whole beside the one they have. */
export const networkAcls: Planner = {
  controls: ['network-acl/*'],
  needs: reachFacts,
  plan: (scene, failing) => together(kept(Tier.options.map(tier => proposal(scene, tier, failing)))),
};

/** What several tiers share still fails while one of them is left alone, so that no mend of another claims to end it. */
function kept(proposals: readonly Proposal[]): Proposal[] {
  const staying = new Set(
    proposals.flatMap(({ leftAlone }) => leftAlone.flatMap(left => left.for.map(({ finding }) => finding))),
  );
  return proposals.map(proposal => {
    const mends = proposal.mends
      .map(mend => ({ ...mend, for: mend.for.filter(({ finding }) => !staying.has(finding)) }))
      .filter(mend => mend.for.length > 0);
    return mends.length === 0 ? { ...NOTHING, leftAlone: proposal.leftAlone } : { ...proposal, mends };
  });
}

/** AWS's default quota of entries per direction, the implicit deny among them (VPC user guide, amazon-vpc-limits). */
const ENTRIES_PER_DIRECTION = 20;

function proposal(scene: Scene, tier: Tier, failing: readonly Finding[]): Proposal {
  const { audit, region, vpc } = scene;
  if (vpc === undefined) return NOTHING;
  const acls = audit.value('ec2.networkAcls').filter(acl => acl.vpc === vpc.id);
  const held = audit.tier(tier).flatMap(subnet => {
    const acl = acls.find(({ associations }) => associations.some(({ subnet: of }) => of === subnet.id));
    return acl === undefined ? [] : [{ subnet, acl }];
  });
  const causes = failing.filter(finding => isAbout(finding, tier, held, scene)).map(causeOf);
  const [first] = held;
  if (causes.length === 0 || first === undefined) return NOTHING;
  const wanted = entriesOf(audit.baseline, tier);
  const tierSubnets = new Set(held.map(({ subnet }) => subnet.id));
  const isOwn = (acl: NetworkAcl) =>
    !acl.isDefault && acl.associations.every(({ subnet }) => tierSubnets.has(subnet)) && says(acl, wanted);
  const subnets = held.filter(({ acl }) => !isOwn(acl));
  const about = {
    region,
    resource: subnetResource(first.subnet),
    for: causes,
  };
  const left = (obstacle: Obstacle, detail: string): Proposal => ({
    ...NOTHING,
    leftAlone: [{ ...about, obstacle, detail } satisfies LeftAlone],
  });
  const accepted = scene.suppressed.find(finding => isAbout(finding, tier, held, scene));
  if (accepted !== undefined) {
    return left(
      'suppressed',
      `A network ACL is replaced whole, and the baseline suppresses ${accepted.control} of it (${accepted.suppressed?.by}).`,
    );
  }
  const managedBy = held
    .map(({ acl, subnet }) => managerOf(acl.tags) ?? managerOf(subnet.tags))
    .find(owner => owner !== undefined);
  if (managedBy !== undefined && !scene.includeManaged) {
    return left(
      'managed',
      `The ${tier} tier belongs to ${managedBy}: change it there, or pass --include-managed.`,
    );
  }
  for (const egress of [false, true]) {
    const count = wanted.filter(entry => entry.egress === egress).length + 1;
    if (count > ENTRIES_PER_DIRECTION) {
      return left(
        'quota',
        `Its rows make ${count} ${egress ? 'outbound' : 'inbound'} entries, and the quota is ${ENTRIES_PER_DIRECTION}.`,
      );
    }
  }
  if (subnets.length === 0) return NOTHING;
  const cut = cutByAcl(scene, { ...audit, vpc }, { tier, held: subnets, wanted });
  if (cut !== undefined && !scene.allowDisruptive) return left('would-cut-flow', cut);
  const ready = acls.find(isOwn);
  const changes = tierChanges({
    region,
    tier,
    vpc: vpc.id,
    plan: scene.plan,
    wanted,
    subnets,
    ...(ready !== undefined && { ready }),
  });
  return {
    ...NOTHING,
    mends: [
      {
        ...about,
        id: tierMend({ region, tier }),
        title: `give the ${tier} tier's subnets a network ACL with its rows`,
        risk: 'review',
        disruption:
          cut ??
          'Network ACLs keep no state: what the new one denies is cut at once, connections that are open now among it. The old one stays, unassociated.',
        ...(managedBy !== undefined && { managedBy }),
        changes,
      },
    ],
    fingerprints: [
      ...subnets.map(({ subnet, acl }) => ({
        object: subnetAclObject(region, subnet.id),
        state: subnetAclState(acl),
      })),
      ...replacedAcls({ subnets }).map(acl => ({
        object: aclObject(region, acl.id),
        state: networkAclState(acl),
      })),
    ],
  };
}

/** Both lists of a tier. An entry for ICMP must say which types: -1 is all. */
const entriesOf = (baseline: Baseline, tier: Tier): NetworkAclEntry[] =>
  [...wantedEntries(baseline, tier, 'inbound'), ...wantedEntries(baseline, tier, 'outbound')]
    .map(({ number, egress, action, protocol, cidr, ports }: WantedEntry) => ({
      number,
      egress,
      action,
      protocol,
      cidr,
      ...(ports !== undefined && { ports }),
      ...((protocol === '1' || protocol === '58') && { icmp: { type: -1, code: -1 } }),
    }))
    .sort((a, b) => Number(a.egress) - Number(b.egress) || a.number - b.number);

/** Whether a NACL lets the same packets pass as the wanted entries do, however it is written. */
function says(acl: NetworkAcl, wanted: readonly NetworkAclEntry[]): boolean {
  const [now, then] = [aclPassage(acl.entries), aclPassage(wanted)];
  return equal(now.ingress, then.ingress) && equal(now.egress, then.egress);
}

function isAbout(
  { control, resource, row }: Finding,
  tier: Tier,
  held: readonly { subnet: Subnet; acl: NetworkAcl }[],
  { audit }: Scene,
): boolean {
  if (!control.startsWith('network-acl/')) return false;
  // A control of one tier's list speaks of that tier, also where another has the same list.
  const judged = Tier.options.find(of => control.startsWith(`network-acl/${of}-`));
  if (judged !== undefined && judged !== tier) return false;
  if (!held.some(({ subnet, acl }) => resource.id === subnet.id || resource.id === acl.id)) return false;
  const rowTier = audit.baseline.networkAcls.rows.find(({ id }) => id === row?.id)?.tier;
  return rowTier === undefined || rowTier === tier;
}
