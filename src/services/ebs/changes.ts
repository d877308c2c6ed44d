import type { Region } from '../../model/identifiers.ts';
import type { Call, Change, LiveObject, ObjectState } from '../../model/plan.ts';
import { NO_EFFECT } from '../../network/effect.ts';

/** Whether new volumes of a Region are encrypted, as plans compare it. */
export const defaultEncryptionState = (enabled: boolean): ObjectState => ({ enabled });

/** A Region's encryption by default as an object of a plan. */
export const defaultEncryptionObject = (region: Region): LiveObject => ({
  kind: 'ebs-default-encryption',
  region,
  id: region,
});

/** Encrypts every new volume of the Region with its default key; volumes that are there stay as they are. */
export const enableDefaultEncryption = (region: Region): Change => ({
  id: `ebs/${region}/default-encryption`,
  title: `encrypt every new volume in ${region}`,
  object: defaultEncryptionObject(region),
  edit: { kind: 'set', fields: { enabled: { from: false, to: true } } },
  call: { service: 'ec2', operation: 'EnableEbsEncryptionByDefault', input: {} },
  permissions: ['ec2:EnableEbsEncryptionByDefault'],
  effect: NO_EFFECT,
  dependsOn: [],
  undo: {
    kind: 'call',
    call: { service: 'ec2', operation: 'DisableEbsEncryptionByDefault', input: {} },
    permissions: ['ec2:DisableEbsEncryptionByDefault'],
  },
});

/** Whether everyone may make a volume of a snapshot, as plans compare it. The accounts it is shared with are left as they are. */
export const snapshotState = (everyone: boolean): ObjectState => ({ everyone });

/** A snapshot as an object of a plan. */
export const snapshotObject = (region: Region, id: string): LiveObject => ({
  kind: 'ebs-snapshot',
  region,
  id,
});

/** Takes a snapshot back from everyone. */
export const closeSnapshot = (region: Region, id: string): Change => ({
  id: `${id}/not-public`,
  title: 'let nobody make a volume of it but this account and those that it is shared with by name',
  object: snapshotObject(region, id),
  edit: { kind: 'set', fields: { everyone: { from: true, to: false } } },
  call: share(id, 'remove'),
  permissions: ['ec2:ModifySnapshotAttribute'],
  effect: NO_EFFECT,
  dependsOn: [],
  undo: { kind: 'call', call: share(id, 'add'), permissions: ['ec2:ModifySnapshotAttribute'] },
});

const share = (SnapshotId: string, OperationType: 'add' | 'remove'): Call => ({
  service: 'ec2',
  operation: 'ModifySnapshotAttribute',
  input: { SnapshotId, Attribute: 'createVolumePermission', OperationType, GroupNames: ['all'] },
});
