import type { VpcAudit } from '../../findings/control.ts';
import { databaseResource } from '../../findings/resources.ts';
import { rulesByGroup } from '../../findings/rules-by-group.ts';
import type { Finding } from '../../model/finding.ts';
import { effectOf, NO_EFFECT } from '../../network/effect.ts';
import type { KnownPeers } from '../../network/security-group.ts';
import type { SecurityGroupRule } from '../../services/ec2/facts.ts';
import { passage, type RuleMend } from '../../services/ec2/security-group/changes.ts';
import {
  dbInstanceObject,
  dbInstanceState,
  type InstanceMend,
  modifyInstance,
} from '../../services/rds/db-instance/changes.ts';
import type { DbInstance } from '../../services/rds/facts.ts';
import { carriedFlow, cutFlow, lockedOut } from '../guards.ts';
import { type AboutRegion, leave, unlessManaged } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

const PUBLIC_ACCESS = 'rds/public-access';
const SECURITY_GROUPS = 'rds/security-groups';

/** Takes an instance's public address, and leaves it only the groups of its component: both in one call. */
export const rdsInstances: Planner = {
  controls: [PUBLIC_ACCESS, SECURITY_GROUPS],
  needs: ['rds.dbInstances', 'ec2.securityGroups', 'ec2.securityGroupRules', 'ec2.prefixLists'],
  plan: (scene, failing) =>
    together(
      scene.audit.value('rds.dbInstances').map(instance => {
        const own = failing.filter(({ resource }) => resource.arn === instance.arn);
        return own.length === 0 ? NOTHING : proposal(scene, instance, own);
      }),
    ),
};

function proposal(scene: Scene, instance: DbInstance, failing: readonly Finding[]): Proposal {
  const of = (control: string) => failing.filter(finding => finding.control === control);
  const groups = groupsOf(scene, instance, of(SECURITY_GROUPS));
  const isPublic = of(PUBLIC_ACCESS);
  const causes = [...isPublic, ...('mend' in groups ? of(SECURITY_GROUPS) : [])].map(causeOf);
  if (causes.length === 0) return 'left' in groups ? groups.left : NOTHING;
  const about = aboutInstance(scene, instance, causes);
  const obstacle = atWork(about, instance);
  const modified =
    obstacle ??
    modification(scene, about, instance, isPublic.length > 0, 'mend' in groups ? groups.mend : undefined);
  return together(['left' in groups ? groups.left : NOTHING, modified]);
}

const aboutInstance = ({ region }: Scene, instance: DbInstance, causes: AboutRegion['for']): AboutRegion => ({
  region,
  resource: databaseResource('DBInstance', instance),
  for: causes,
});

/** RDS changes an instance only while it is available, and applies with one change whatever waits beside it. */
function atWork(
  about: AboutRegion,
  { engine, cluster, status, pending = [] }: DbInstance,
): Proposal | undefined {
  if (cluster !== undefined && !engine.startsWith('aurora')) {
    return leave(
      about,
      'in-place',
      `It is of the Multi-AZ cluster ${cluster}, whose instances cannot be modified one by one.`,
    );
  }
  if (status !== 'available') {
    return leave(
      about,
      'busy',
      `It is ${status}, and RDS changes an instance only while it is available: try again then.`,
    );
  }
  if (pending.length === 0) return undefined;
  return leave(
    about,
    'disruptive',
    `What is applied at once takes along what waits for the maintenance window (${pending.join(', ')}), which may restart it: apply that first, or cancel it.`,
  );
}

function modification(
  scene: Scene,
  about: AboutRegion,
  instance: DbInstance,
  isPublic: boolean,
  groups: GroupMend | undefined,
): Proposal {
  const { region } = scene;
  const { id } = instance;
  const mend: InstanceMend = {
    ...(isPublic && { publiclyAccessible: false as const }),
    ...(groups !== undefined && { securityGroups: groups.keep }),
  };
  const disruption = [
    ...(isPublic
      ? [
          'Whoever connects from outside the VPC by its public address loses it; its name leads to the private one.',
        ]
      : []),
    ...(groups === undefined ? [] : groups.disruption),
  ].join(' ');
  return unlessManaged(scene, about, instance.tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: `rds/${region}/${id}`,
        title: isPublic
          ? `take ${id} from the internet`
          : `give ${id} the security groups of its component, and no others`,
        risk: 'review',
        disruption,
        changes: [modifyInstance(region, instance, mend, groups?.effect ?? NO_EFFECT)],
      },
    ],
    fingerprints: [{ object: dbInstanceObject(region, id), state: dbInstanceState(instance) }],
  }));
}

interface GroupMend {
  readonly keep: readonly string[];
  readonly effect: ReturnType<typeof effectOf>;
  readonly disruption: readonly string[];
}

/** The groups that an instance keeps or is given, or why its groups are left alone. */
function groupsOf(
  scene: Scene,
  instance: DbInstance,
  failing: readonly Finding[],
): { mend: GroupMend } | { left: Proposal } {
  const { vpc } = scene;
  if (failing.length === 0 || vpc === undefined) return { left: NOTHING };
  const audit: VpcAudit = { ...scene.audit, vpc };
  const about = aboutInstance(scene, instance, failing.map(causeOf));
  const { cluster, securityGroups: carried } = instance;
  if (cluster !== undefined) {
    const detail = `Its groups are those of its cluster ${cluster}: aws rds modify-db-cluster --db-cluster-identifier ${cluster} --vpc-security-group-ids GROUP … --apply-immediately`;
    return { left: leave(about, 'no-mend', detail) };
  }
  const own = groupsOfComponent(audit);
  const kept = carried.filter(id => own.includes(id));
  const keep = kept.length > 0 ? kept : own;
  if (keep.length === 0) {
    const detail =
      'It is not known which groups are of the component rds: tag them securecart:component=rds, or name them in the baseline.';
    return { left: leave(about, 'ambiguous', detail) };
  }
  const dropped = carried.filter(id => !keep.includes(id));
  const rules = rulesByGroup(audit.value('ec2.securityGroupRules'));
  const rulesOf = (ids: readonly string[]) => ids.flatMap(id => rules.get(id) ?? []);
  const change = {
    live: rulesOf(carried),
    revoke: rulesOf(dropped),
    add: rulesOf(keep.filter(id => !carried.includes(id))),
  };
  const peers: KnownPeers = {
    prefixLists: new Map(audit.value('ec2.prefixLists').map(list => [list.id, list])),
    groups: new Map(),
  };
  const cut = cutBy(audit, change, { carried, dropped, keep });
  if (cut !== undefined && !scene.allowDisruptive) return { left: leave(about, 'would-cut-flow', cut) };
  const out = lockedOut(change, peers, scene.callerAddress);
  if (out !== undefined && !scene.allowDisruptive) return { left: leave(about, 'would-lock-out', out) };
  const after = [...change.live.filter(rule => !change.revoke.includes(rule)), ...change.add];
  return {
    mend: {
      keep,
      effect: effectOf(passage(change.live, peers), passage(after, peers)),
      disruption: [cut, out].flatMap(words => words ?? []),
    },
  };
}

/** The groups of the component rds; the default group, which an instance may be bound by, is none that it should keep. */
function groupsOfComponent(audit: VpcAudit): string[] {
  const defaults = new Set(
    audit.value('ec2.securityGroups').flatMap(({ id, name }) => (name === 'default' ? [id] : [])),
  );
  return audit.component('rds').groups.filter(id => !defaults.has(id));
}

/** What would no longer reach the instance: by its own rules, or by those of others that name a group which it leaves. */
function cutBy(
  audit: VpcAudit,
  change: RuleMend & { live: RuleMend['revoke'] },
  { carried, dropped, keep }: Record<'carried' | 'dropped' | 'keep', readonly string[]>,
): string | undefined {
  const flow = cutFlow(audit, 'rds', change);
  if (flow !== undefined) return flow;
  const outside = audit.value('ec2.securityGroupRules').filter(({ group }) => !carried.includes(group));
  const carriedBy = (rule: SecurityGroupRule, named: readonly string[]) =>
    rule.peer.kind === 'security-group' && named.includes(rule.peer.id)
      ? carriedFlow(audit.baseline, 'rds', rule)
      : undefined;
  for (const rule of outside) {
    const lost = carriedBy(rule, dropped);
    if (lost === undefined) continue;
    const stays = outside.some(
      other =>
        other.group === rule.group && other.direction === rule.direction && carriedBy(other, keep) === lost,
    );
    if (stays) continue;
    return `The flow ${lost} may rest on ${rule.id} of ${rule.group}, which names a group that the instance would leave. --allow-disruptive takes it out all the same.`;
  }
  return undefined;
}
