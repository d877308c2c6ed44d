import { z } from 'zod';
import { Origin } from './baseline/provenance.ts';
import { Resource } from './finding.ts';
import { AccountId, ControlId, Region, RowId } from './identifiers.ts';
import { Json } from './json.ts';

/** Unique in a plan; made of what the change is about, so that the same plan has the same ids. */
export const ChangeId = z.string().regex(/^[a-z0-9][a-z0-9:./-]*$/, 'not the id of a change');
export type ChangeId = z.infer<typeof ChangeId>;

/** A text as a part of the id of a change, which has no capitals and few signs; of no two texts it is the same. */
export const inChangeId = (text: string): string =>
  text.replaceAll(/[^a-z0-9.-]/gu, sign => `:${sign.codePointAt(0)?.toString(16) ?? ''}:`);

/** The kinds of live object that a plan can touch; each has an observer in its service's write.ts. */
export const ObjectKind = z.enum([
  'vpc',
  'internet-gateway',
  'elastic-ip',
  'nat-gateway',
  'subnet',
  'subnet-network-acl',
  'subnet-route-table',
  'route-table',
  'vpc-endpoint',
  'security-group',
  'default-security-group',
  'network-acl',
  's3-bucket',
  's3-bucket-encryption',
  's3-bucket-policy',
  's3-bucket-public-access',
  's3-account-public-access',
  'ebs-default-encryption',
  'ebs-snapshot',
  'db-instance',
  'db-subnet-group',
  'db-parameter-group',
  'db-cluster-parameter-group',
  'db-snapshot',
  'db-cluster-snapshot',
  'ip-set',
  'web-acl',
  'web-acl-logging',
  'web-acl-association',
  'user-pool',
  'user-pool-mfa',
  'user-pool-client',
  'kms-key',
  'kms-alias',
  'log-group',
  'iam-role',
  'iam-role-policy',
  'iam-role-attachment',
  'access-key',
  'flow-log',
  'rest-method',
  'rest-authorizer',
  'rest-deployment',
  'rest-stage',
  'rest-stage-logging',
  'http-route',
  'http-authorizer',
  'http-deployment',
  'http-stage',
  'http-stage-logging',
  'trail',
  'secret',
  'secret-policy',
  'ssm-parameter',
  'ssm-document',
  'ssm-public-sharing',
]);
export type ObjectKind = z.infer<typeof ObjectKind>;

/** Stands in a plan for the id of an object that an earlier change will have created. */
export const Created = z.strictObject({ $created: ChangeId });
export type Created = z.infer<typeof Created>;

/** Stands in a plan for a text, such as an ARN or a URL, in which the id of a created object stands. */
export const CreatedText = z.strictObject({ $text: z.array(z.union([z.string(), Created])).min(1) });
export type CreatedText = z.infer<typeof CreatedText>;

/** Stands in a call for a volatile id, such as a NACL association's, looked up just before the call in its object's handles, by this path. */
export const Live = z.strictObject({ $live: z.array(z.union([z.string(), Created])).min(1) });
export type Live = z.infer<typeof Live>;

/** Stands in a call for a token by which AWS knows a call that is made again: the same in one run, and another in the next. */
export const RunToken = z.strictObject({ $token: z.string() });
export type RunToken = z.infer<typeof RunToken>;

/** Something that lives in AWS: an existing id, or the one that a change will create. */
export const LiveObject = z.strictObject({
  kind: ObjectKind,
  region: Region,
  id: z.union([z.string().min(1), Created]),
});
export type LiveObject = z.infer<typeof LiveObject>;

/** What is compared of an object, in canonical form: no volatile ids, lists in one order. */
export const ObjectState = z.record(z.string(), Json);
export type ObjectState = z.infer<typeof ObjectState>;

/** How a change alters the state of its object. A list is a set: the same items in another order are the same list. */
export const Edit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create'), state: ObjectState }),
  z.strictObject({ kind: z.literal('delete'), state: ObjectState }),
  z.strictObject({
    kind: z.literal('set'),
    fields: z.record(z.string(), z.strictObject({ from: Json, to: Json })),
  }),
  z.strictObject({
    kind: z.literal('list'),
    field: z.string(),
    remove: z.array(Json),
    add: z.array(Json),
  }),
]);
export type Edit = z.infer<typeof Edit>;

/** One API call as data; `input` may hold {@link Created}, {@link CreatedText}, {@link Live} and {@link RunToken}. */
export const Call = z.strictObject({
  service: z.enum([
    'ec2',
    's3',
    's3control',
    'rds',
    'wafv2',
    'cognito-idp',
    'kms',
    'logs',
    'iam',
    'apigateway',
    'apigatewayv2',
    'cloudtrail',
    'secretsmanager',
    'ssm',
  ]),
  operation: z.string(),
  input: z.record(z.string(), Json),
});
export type Call = z.infer<typeof Call>;

/** What a change does to the packets that may pass, in words; `none` where it is about no packets, or leaves them as they are. */
export const Effect = z.strictObject({
  kind: z.enum(['widens', 'narrows', 'both', 'none']),
  opens: z.array(z.string()),
  closes: z.array(z.string()),
});
export type Effect = z.infer<typeof Effect>;

/** How a change is taken back: by a call, or along with the object that another change created; `none` for what is an undo itself. */
export const Undo = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), call: Call, permissions: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('with'), change: ChangeId }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type Undo = z.infer<typeof Undo>;

/** One mutating call and all there is to know of it. */
export const Change = z.strictObject({
  id: ChangeId,
  title: z.string(),
  object: LiveObject,
  edit: Edit,
  call: Call,
  permissions: z.array(z.string()),
  effect: Effect,
  dependsOn: z.array(ChangeId),
  undo: Undo,
});
export type Change = z.infer<typeof Change>;

/** A finding that a mend is for. */
export const Cause = z.strictObject({
  finding: z.string(),
  control: ControlId,
  row: z.strictObject({ id: RowId, origin: Origin }).optional(),
  message: z.string(),
});
export type Cause = z.infer<typeof Cause>;

/** The changes that mend one resource: what stands or falls together, in the order they are made. */
export const Mend = z.strictObject({
  id: ChangeId,
  title: z.string(),
  region: Region,
  resource: Resource,
  for: z.array(Cause),
  risk: z.enum(['safe', 'review']),
  disruption: z.string().optional(),
  cost: z.string().optional(),
  /** Which default quota of AWS's it would exceed; whether the account has a higher one is not read. */
  quota: z.string().optional(),
  /** Why its findings fail still when all is done, such as a rule that only counts at first; nothing is taken back for that. */
  unfinished: z.string().optional(),
  /** Who else writes this resource, such as `CloudFormation stack shop`. */
  managedBy: z.string().optional(),
  changes: z.array(Change).min(1),
});
export type Mend = z.infer<typeof Mend>;

/** Why findings are not mended. */
export const Obstacle = z.enum([
  'no-mend',
  'suppressed',
  'managed',
  'ambiguous',
  'unknown',
  'quota',
  'would-cut-flow',
  'would-lock-out',
  'disruptive',
  'in-place',
  'busy',
  'evidence',
]);
export type Obstacle = z.infer<typeof Obstacle>;

/** A resource whose findings the plan does not mend, with the reason and what to do about it. */
export const LeftAlone = z.strictObject({
  /** Absent for what belongs to the account. */
  region: Region.optional(),
  resource: Resource,
  for: z.array(Cause),
  obstacle: Obstacle,
  detail: z.string(),
  /** The commands that replace the resource, where nothing mends it in place; a line that starts with # is a comment. */
  runbook: z.array(z.string()).optional(),
});
export type LeftAlone = z.infer<typeof LeftAlone>;

/** What the baseline asks for and the account has already, so that the plan does not create it. */
export const Adopted = z.strictObject({ what: z.string(), region: Region, id: z.string() });
export type Adopted = z.infer<typeof Adopted>;

/** An object as it was when the plan was made: what {@link Mend}s start from, and what apply demands to find. */
export const Fingerprint = z.strictObject({ object: LiveObject, state: ObjectState });
export type Fingerprint = z.infer<typeof Fingerprint>;

/** What will be done to one account, as a value that a person can read and a file can hold. */
export const Plan = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.enum(['fix', 'apply', 'undo']),
  /** Marks what the plan creates (tag `securecart:plan`). */
  id: z.string().regex(/^[a-z]+-[0-9tz]+$/),
  tool: z.strictObject({ name: z.literal('securecart'), version: z.string() }),
  createdAt: z.iso.datetime(),
  account: AccountId,
  regions: z.array(Region),
  /** The VPC that was named as the baseline's, where one was. */
  vpc: z.string().optional(),
  baseline: z.strictObject({ name: z.string(), digest: z.string(), literal: z.boolean() }),
  fingerprints: z.array(Fingerprint),
  /** The ids of all findings that failed when the plan was made, by which a new one is told from an old one afterwards. */
  failing: z.array(z.string()),
  mends: z.array(Mend),
  leftAlone: z.array(LeftAlone),
  /** Absent where nothing would have been created. */
  adopted: z.array(Adopted).optional(),
});
export type Plan = z.infer<typeof Plan>;

/** The text that tells objects of a plan apart. */
export const objectKey = ({ kind, region, id }: LiveObject): string =>
  `${region} ${kind} ${typeof id === 'string' ? id : `(created by ${id.$created})`}`;

/** Every change of a plan, mend by mend. */
export const changesOf = (plan: Plan): Change[] => plan.mends.flatMap(mend => mend.changes);
