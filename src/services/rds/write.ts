import {
  ModifyDBClusterParameterGroupCommand,
  ModifyDBClusterSnapshotAttributeCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  ModifyDBSnapshotAttributeCommand,
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
} as const satisfies Record<string, Operation>;
