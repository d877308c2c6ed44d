import {
  type DBCluster,
  type DBInstance,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  RDSClient,
  type VpcSecurityGroupMembership,
} from '@aws-sdk/client-rds';
import { fromPages } from '../../aws/pages.ts';
import { apiCall, given, type Readers, sortedBy, tagsOf } from '../reader.ts';
import type { DbCluster, DbInstance, rdsFacts } from './facts.ts';
import { ownParameterGroups, parameterFamilies } from './read-families.ts';
import { parameterGroups, parameterGroupTags } from './read-parameters.ts';
import { snapshots } from './read-snapshots.ts';
import { subnetGroups } from './read-subnet-groups.ts';

/** How RDS's facts are read. A page is as large as RDS gives it: 100. */
export const rdsReaders = {
  'rds.dbInstances': {
    calls: [apiCall('rds:DescribeDBInstances')],
    needs: [],
    read: async ({ client, options }) => {
      const pages = paginateDescribeDBInstances({ client: client(RDSClient), pageSize: 100 }, {}, options);
      const all = await fromPages(pages, page => (page.DBInstances ?? []).filter(isOfRds).map(dbInstance));
      return sortedBy(all, ({ arn }) => arn);
    },
  },
  'rds.dbClusters': {
    calls: [apiCall('rds:DescribeDBClusters')],
    needs: [],
    read: async ({ client, options }) => {
      const pages = paginateDescribeDBClusters({ client: client(RDSClient), pageSize: 100 }, {}, options);
      const all = await fromPages(pages, page => (page.DBClusters ?? []).filter(isOfRds).map(dbCluster));
      return sortedBy(all, ({ arn }) => arn);
    },
  },
  'rds.parameterGroups': parameterGroups,
  'rds.parameterGroupTags': parameterGroupTags,
  'rds.snapshots': snapshots,
  'rds.subnetGroups': subnetGroups,
  'rds.ownParameterGroups': ownParameterGroups,
  'rds.parameterFamilies': parameterFamilies,
} as const satisfies Readers<keyof typeof rdsFacts>;

/** Neptune and DocumentDB answer RDS's calls as well. */
const isOfRds = ({ Engine: engine = '' }: { Engine?: string | undefined }): boolean =>
  engine !== 'neptune' && engine !== 'docdb';

/** An instance as a fact. Throws MissingField. */
export function dbInstance(from: DBInstance): DbInstance {
  const port = from.Endpoint?.Port;
  const group = from.DBSubnetGroup;
  const { Port: nextPort, DBSubnetGroupName: nextSubnetGroup } = from.PendingModifiedValues ?? {};
  const replicaOf = from.ReadReplicaSourceDBInstanceIdentifier ?? from.ReadReplicaSourceDBClusterIdentifier;
  const pending = Object.entries(from.PendingModifiedValues ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  return {
    arn: given(from.DBInstanceArn, 'DBInstanceArn'),
    id: given(from.DBInstanceIdentifier, 'DBInstanceIdentifier'),
    engine: given(from.Engine, 'Engine of a database instance'),
    status: given(from.DBInstanceStatus, 'DBInstanceStatus'),
    ...(port !== undefined && { port }),
    ...(nextPort !== undefined && { nextPort }),
    ...masterSecret(from),
    ...(replicaOf !== undefined && { replicaOf }),
    ...(from.DBClusterIdentifier !== undefined && { cluster: from.DBClusterIdentifier }),
    vpc: given(group?.VpcId, 'VpcId of a database instance'),
    subnetGroup: given(group?.DBSubnetGroupName, 'DBSubnetGroupName'),
    ...(nextSubnetGroup !== undefined && { nextSubnetGroup }),
    subnets: (group?.Subnets ?? []).flatMap(({ SubnetIdentifier: id }) => id ?? []).sort(),
    securityGroups: groupsOf(from.VpcSecurityGroups),
    publiclyAccessible: from.PubliclyAccessible ?? false,
    storageEncrypted: from.StorageEncrypted ?? false,
    instanceClass: given(from.DBInstanceClass, 'DBInstanceClass'),
    multiAz: from.MultiAZ ?? false,
    ...(pending.length > 0 && { pending: pending.sort() }),
    parameterGroups: sortedBy(
      (from.DBParameterGroups ?? []).map(({ DBParameterGroupName: name, ParameterApplyStatus: status }) => ({
        name: given(name, 'DBParameterGroupName'),
        status: given(status, 'ParameterApplyStatus'),
      })),
      ({ name }) => name,
    ),
    tags: tagsOf(from.TagList),
  };
}

const dbCluster = (from: DBCluster): DbCluster => ({
  arn: given(from.DBClusterArn, 'DBClusterArn'),
  id: given(from.DBClusterIdentifier, 'DBClusterIdentifier'),
  engine: given(from.Engine, 'Engine of a cluster'),
  engineVersion: given(from.EngineVersion, 'EngineVersion of a cluster'),
  ...(from.DBClusterInstanceClass !== undefined && { instanceClass: from.DBClusterInstanceClass }),
  ...masterSecret(from),
  ...(from.ReplicationSourceIdentifier !== undefined && { replicaOf: from.ReplicationSourceIdentifier }),
  subnetGroup: given(from.DBSubnetGroup, 'DBSubnetGroup of a cluster'),
  securityGroups: groupsOf(from.VpcSecurityGroups),
  parameterGroup: given(from.DBClusterParameterGroup, 'DBClusterParameterGroup'),
  storageEncrypted: from.StorageEncrypted ?? false,
});

/** Its ARN, and all that is in it, stay with AWS. */
const masterSecret = ({ MasterUserSecret: secret }: Pick<DBInstance, 'MasterUserSecret'>) =>
  secret === undefined
    ? {}
    : { masterSecret: secret.SecretStatus === 'impaired' ? ('impaired' as const) : ('sound' as const) };

const groupsOf = (from: readonly VpcSecurityGroupMembership[] = []): string[] =>
  from.flatMap(({ VpcSecurityGroupId: id }) => id ?? []).sort();
