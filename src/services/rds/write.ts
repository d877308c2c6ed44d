import {
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBParameterGroupCommand,
  DeleteDBSubnetGroupCommand,
  ModifyDBClusterParameterGroupCommand,
  ModifyDBClusterSnapshotAttributeCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  ModifyDBSnapshotAttributeCommand,
  ModifyDBSubnetGroupCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { z } from 'zod';
import { plainOperation } from '../operation.ts';
import type { Operation } from '../writer.ts';

const Parameters = z
  .array(
    z.strictObject({
      ParameterName: z.literal('rds.force_ssl'),
      ParameterValue: z.string(),
      ApplyMethod: z.literal('immediate'),
    }),
  )
  .length(1);

const sharing = {
  AttributeName: z.literal('restore'),
  ValuesToAdd: z.array(z.string()).optional(),
  ValuesToRemove: z.array(z.string()).optional(),
};

const Tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));
const SubnetIds = z.array(z.string()).min(1);

/** The mutating operations of RDS that plans may ask for; a call that applies an instance's changes later is none of them. */
export const rdsOperations = {
  ModifyDBInstance: plainOperation(
    RDSClient,
    'rds:ModifyDBInstance',
    z.strictObject({
      DBInstanceIdentifier: z.string(),
      PubliclyAccessible: z.boolean().optional(),
      VpcSecurityGroupIds: z.array(z.string()).min(1).optional(),
      ApplyImmediately: z.literal(true),
    }),
    (client, input) => client.send(new ModifyDBInstanceCommand(input)),
  ),
  ModifyDBParameterGroup: plainOperation(
    RDSClient,
    'rds:ModifyDBParameterGroup',
    z.strictObject({ DBParameterGroupName: z.string(), Parameters }),
    (client, input) => client.send(new ModifyDBParameterGroupCommand(input)),
  ),
  ModifyDBClusterParameterGroup: plainOperation(
    RDSClient,
    'rds:ModifyDBClusterParameterGroup',
    z.strictObject({ DBClusterParameterGroupName: z.string(), Parameters }),
    (client, input) => client.send(new ModifyDBClusterParameterGroupCommand(input)),
  ),
  ModifyDBSnapshotAttribute: plainOperation(
    RDSClient,
    'rds:ModifyDBSnapshotAttribute',
    z.strictObject({ DBSnapshotIdentifier: z.string(), ...sharing }),
    (client, input) => client.send(new ModifyDBSnapshotAttributeCommand(input)),
  ),
  ModifyDBClusterSnapshotAttribute: plainOperation(
    RDSClient,
    'rds:ModifyDBClusterSnapshotAttribute',
    z.strictObject({ DBClusterSnapshotIdentifier: z.string(), ...sharing }),
    (client, input) => client.send(new ModifyDBClusterSnapshotAttributeCommand(input)),
  ),
  CreateDBSubnetGroup: plainOperation(
    RDSClient,
    'rds:CreateDBSubnetGroup',
    z.strictObject({ DBSubnetGroupName: z.string(), DBSubnetGroupDescription: z.string(), SubnetIds, Tags }),
    (client, input) => client.send(new CreateDBSubnetGroupCommand(input)),
  ),
  ModifyDBSubnetGroup: plainOperation(
    RDSClient,
    'rds:ModifyDBSubnetGroup',
    z.strictObject({ DBSubnetGroupName: z.string(), SubnetIds }),
    (client, input) => client.send(new ModifyDBSubnetGroupCommand(input)),
  ),
  DeleteDBSubnetGroup: plainOperation(
    RDSClient,
    'rds:DeleteDBSubnetGroup',
    z.strictObject({ DBSubnetGroupName: z.string() }),
    (client, input) => client.send(new DeleteDBSubnetGroupCommand(input)),
  ),
  CreateDBParameterGroup: plainOperation(
    RDSClient,
    'rds:CreateDBParameterGroup',
    z.strictObject({
      DBParameterGroupName: z.string(),
      DBParameterGroupFamily: z.string(),
      Description: z.string(),
      Tags,
    }),
    (client, input) => client.send(new CreateDBParameterGroupCommand(input)),
  ),
  DeleteDBParameterGroup: plainOperation(
    RDSClient,
    'rds:DeleteDBParameterGroup',
    z.strictObject({ DBParameterGroupName: z.string() }),
    (client, input) => client.send(new DeleteDBParameterGroupCommand(input)),
  ),
} as const satisfies Record<string, Operation>;
