import { regionResource, snapshotResource } from '../../findings/resources.ts';
import type { Finding } from '../../model/finding.ts';
import {
  closeSnapshot,
  defaultEncryptionObject,
  defaultEncryptionState,
  enableDefaultEncryption,
  snapshotObject,
  snapshotState,
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

/** Takes snapshots of volumes back from everyone. */
export const ebsSnapshotSharing: Planner = {
  controls: ['ebs/snapshot-sharing'],
  plan: (scene, failing) => together(failing.map(finding => closed(scene, finding))),
};

function closed(scene: Scene, finding: Finding): Proposal {
  const { audit, region } = scene;
  const snapshot = audit.value('ebs.snapshots').find(({ id }) => id === finding.resource.id);
  if (snapshot === undefined) return NOTHING;
  const about = { region, resource: snapshotResource(audit, snapshot), for: [causeOf(finding)] };
  const held =
    audit.value('ebs.snapshotBlockPublicAccess') === 'unblocked'
      ? ''
      : ' The Region blocks public sharing, so that an undo could not share it again before that is lifted.';
  return unlessManaged(scene, about, snapshot.tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: snapshot.id,
        title: `take snapshot ${snapshot.id} back from everyone`,
        risk: 'review',
        disruption: `Whoever makes volumes of it without being named loses it; what was copied stays copied.${held}`,
        changes: [closeSnapshot(region, snapshot.id)],
      },
    ],
    fingerprints: [{ object: snapshotObject(region, snapshot.id), state: snapshotState(true) }],
  }));
}
