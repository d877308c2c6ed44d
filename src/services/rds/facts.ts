import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';

const Tags = z.record(z.string(), z.string());

/** What the secret is to RDS in which it keeps the master password: `impaired` where it can no longer change it. */
const MasterSecret = z.enum(['sound', 'impaired']);

/** An RDS instance; Neptune and DocumentDB, which answer the same call, are left out by their engine. */
export const DbInstance = z.strictObject({
  arn: z.string(),
  id: z.string(),
  engine: z.string(),
  status: z.string(),
  /** Absent until the instance has an endpoint. */
  port: z.int().optional(),
  /** The port that waits for a restart to be in force; absent where none does. */
  nextPort: z.int().optional(),
  /** Absent where RDS does not keep the password in Secrets Manager; of a cluster's instance it is the cluster's. */
  masterSecret: MasterSecret.optional(),
  /** The instance of which it is a read replica. */
  replicaOf: z.string().optional(),
  cluster: z.string().optional(),
  vpc: z.string(),
  subnetGroup: z.string(),
  /** The subnet group that waits for the maintenance window; absent where none does. */
  nextSubnetGroup: z.string().optional(),
  subnets: z.array(z.string()),
  /** The groups that are or will be in force, by VpcSecurityGroups. */
  securityGroups: z.array(z.string()),
  publiclyAccessible: z.boolean(),
  storageEncrypted: z.boolean(),
  /** Such as `db.t4g.micro`. */
  instanceClass: z.string(),
  multiAz: z.boolean(),
  /** The names of the changes that wait for the maintenance window; absent where none does. */
  pending: z.array(z.string()).optional(),
  /** Each with its state, `in-sync` where what it says is in force. */
  parameterGroups: z.array(z.strictObject({ name: z.string(), status: z.string() })),
  tags: Tags,
});
export type DbInstance = z.infer<typeof DbInstance>;

/** A cluster of Aurora's or a Multi-AZ one; Neptune's and DocumentDB's are left out by their engine. */
export const DbCluster = z.strictObject({
  arn: z.string(),
  id: z.string(),
  engine: z.string(),
  engineVersion: z.string(),
  /** The class of its instances where it is a Multi-AZ cluster; an instance of Aurora's has its own. */
  instanceClass: z.string().optional(),
  /** Absent where RDS does not keep the password in Secrets Manager. */
  masterSecret: MasterSecret.optional(),
  /** The cluster, or the instance, of which it is a replica. */
  replicaOf: z.string().optional(),
  subnetGroup: z.string(),
  securityGroups: z.array(z.string()),
  parameterGroup: z.string(),
  storageEncrypted: z.boolean(),
});
export type DbCluster = z.infer<typeof DbCluster>;

/** What a parameter group says of TLS: the value of rds.force_ssl, `1` or `0`; null where the engine has no such parameter. */
export const ParameterGroup = z.strictObject({
  of: z.enum(['instance', 'cluster']),
  name: z.string(),
  forceTls: fact(z.string().nullable()),
});
export type ParameterGroup = z.infer<typeof ParameterGroup>;

/** A group of subnets, in any of which RDS places a database that is given the group. */
export const DbSubnetGroup = z.strictObject({
  arn: z.string(),
  name: z.string(),
  vpc: z.string(),
  subnets: z.array(z.string()),
  tags: fact(Tags),
});
export type DbSubnetGroup = z.infer<typeof DbSubnetGroup>;

/** A parameter group for PostgreSQL's instances that the account made, whether a database uses it or not. */
export const OwnParameterGroup = ParameterGroup.omit({ of: true }).extend({
  /** Such as `postgres16`: one for each major version of the engine. */
  family: z.string(),
  tags: fact(Tags),
});
export type OwnParameterGroup = z.infer<typeof OwnParameterGroup>;

/** A manual snapshot that the account owns; those that RDS takes by itself are encrypted as their database is, and cannot be shared. */
export const DbSnapshot = z.strictObject({
  arn: z.string(),
  id: z.string(),
  of: z.enum(['instance', 'cluster']),
  engine: z.string(),
  encrypted: z.boolean(),
  tags: Tags,
  /** Account ids, and `all` for everyone. */
  sharedWith: fact(z.array(z.string())),
});
export type DbSnapshot = z.infer<typeof DbSnapshot>;

/** The facts of RDS, each of one Region. */
export const rdsFacts = {
  'rds.dbInstances': snapshotFact(z.array(DbInstance)),
  'rds.dbClusters': snapshotFact(z.array(DbCluster)),
  /** Those that a database for PostgreSQL uses. */
  'rds.parameterGroups': snapshotFact(z.array(ParameterGroup)),
  /** The tags of those. */
  'rds.parameterGroupTags': snapshotFact(
    z.array(ParameterGroup.pick({ of: true, name: true }).extend({ tags: fact(Tags) })),
  ),
  'rds.snapshots': snapshotFact(z.array(DbSnapshot)),
  'rds.subnetGroups': snapshotFact(z.array(DbSubnetGroup)),
  'rds.ownParameterGroups': snapshotFact(z.array(OwnParameterGroup)),
  /** The families of the PostgreSQL instances, or where there are none of the version that RDS gives a new one; with what a new group says of TLS. */
  'rds.parameterFamilies': snapshotFact(z.array(ParameterGroup.omit({ of: true }))),
};
