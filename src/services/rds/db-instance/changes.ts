import type { Region } from '../../../model/identifiers.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import type { Call, Change, Effect, LiveObject, ObjectState } from '../../../model/plan.ts';
import { rdsCall } from '../creation.ts';
import type { DbInstance } from '../facts.ts';

/** An instance as plans compare it. What waits for the maintenance window is part of it, since a change that is applied at once takes that along. */
export const dbInstanceState = ({
  publiclyAccessible,
  securityGroups,
  pending = [],
}: Pick<DbInstance, 'publiclyAccessible' | 'securityGroups' | 'pending'>): ObjectState => ({
  publiclyAccessible,
  securityGroups,
  pending,
});

/** An instance as an object of a plan. */
export const dbInstanceObject = (region: Region, id: string): LiveObject => ({
  kind: 'db-instance',
  region,
  id,
});

/** What an instance is to become; what is not named stays. */
export interface InstanceMend {
  readonly publiclyAccessible?: false;
  readonly securityGroups?: readonly string[];
}

/** Changes an instance in one call, so that RDS is at work on it once. */
export function modifyInstance(
  region: Region,
  instance: DbInstance,
  mend: InstanceMend,
  effect: Effect,
): Change {
  const { id, publiclyAccessible, securityGroups } = instance;
  const groups = mend.securityGroups;
  const fields: Record<string, { from: Json; to: Json }> = {
    ...(mend.publiclyAccessible !== undefined && {
      publiclyAccessible: { from: publiclyAccessible, to: mend.publiclyAccessible },
    }),
    ...(groups !== undefined && { securityGroups: { from: securityGroups, to: [...groups] } }),
  };
  const words = [
    ...(mend.publiclyAccessible === undefined ? [] : ['have no public address']),
    ...(groups === undefined
      ? []
      : [`carry ${groups.join(', ')}, no longer ${without(securityGroups, groups)}`]),
  ];
  const permissions = ['rds:ModifyDBInstance'];
  return {
    id: `rds/${region}/${id}/modify`,
    title: `${words.join(', and ')}: at once, not in the maintenance window (ApplyImmediately)`,
    object: dbInstanceObject(region, id),
    edit: { kind: 'set', fields },
    call: modify(id, mend),
    permissions,
    effect,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: modify(id, {
        ...(mend.publiclyAccessible !== undefined && { publiclyAccessible }),
        ...(groups !== undefined && { securityGroups }),
      }),
      permissions,
    },
  };
}

const without = (all: readonly string[], kept: readonly string[]): string =>
  all.filter(id => !kept.includes(id)).join(', ');

function modify(
  DBInstanceIdentifier: string,
  to: { publiclyAccessible?: boolean; securityGroups?: readonly string[] },
): Call {
  const input: JsonObject = {
    DBInstanceIdentifier,
    ...(to.publiclyAccessible !== undefined && { PubliclyAccessible: to.publiclyAccessible }),
    ...(to.securityGroups !== undefined && { VpcSecurityGroupIds: [...to.securityGroups] }),
    ApplyImmediately: true,
  };
  return rdsCall('ModifyDBInstance', input);
}
