import type { VpcAudit } from '../../findings/control.ts';
import { reachFacts } from '../../findings/reachability/live-network.ts';
import { groupResource } from '../../findings/resources.ts';
import { type Comparison, comparisonOf, extraRules, lackingRules } from '../../findings/row-comparison.ts';
import { rulesByGroup } from '../../findings/rules-by-group.ts';
import { Component } from '../../model/baseline/row.ts';
import type { Finding } from '../../model/finding.ts';
import type { LeftAlone, Mend, Obstacle } from '../../model/plan.ts';
import type { KnownPeers } from '../../network/security-group.ts';
import type { SecurityGroupRule } from '../../services/ec2/facts.ts';
import {
  groupObject,
  type LiveGroup,
  type RuleMend,
  securityGroupChanges,
} from '../../services/ec2/security-group/changes.ts';
import { overQuota } from '../../services/ec2/security-group/quota.ts';
import { type RuleBody, securityGroupState } from '../../services/ec2/security-group/state.ts';
import { lockedOut, stoppedFlow } from '../guards.ts';
import { managerOf } from '../owner.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

/** Mends the rows of components: their groups gain the rules they lack, then lose those that no row allows. */
export const securityGroupRows: Planner = {
  controls: ['security-group/*-ingress', 'security-group/*-egress', 'security-group/remote-administration'],
  needs: reachFacts,
  plan: (scene, failing) => {
    const { vpc } = scene;
    if (vpc === undefined) return NOTHING;
    const audit = { ...scene.audit, vpc };
    const mends = Component.options.flatMap(component => groupMends(audit, component, scene.suppressed));
    return together(groupsOf(failing).map(group => proposal(scene, audit, group, mends, failing)));
  },
};

/** What one component asks of one of its groups. */
interface GroupMend extends RuleMend {
  readonly component: Component;
  readonly group: string;
  readonly live: readonly SecurityGroupRule[];
  readonly peers: KnownPeers;
}

const groupsOf = (failing: readonly Finding[]): string[] =>
  [...new Set(failing.map(({ resource }) => resource.id))].sort();

function groupMends(audit: VpcAudit, component: Component, suppressed: readonly Finding[]): GroupMend[] {
  const { groups, attachments } = audit.component(component);
  const accepted = new Set(suppressed.flatMap(({ blame }) => blame));
  const byGroup = rulesByGroup(audit.value('ec2.securityGroupRules'));
  const liveOf = (group: string) => byGroup.get(group) ?? [];
  const comparisons = (['ingress', 'egress'] as const).map(direction => {
    const inDirection = (group: string) => liveOf(group).filter(rule => rule.direction === direction);
    const comparison = comparisonOf(audit, component, direction, groups.flatMap(inDirection));
    return { comparison, inDirection };
  });
  return groups.map(group => {
    const parts = comparisons.map(({ comparison, inDirection }) => {
      const extra = new Set(
        groups.flatMap(id => extraRules(inDirection(id), comparison)).filter(({ id }) => !accepted.has(id)),
      );
      const kept = (id: string) => inDirection(id).filter(rule => !extra.has(rule));
      return {
        peers: comparison.known,
        revoke: inDirection(group).filter(rule => extra.has(rule)),
        // Rules of any group of an attachment serve it; what they all lack, its first group gains.
        add: attachments
          .filter(([first]) => first === group)
          .flatMap(attached => additions(comparison, attached.flatMap(kept), audit.vpc.owner))
          .filter(({ description }) => !lacksWithConsent(suppressed, group, description)),
      };
    });
    const add = parts.flatMap(part => part.add);
    return {
      component,
      group,
      live: liveOf(group),
      peers: {
        prefixLists: new Map(parts.flatMap(({ peers }) => [...peers.prefixLists])),
        groups: new Map(),
      },
      add: [...new Map(add.map(rule => [JSON.stringify(rule), rule])).values()],
      revoke: parts.flatMap(({ revoke }) => revoke),
    };
  });
}

/** Whether it is accepted that a group lacks a row; the description of a rule that is added is its row's id. */
const lacksWithConsent = (suppressed: readonly Finding[], group: string, row: string | undefined): boolean =>
  suppressed.some(finding => finding.resource.id === group && finding.row?.id === row);

const additions = (comparison: Comparison, kept: readonly SecurityGroupRule[], owner: string): RuleBody[] =>
  comparison.rows.flatMap(located =>
    lackingRules(located, kept, comparison).map(rule => ({
      ...rule,
      peer: rule.peer.kind === 'security-group' ? { ...rule.peer, owner } : rule.peer,
      description: located.row.id,
    })),
  );

function proposal(
  scene: Scene,
  audit: VpcAudit,
  id: string,
  mends: readonly GroupMend[],
  failing: readonly Finding[],
): Proposal {
  const group = audit.value('ec2.securityGroups').find(other => other.id === id);
  const own = mends.filter(mend => mend.group === id);
  const [mend, ...others] = own;
  if (group === undefined || mend === undefined) return NOTHING;
  const causes = failing
    .filter(finding => finding.resource.id === id && isMended(finding, mend))
    .map(causeOf);
  if (causes.length === 0) return NOTHING;
  const about = { region: scene.region, resource: groupResource(audit, group), for: causes };
  const left = (obstacle: Obstacle, detail: string): Proposal => ({
    ...NOTHING,
    leftAlone: [{ ...about, obstacle, detail } satisfies LeftAlone],
  });
  if (others.length > 0) {
    return left(
      'ambiguous',
      `It is the group of ${own.map(({ component }) => component).join(' and ')}: give each component a group of its own.`,
    );
  }
  const managedBy = managerOf(group.tags);
  if (managedBy !== undefined && !scene.includeManaged) {
    return left(
      'managed',
      `It belongs to ${managedBy}, which would put the drift back: change it there, or pass --include-managed.`,
    );
  }
  const nameless = mend.add.find(({ peer }) => peer.kind === 'prefix-list' && !peer.id.startsWith('pl-'));
  if (nameless !== undefined && 'id' in nameless.peer) {
    return left(
      'unknown',
      `The prefix list ${nameless.peer.id} is not known: nothing in the VPC names it. Create its gateway endpoint first.`,
    );
  }
  const quota = overQuota(mend.live, mend, mend.peers);
  if (quota !== undefined)
    return left(
      'quota',
      `${quota}: revoke rules that are not needed by hand, or ask AWS for a higher quota.`,
    );
  const cut = stoppedFlow(scene, audit, mend);
  if (cut !== undefined && !scene.allowDisruptive) return left('would-cut-flow', cut);
  const out = lockedOut(mend, mend.peers, scene.callerAddress);
  if (out !== undefined && !scene.allowDisruptive) return left('would-lock-out', out);
  const disruption = cut ?? out;
  return finished({ region: scene.region, group, rules: mend.live, peers: mend.peers }, mend, {
    ...about,
    title: `give ${group.name} (${id}) the rules of ${mend.component}, and no others`,
    ...(disruption !== undefined && { disruption }),
    ...(managedBy !== undefined && { managedBy }),
  });
}

/** A finding that is about no row is mended along where all the rules to blame go. */
const isMended = ({ control, blame }: Finding, { revoke }: RuleMend): boolean =>
  /-(in|e)gress$/.test(control) || blame.every(id => revoke.some(rule => rule.id === id));

/** The proposal of one group's changes; nothing where there are none. */
export function finished(
  live: LiveGroup,
  mend: RuleMend,
  about: Omit<Mend, 'id' | 'risk' | 'changes'>,
): Proposal {
  const changes = securityGroupChanges(live, mend);
  if (changes.length === 0) return NOTHING;
  return {
    ...NOTHING,
    mends: [{ ...about, id: live.group.id, risk: 'review', changes }],
    fingerprints: [{ object: groupObject(live), state: securityGroupState(live.group, live.rules) }],
  };
}
