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

/** Who may make a volume of a snapshot, as plans compare it: account ids, and `all` for everyone. */
export const snapshotState = (sharedWith: readonly string[]): ObjectState => ({
  sharedWith: [...sharedWith],
});

/** A snapshot as an object of a plan. */
export const snapshotObject = (region: Region, id: string): LiveObject => ({
  kind: 'ebs-snapshot',
  region,
  id,
});

/** Takes a snapshot back from these, all in one call. */
export const unshareSnapshot = (region: Region, id: string, from: readonly string[]): Change => ({
  id: `${id}/unshare`,
  title: `let ${from.map(whom => (whom === 'all' ? 'everyone' : whom)).join(', ')} make no volume of it`,
  object: snapshotObject(region, id),
  edit: { kind: 'list', field: 'sharedWith', remove: [...from], add: [] },
  call: share(id, 'remove', from),
  permissions: ['ec2:ModifySnapshotAttribute'],
  effect: NO_EFFECT,
  dependsOn: [],
  undo: { kind: 'call', call: share(id, 'add', from), permissions: ['ec2:ModifySnapshotAttribute'] },
});

function share(SnapshotId: string, OperationType: 'add' | 'remove', whom: readonly string[]): Call {
  const UserIds = whom.filter(one => one !== 'all');
  const input = {
    SnapshotId,
    Attribute: 'createVolumePermission',
    OperationType,
    ...(UserIds.length < whom.length && { GroupNames: ['all'] }),
    ...(UserIds.length > 0 && { UserIds }),
  };
  return { service: 'ec2', operation: 'ModifySnapshotAttribute', input };
}
