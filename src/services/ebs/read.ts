import {
  DescribeSnapshotAttributeCommand,
  type DescribeSnapshotAttributeResult,
  type DescribeSnapshotsRequest,
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
  GetSnapshotBlockPublicAccessStateCommand,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
  type Volume as SdkVolume,
  type Snapshot,
} from '@aws-sdk/client-ec2';
import { fromPages } from '../../aws/pages.ts';
import { need } from '../../model/fact.ts';
import { apiCall, given, part, type Readers, type RegionAccess, sortedBy, tagsOf } from '../reader.ts';
import type { ebsFacts, Volume, VolumeSnapshot } from './facts.ts';

// The most that DescribeVolumes and DescribeSnapshots take.
const pageSize = 1000;

const attribute = apiCall('ec2:DescribeSnapshotAttribute');

/** How EBS's facts are read. */
export const ebsReaders = {
  'ebs.encryptionByDefault': {
    calls: [apiCall('ec2:GetEbsEncryptionByDefault')],
    needs: [],
    read: async ({ client, options }) => {
      const answer = await client(EC2Client).send(new GetEbsEncryptionByDefaultCommand({}), options);
      return given(answer.EbsEncryptionByDefault, 'EbsEncryptionByDefault');
    },
  },
  'ebs.volumes': {
    calls: [apiCall('ec2:DescribeVolumes')],
    needs: [],
    read: async ({ client, options }) => {
      const pages = paginateDescribeVolumes({ client: client(EC2Client), pageSize }, {}, options);
      return sortedBy(await fromPages(pages, page => (page.Volumes ?? []).map(volume)), ({ id }) => id);
    },
  },
  'ebs.snapshots': {
    calls: [apiCall('ec2:DescribeSnapshots')],
    needs: [],
    read: async access => {
      const snapshots = await ownSnapshots(access, {});
      return sortedBy(snapshots.map(volumeSnapshot), ({ id }) => id);
    },
  },
  'ebs.publicSnapshots': {
    calls: [apiCall('ec2:DescribeSnapshots')],
    needs: [],
    read: async access => {
      // `all` stands for the group of everyone: asked with the owner, EC2 gives the own ones that are shared with it.
      const snapshots = await ownSnapshots(access, { RestorableByUserIds: ['all'] });
      return snapshots.map(({ SnapshotId: id }) => given(id, 'SnapshotId')).sort();
    },
  },
  'ebs.snapshotSharing': {
    calls: [attribute],
    needs: ['ebs.snapshots'],
    // A call for each snapshot: EC2 lists those that it shares with an account, but only for one that it is told.
    read: async access => {
      const snapshots = need(await access.fact('ebs.snapshots'));
      return Promise.all(
        snapshots.map(async ({ id }) => ({
          snapshot: id,
          accounts: await part(access, [attribute], () => sharedAccounts(access, id)),
        })),
      );
    },
  },
  'ebs.snapshotBlockPublicAccess': {
    calls: [apiCall('ec2:GetSnapshotBlockPublicAccessState')],
    needs: [],
    read: async ({ client, options }) => {
      const answer = await client(EC2Client).send(new GetSnapshotBlockPublicAccessStateCommand({}), options);
      return given(answer.State, 'State');
    },
  },
} as const satisfies Readers<keyof typeof ebsFacts>;

/** Without an owner EC2 gives every public snapshot of every account. */
function ownSnapshots(
  { client, options }: RegionAccess,
  input: Pick<DescribeSnapshotsRequest, 'RestorableByUserIds'>,
): Promise<Snapshot[]> {
  const config = { client: client(EC2Client), pageSize };
  const pages = paginateDescribeSnapshots(config, { OwnerIds: ['self'], ...input }, options);
  return fromPages(pages, page => page.Snapshots ?? []);
}

async function sharedAccounts({ client, options }: RegionAccess, SnapshotId: string): Promise<string[]> {
  const command = new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute: 'createVolumePermission' });
  const sharedWith = restorers(await client(EC2Client).send(command, options));
  return sharedWith.filter(whom => whom !== EVERYONE);
}

/** How EC2 calls everyone. */
const EVERYONE = 'all';

/** Who may make a volume of a snapshot besides its owner: account ids, and `all` for everyone. */
export const restorers = ({ CreateVolumePermissions = [] }: DescribeSnapshotAttributeResult): string[] =>
  CreateVolumePermissions.flatMap(({ Group, UserId }) => Group ?? UserId ?? []).sort();

const volume = (from: SdkVolume): Volume => ({
  id: given(from.VolumeId, 'VolumeId'),
  zone: given(from.AvailabilityZone, 'AvailabilityZone of a volume'),
  encrypted: given(from.Encrypted, 'Encrypted of a volume'),
  attachments: sortedBy(
    (from.Attachments ?? []).flatMap(({ InstanceId: instance, Device: device }) =>
      instance === undefined || device === undefined ? [] : [{ instance, device }],
    ),
    ({ instance }) => instance,
  ),
  tags: tagsOf(from.Tags),
});

const volumeSnapshot = (from: Snapshot): VolumeSnapshot => ({
  id: given(from.SnapshotId, 'SnapshotId'),
  volume: given(from.VolumeId, 'VolumeId of a snapshot'),
  encrypted: given(from.Encrypted, 'Encrypted of a snapshot'),
  tags: tagsOf(from.Tags),
});
