import { type DBInstance, paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds';
import { fromPages } from '../../aws/pages.ts';
import { apiCall, given, type Readers, sortedBy, tagsOf } from '../reader.ts';
import type { DbInstance, rdsFacts } from './facts.ts';

/** How RDS's facts are read. */
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
} as const satisfies Readers<keyof typeof rdsFacts>;

const isOfRds = ({ Engine: engine = '' }: DBInstance): boolean => engine !== 'neptune' && engine !== 'docdb';

const dbInstance = (from: DBInstance): DbInstance => {
  const port = from.Endpoint?.Port;
  const group = from.DBSubnetGroup;
  return {
    arn: given(from.DBInstanceArn, 'DBInstanceArn'),
    id: given(from.DBInstanceIdentifier, 'DBInstanceIdentifier'),
    engine: given(from.Engine, 'Engine of a database instance'),
    status: given(from.DBInstanceStatus, 'DBInstanceStatus'),
    ...(port !== undefined && { port }),
    ...(from.DBClusterIdentifier !== undefined && { cluster: from.DBClusterIdentifier }),
    vpc: given(group?.VpcId, 'VpcId of a database instance'),
    subnetGroup: given(group?.DBSubnetGroupName, 'DBSubnetGroupName'),
    subnets: (group?.Subnets ?? []).flatMap(({ SubnetIdentifier: id }) => id ?? []).sort(),
    securityGroups: (from.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId: id }) => id ?? []).sort(),
    publiclyAccessible: from.PubliclyAccessible ?? false,
    storageEncrypted: from.StorageEncrypted ?? false,
    tags: tagsOf(from.TagList),
  };
};
