import { z } from 'zod';
import { snapshotFact } from '../../model/fact.ts';

/** An RDS instance; Neptune and DocumentDB, which answer the same call, are left out by their engine. */
export const DbInstance = z.strictObject({
  arn: z.string(),
  id: z.string(),
  engine: z.string(),
  status: z.string(),
  /** Absent until the instance has an endpoint. */
  port: z.int().optional(),
  cluster: z.string().optional(),
  vpc: z.string(),
  subnetGroup: z.string(),
  subnets: z.array(z.string()),
  /** The groups that are or will be in force, by VpcSecurityGroups. */
  securityGroups: z.array(z.string()),
  publiclyAccessible: z.boolean(),
  storageEncrypted: z.boolean(),
  tags: z.record(z.string(), z.string()),
});
export type DbInstance = z.infer<typeof DbInstance>;

export const rdsFacts = { 'rds.dbInstances': snapshotFact(z.array(DbInstance)) };
