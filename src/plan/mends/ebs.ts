import { regionResource, snapshotResource } from '../../findings/resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import {
  defaultEncryptionObject,
  defaultEncryptionState,
  enableDefaultEncryption,
  snapshotObject,
  snapshotState,
  unshareSnapshot,
} from '../../services/ebs/changes.ts';
import { unlessManaged } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

/** Turns a Region's encryption by default on. */
export const ebsDefaultEncryption: Planner = {
  controls: ['ebs/default-encryption'],
  plan: ({ audit, region }, failing) => ({
    ...NOTHING,
    mends: [
      {
        region,
        resource: regionResource(audit),
        for: failing.map(causeOf),
        id: `ebs/${region}/default-encryption`,
        title: `encrypt new volumes in ${region} by default`,
        risk: 'review',
        disruption:
          'Whoever launches instances must be allowed to use the default key of EBS. Instance types without encrypted volumes can no longer be launched.',
        changes: [enableDefaultEncryption(region)],
      },
    ],
    fingerprints: [{ object: defaultEncryptionObject(region), state: defaultEncryptionState(false) }],
  }),
};

/** Takes snapshots of volumes back from all with whom they are shared. */
export const ebsSnapshotSharing: Planner = {
  controls: ['ebs/snapshot-sharing'],
  plan: (scene, failing) => together(failing.map(finding => unshared(scene, finding))),
};

function unshared(scene: Scene, finding: Finding): Proposal {
  const { audit, region } = scene;
  const snapshot = audit.value('ebs.snapshots').find(({ id }) => id === finding.resource.id);
  const sharing = audit.value('ebs.snapshotSharing').find(one => one.snapshot === snapshot?.id);
  if (snapshot === undefined || sharing === undefined) return NOTHING;
  const about = { region, resource: snapshotResource(audit, snapshot), for: [causeOf(finding)] };
  const isPublic = audit.value('ebs.publicSnapshots').includes(snapshot.id);
  const sharedWith = [...(isPublic ? ['all'] : []), ...need(sharing.accounts)];
  const losers = sharedWith.map(whom => (whom === 'all' ? 'everyone' : `account ${whom}`)).join(' and ');
  const held =
    isPublic && audit.value('ebs.snapshotBlockPublicAccess') !== 'unblocked'
      ? ' The Region blocks public sharing, so that an undo could not share it again before that is lifted.'
      : '';
  return unlessManaged(scene, about, snapshot.tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: snapshot.id,
        title: `take snapshot ${snapshot.id} back from ${losers}`,
        risk: 'review',
        disruption: `No volume can be made of it any more by ${losers}; what was copied stays copied.${held}`,
        changes: [unshareSnapshot(region, snapshot.id, sharedWith)],
      },
    ],
    fingerprints: [{ object: snapshotObject(region, snapshot.id), state: snapshotState(sharedWith) }],
  }));
}
