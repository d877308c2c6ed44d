import type { Region } from '../../../model/identifiers.ts';
import type { Call, Change, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import type { ParameterGroup } from '../facts.ts';

type Named = Pick<ParameterGroup, 'of' | 'name'>;

/** What a parameter group says of TLS, as plans compare it. */
export const parameterGroupState = (forceTls: string | null): ObjectState => ({ forceTls });

/** A parameter group as an object of a plan. */
export const parameterGroupObject = (region: Region, { of, name }: Named): LiveObject => ({
  kind: of === 'cluster' ? 'db-cluster-parameter-group' : 'db-parameter-group',
  region,
  id: name,
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
    ? {
        service: 'rds',
        operation: 'ModifyDBClusterParameterGroup',
        input: { DBClusterParameterGroupName: name, Parameters },
      }
    : {
        service: 'rds',
        operation: 'ModifyDBParameterGroup',
        input: { DBParameterGroupName: name, Parameters },
      };
}
