import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';

const Tags = z.record(z.string(), z.string());

/** A volume; `attachments` are the instances that have it, and under which device. */
export const Volume = z.strictObject({
  id: z.string(),
  zone: z.string(),
  encrypted: z.boolean(),
  attachments: z.array(z.strictObject({ instance: z.string(), device: z.string() })),
  tags: Tags,
});
export type Volume = z.infer<typeof Volume>;

/** A snapshot of a volume that the account owns. */
export const VolumeSnapshot = z.strictObject({
  id: z.string(),
  volume: z.string(),
  encrypted: z.boolean(),
  tags: Tags,
});
export type VolumeSnapshot = z.infer<typeof VolumeSnapshot>;

/** With which single accounts a snapshot is shared, by their ids. */
export const SnapshotSharing = z.strictObject({ snapshot: z.string(), accounts: fact(z.array(z.string())) });
export type SnapshotSharing = z.infer<typeof SnapshotSharing>;

/** The facts of EBS, each of one Region; its calls are EC2's. */
export const ebsFacts = {
  /** Whether every new volume and every copy of a snapshot is encrypted, whoever makes it. */
  'ebs.encryptionByDefault': snapshotFact(z.boolean()),
  'ebs.volumes': snapshotFact(z.array(Volume)),
  'ebs.snapshots': snapshotFact(z.array(VolumeSnapshot)),
  /** The ids of the account's own snapshots of which everyone may make a volume. */
  'ebs.publicSnapshots': snapshotFact(z.array(z.string())),
  'ebs.snapshotSharing': snapshotFact(z.array(SnapshotSharing)),
  /** `unblocked`, `block-new-sharing`, or `block-all-sharing`, which makes what is public private as long as it stands. */
  'ebs.snapshotBlockPublicAccess': snapshotFact(z.string()),
};
