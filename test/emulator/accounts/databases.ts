import {
  CreateDBClusterCommand,
  CreateDBClusterParameterGroupCommand,
  CreateDBClusterSnapshotCommand,
  CreateDBParameterGroupCommand,
  CreateDBSnapshotCommand,
  ModifyDBClusterParameterGroupCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
} from '@aws-sdk/client-rds';
import type { Clients } from '../clients.ts';

const Parameters = [
  { ParameterName: 'rds.force_ssl', ParameterValue: '1', ApplyMethod: 'immediate' as const },
];

/** Gives an instance a parameter group of its own that forces TLS. */
export async function forceTlsOf({ rds }: Clients, instance: string): Promise<void> {
  const DBParameterGroupName = 'securecart-16';
  await rds.send(
    new CreateDBParameterGroupCommand({
      DBParameterGroupName,
      DBParameterGroupFamily: 'postgres16',
      Description: 'SecureCart',
    }),
  );
  await rds.send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters }));
  await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: instance, DBParameterGroupName }));
}

/** An encrypted cluster of Aurora's in the shop's subnet group, without instances, that forces TLS; gives its id. */
export async function buildCluster({ rds }: Clients, group: string): Promise<string> {
  const DBClusterParameterGroupName = 'securecart-orders-16';
  await rds.send(
    new CreateDBClusterParameterGroupCommand({
      DBClusterParameterGroupName,
      DBParameterGroupFamily: 'aurora-postgresql16',
      Description: 'SecureCart orders',
    }),
  );
  await rds.send(new ModifyDBClusterParameterGroupCommand({ DBClusterParameterGroupName, Parameters }));
  const DBClusterIdentifier = 'securecart-orders';
  await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier,
      Engine: 'aurora-postgresql',
      MasterUsername: 'securecart',
      ManageMasterUserPassword: true,
      StorageEncrypted: true,
      DBSubnetGroupName: 'securecart',
      VpcSecurityGroupIds: [group],
      DBClusterParameterGroupName,
    }),
  );
  return DBClusterIdentifier;
}

/** A manual snapshot of an instance and one of a cluster; their ids are those of what they are of, and `-1`. */
export async function snapshotDatabase({ rds }: Clients, instance: string, cluster: string): Promise<void> {
  await rds.send(
    new CreateDBSnapshotCommand({ DBInstanceIdentifier: instance, DBSnapshotIdentifier: `${instance}-1` }),
  );
  await rds.send(
    new CreateDBClusterSnapshotCommand({
      DBClusterIdentifier: cluster,
      DBClusterSnapshotIdentifier: `${cluster}-1`,
    }),
  );
}
