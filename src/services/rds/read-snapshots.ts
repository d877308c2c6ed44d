import {
  type DBClusterSnapshot,
  type DBSnapshot,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBSnapshotAttributesCommand,
  paginateDescribeDBClusterSnapshots,
  paginateDescribeDBSnapshots,
  RDSClient,
} from '@aws-sdk/client-rds';
import { readEach } from '../../aws/pages.ts';
import { apiCall, given, part, type Reader, type RegionAccess, sortedBy, tagsOf } from '../reader.ts';
import type { DbSnapshot } from './facts.ts';

const attributesCall = apiCall('rds:DescribeDBSnapshotAttributes');
const clusterAttributesCall = apiCall('rds:DescribeDBClusterSnapshotAttributes');
const SnapshotType = 'manual';

/** The manual snapshots; with whom each is shared is a fact of its own, and a call. */
export const snapshots: Reader<'rds.snapshots'> = {
  calls: [
    apiCall('rds:DescribeDBSnapshots'),
    apiCall('rds:DescribeDBClusterSnapshots'),
    attributesCall,
    clusterAttributesCall,
  ],
  needs: [],
  read: async access => {
    const { options } = access;
    const config = { client: access.client(RDSClient), pageSize: 100 };
    const [ofInstances, ofClusters] = await Promise.all([
      readEach(
        paginateDescribeDBSnapshots(config, { SnapshotType }, options),
        ({ DBSnapshots = [] }) => DBSnapshots,
        one => ofInstance(access, one),
      ),
      readEach(
        paginateDescribeDBClusterSnapshots(config, { SnapshotType }, options),
        ({ DBClusterSnapshots = [] }) =>
          DBClusterSnapshots.filter(({ Engine }) => Engine !== 'neptune' && Engine !== 'docdb'),
        one => ofCluster(access, one),
      ),
    ]);
    return sortedBy([...ofInstances, ...ofClusters], ({ arn }) => arn);
  },
};

async function ofInstance(access: RegionAccess, from: DBSnapshot): Promise<DbSnapshot> {
  const id = given(from.DBSnapshotIdentifier, 'DBSnapshotIdentifier');
  return {
    arn: given(from.DBSnapshotArn, 'DBSnapshotArn'),
    id,
    of: 'instance',
    engine: given(from.Engine, 'Engine of a snapshot'),
    encrypted: given(from.Encrypted, 'Encrypted of a snapshot'),
    tags: tagsOf(from.TagList),
    sharedWith: await part(access, [attributesCall], async () => {
      const command = new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier: id });
      const { DBSnapshotAttributesResult: result } = await access
        .client(RDSClient)
        .send(command, access.options);
      return restorers(result?.DBSnapshotAttributes);
    }),
  };
}

async function ofCluster(access: RegionAccess, from: DBClusterSnapshot): Promise<DbSnapshot> {
  const id = given(from.DBClusterSnapshotIdentifier, 'DBClusterSnapshotIdentifier');
  return {
    arn: given(from.DBClusterSnapshotArn, 'DBClusterSnapshotArn'),
    id,
    of: 'cluster',
    engine: given(from.Engine, 'Engine of a snapshot'),
    encrypted: given(from.StorageEncrypted, 'StorageEncrypted of a snapshot'),
    tags: tagsOf(from.TagList),
    sharedWith: await part(access, [clusterAttributesCall], async () => {
      const command = new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier: id });
      const { DBClusterSnapshotAttributesResult: result } = await access
        .client(RDSClient)
        .send(command, access.options);
      return restorers(result?.DBClusterSnapshotAttributes);
    }),
  };
}

/** Who may restore a snapshot, by the attributes that RDS always gives of one. */
export function restorers(
  attributes:
    | readonly { AttributeName?: string | undefined; AttributeValues?: string[] | undefined }[]
    | undefined,
): string[] {
  const all = given(attributes, 'attributes of a snapshot');
  const restore = all.find(({ AttributeName }) => AttributeName === 'restore');
  return [...(restore?.AttributeValues ?? [])].sort();
}
