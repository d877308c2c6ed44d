import { databaseResource } from '../../findings/resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import { dbSnapshotObject, sharingState, unshare } from '../../services/rds/snapshot-sharing/changes.ts';
import { unlessManaged } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

/** Takes snapshots of databases back from all with whom they are shared. */
export const rdsSnapshotSharing: Planner = {
  controls: ['rds/snapshot-sharing'],
  plan: (scene, failing) => together(failing.map(finding => unshared(scene, finding))),
};

function unshared(scene: Scene, finding: Finding): Proposal {
  const { audit, region } = scene;
  const snapshot = audit.value('rds.snapshots').find(({ arn }) => arn === finding.resource.arn);
  if (snapshot === undefined) return NOTHING;
  const sharedWith = need(snapshot.sharedWith);
  const type = snapshot.of === 'cluster' ? 'DBClusterSnapshot' : 'DBSnapshot';
  const about = { region, resource: databaseResource(type, snapshot), for: [causeOf(finding)] };
  const losers = sharedWith.map(whom => (whom === 'all' ? 'everyone' : `account ${whom}`)).join(' and ');
  const change = unshare(region, snapshot, sharedWith);
  return unlessManaged(scene, about, snapshot.tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: change.id,
        title: `take the snapshot ${snapshot.id} back from ${losers}`,
        risk: 'review',
        disruption: `It can no longer be restored or copied by ${losers}; what was copied stays copied.`,
        changes: [change],
      },
    ],
    fingerprints: [{ object: dbSnapshotObject(region, snapshot), state: sharingState(sharedWith) }],
  }));
}
