import { canonicalJson, type Json } from '../../model/json.ts';
import type { Change, ChangeId } from '../../model/plan.ts';
import { ownTags } from '../../services/ec2/creation.ts';
import { createRole, putRolePolicy, rolePolicyObject, rolePolicyState } from '../../services/iam/changes.ts';
import type { Role } from '../../services/iam/facts.ts';
import { finishedLogGroup, newLogGroup } from '../log-group.ts';
import type { Scene } from '../scene.ts';
import { type Part, unbuilt } from './part.ts';

/** What a service delivers a log to CloudWatch Logs by: a log group, and a role of its own in each Region. */
export interface LogDelivery {
  readonly component: string;
  /** Whose they are, such as `flow log`. */
  readonly of: string;
  readonly logGroup: string;
  readonly role: {
    readonly name: string;
    readonly description: string;
    readonly trust: Json;
    readonly policy: Json;
    /** What is wrong with a role of that name that trusts another, and what to do. */
    readonly stranger: string;
  };
}

/** The one policy that such a role has. */
const POLICY = 'deliver';

/** One of the things that a log is delivered by: what it takes, and what of it is there. */
export interface Supply extends Required<Pick<Part, 'fingerprints' | 'adopted'>> {
  readonly changes: readonly Change[];
}

/** Both, or why they cannot be those. */
export function deliverySupplies(
  scene: Scene,
  delivery: LogDelivery,
): Supply | Required<Pick<Part, 'leftAlone'>> {
  const role = deliveryRole(scene, delivery);
  if ('leftAlone' in role) return role;
  const group = logGroup(scene, delivery);
  return {
    changes: [...group.changes, ...role.changes],
    fingerprints: [...group.fingerprints, ...role.fingerprints],
    adopted: [...group.adopted, ...role.adopted],
  };
}

/** What the creation of one of them says of itself. */
const saidOf = (scene: Scene, { component }: LogDelivery, name: string, id: ChangeId) => ({
  region: scene.region,
  id,
  tags: ownTags(scene, component, name, id),
});

/** The log group: the one that is there, or a new one. */
function logGroup(scene: Scene, delivery: LogDelivery): Supply {
  const { audit, region } = scene;
  const { logGroup: name, of } = delivery;
  const live = audit.value('logs.logGroups').find(group => group.name === name);
  if (live !== undefined) {
    const adopted = [{ what: `log group of the ${of}`, region, id: name }];
    return { ...finishedLogGroup(region, live), adopted };
  }
  const said = saidOf(scene, delivery, name, `logs/${region}/${name}/create`);
  return { changes: newLogGroup(name, said), fingerprints: [], adopted: [] };
}

/** The role by which the log is delivered, with the one policy that it needs; or why it cannot be that one. */
function deliveryRole(scene: Scene, delivery: LogDelivery): Supply | Required<Pick<Part, 'leftAlone'>> {
  const { audit, region } = scene;
  const { name, description, trust, stranger } = delivery.role;
  const live = audit.value('iam.roles').find(role => role.name === name);
  if (live !== undefined && canonicalJson(live.trust) !== canonicalJson(trust)) {
    const resource = { type: 'AWS::IAM::Role', arn: live.arn, id: name };
    return { leftAlone: [unbuilt(scene, resource, 'ambiguous', stranger)] };
  }
  const said = saidOf(scene, delivery, name, `iam/${region}/${name}/create`);
  const policy = policyOfRole(scene, delivery, live, said.id);
  if (live === undefined) {
    const creation = createRole({ name, description, trust }, said);
    return { changes: [creation, ...policy.changes], fingerprints: [], adopted: [] };
  }
  return { ...policy, adopted: [{ what: `role of the ${delivery.of}`, region, id: name }] };
}

/** What its policy takes to say what it should; `creation` is the change that creates the role, where there is none. */
function policyOfRole(
  { region }: Scene,
  { role: { name: role, policy: document } }: LogDelivery,
  live: Role | undefined,
  creation: ChangeId,
): Pick<Supply, 'changes' | 'fingerprints'> {
  const now = live?.policies[POLICY];
  if (now !== undefined && canonicalJson(now) === canonicalJson(document))
    return { changes: [], fingerprints: [] };
  const put = { role, name: POLICY, now, document };
  const object = rolePolicyObject(region, role, POLICY);
  return {
    changes: [putRolePolicy(region, put, live === undefined ? creation : undefined)],
    fingerprints: now === undefined ? [] : [{ object, state: rolePolicyState(now) }],
  };
}
