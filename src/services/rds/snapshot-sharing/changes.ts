import type { Region } from '../../../model/identifiers.ts';
import type { Call, Change, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { rdsCall } from '../creation.ts';
import type { DbSnapshot } from '../facts.ts';

type Named = Pick<DbSnapshot, 'of' | 'id'>;

/** With whom a snapshot is shared, as plans compare it: account ids, and `all` for everyone. */
export const sharingState = (sharedWith: readonly string[]): ObjectState => ({ sharedWith: [...sharedWith] });

/** A snapshot of a database as an object of a plan. */
export const dbSnapshotObject = (region: Region, { of, id }: Named): LiveObject => ({
  kind: of === 'cluster' ? 'db-cluster-snapshot' : 'db-snapshot',
  region,
  id,
});

/** Takes a snapshot back from all with whom it is shared. */
export function unshare(region: Region, snapshot: Named, sharedWith: readonly string[]): Change {
  const call = share(snapshot, { ValuesToRemove: [...sharedWith] });
  const permissions = [`rds:${call.operation}`];
  return {
    id: `rds/${region}/${snapshot.of}-snapshot-${snapshot.id}/unshare`,
    title: `share it no more with ${sharedWith.map(whom => (whom === 'all' ? 'everyone' : whom)).join(', ')}`,
    object: dbSnapshotObject(region, snapshot),
    edit: { kind: 'list', field: 'sharedWith', remove: [...sharedWith], add: [] },
    call,
    permissions,
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: share(snapshot, { ValuesToAdd: [...sharedWith] }), permissions },
  };
}

function share({ of, id }: Named, values: { ValuesToAdd: string[] } | { ValuesToRemove: string[] }): Call {
  const AttributeName = 'restore';
  return of === 'cluster'
    ? rdsCall('ModifyDBClusterSnapshotAttribute', {
        DBClusterSnapshotIdentifier: id,
        AttributeName,
        ...values,
      })
    : rdsCall('ModifyDBSnapshotAttribute', { DBSnapshotIdentifier: id, AttributeName, ...values });
}
