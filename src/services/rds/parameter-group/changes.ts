import type { Region } from '../../../model/identifiers.ts';
import type { Call, Change, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { type Creation, creation, rdsCall } from '../creation.ts';
import type { OwnParameterGroup, ParameterGroup } from '../facts.ts';

type Named = Pick<ParameterGroup, 'of' | 'name'>;

/** A parameter group as plans compare it: what it says of TLS, and whose it is. */
export const parameterGroupState = (forceTls: string | null, tags: Record<string, string>): ObjectState => ({
  forceTls,
  tags,
});

/** A parameter group as an object of a plan. */
export const parameterGroupObject = (region: Region, { of, name }: Named): LiveObject => ({
  kind: of === 'cluster' ? 'db-cluster-parameter-group' : 'db-parameter-group',
  region,
  id: name,
});

/** Creates a parameter group for the instances of a family, which says of TLS at first what its engine does. */
export const createParameterGroup = (
  region: Region,
  { name, family }: Pick<OwnParameterGroup, 'name' | 'family'>,
  engineDefault: string,
  about: Pick<Creation, 'id' | 'title' | 'tags'>,
): Change =>
  creation({
    ...about,
    object: parameterGroupObject(region, { of: 'instance', name }),
    state: { forceTls: engineDefault },
    create: rdsCall('CreateDBParameterGroup', {
      DBParameterGroupName: name,
      DBParameterGroupFamily: family,
      Description: 'SecureCart: TLS only',
    }),
    remove: rdsCall('DeleteDBParameterGroup', { DBParameterGroupName: name }),
  });

/** Refuses connections without TLS. The parameter is dynamic, so that it holds without a reboot. */
export function forceTls(region: Region, group: Named, from: string): Change {
  const call = set(group, '1');
  const permissions = [`rds:${call.operation}`];
  return {
    id: `rds/${region}/${group.of}-${group.name}/force-tls`,
    title: 'set rds.force_ssl to 1, at once (ApplyMethod immediate)',
    object: parameterGroupObject(region, group),
    edit: { kind: 'set', fields: { forceTls: { from, to: '1' } } },
    call,
    permissions,
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: set(group, from), permissions },
  };
}

/** A value that was the engine's own comes back as one that was set; resetting would be another value after an upgrade. */
function set({ of, name }: Named, ParameterValue: string): Call {
  const Parameters = [{ ParameterName: 'rds.force_ssl', ParameterValue, ApplyMethod: 'immediate' }];
  return of === 'cluster'
    ? rdsCall('ModifyDBClusterParameterGroup', { DBClusterParameterGroupName: name, Parameters })
    : rdsCall('ModifyDBParameterGroup', { DBParameterGroupName: name, Parameters });
}
