import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';
import { Json } from '../../model/json.ts';

/** A role that a service takes on, with what it may do by its inline policies. */
export const Role = z.strictObject({
  name: z.string(),
  arn: z.string(),
  /** The policy that says who may take it on. */
  trust: Json,
  /** By their names. */
  policies: z.record(z.string(), Json),
  tags: z.record(z.string(), z.string()),
});
export type Role = z.infer<typeof Role>;

/** The path of all roles that an apply creates. */
export const ROLE_PATH = '/securecart/';

/** The facts of IAM. It is one for the account; but each Region has roles of its own, so that one can be taken down without another. */
export const iamFacts = {
  /** The roles of {@link ROLE_PATH} whose names end with the Region's. */
  'iam.roles': snapshotFact(z.array(Role)),
};

/** What an identity holds: its inline policies by their names, and the ARNs of the managed ones. */
const Held = { inline: z.record(z.string(), Json), attached: z.array(z.string()) };

/** What an identity's permissions end at: the ARN of a managed policy, where it has one. */
const boundary = z.string().optional();

/** A role of the account's, those of AWS's services and of IAM Identity Center among them. */
export const RoleDetail = z.strictObject({
  name: z.string(),
  arn: z.string(),
  /** `/aws-service-role/…` for those that a service links to itself, `/aws-reserved/…` for those of IAM Identity Center. */
  path: z.string(),
  /** The policy that says who may take it on. */
  trust: Json,
  boundary,
  tags: z.record(z.string(), z.string()),
  ...Held,
});
export type RoleDetail = z.infer<typeof RoleDetail>;

/** A user; what its groups hold, it holds as well. */
export const UserDetail = z.strictObject({
  name: z.string(),
  arn: z.string(),
  boundary,
  tags: z.record(z.string(), z.string()),
  ...Held,
});
export type UserDetail = z.infer<typeof UserDetail>;

/** A group of users. */
export const GroupDetail = z.strictObject({ name: z.string(), arn: z.string(), ...Held });
export type GroupDetail = z.infer<typeof GroupDetail>;

/** What a managed policy says by its default version. */
export const ManagedPolicy = z.strictObject({ arn: z.string(), document: Json });
export type ManagedPolicy = z.infer<typeof ManagedPolicy>;

/** Who is in the account and what they may do by IAM; of the managed policies, those that somebody holds. */
export const Authorization = z.strictObject({
  users: z.array(UserDetail),
  groups: z.array(GroupDetail),
  roles: z.array(RoleDetail),
  policies: z.array(ManagedPolicy),
});
export type Authorization = z.infer<typeof Authorization>;

/** An access key that is active; its id is no secret. */
export const AccessKey = z.strictObject({
  id: z.string(),
  created: z.iso.datetime(),
  /** Null where it was never used. */
  lastUsed: z.iso.datetime().nullable(),
});
export type AccessKey = z.infer<typeof AccessKey>;

/** A user's keys. */
export const UserAccessKeys = z.strictObject({
  user: z.string(),
  arn: z.string(),
  keys: fact(z.array(AccessKey)),
});
export type UserAccessKeys = z.infer<typeof UserAccessKeys>;

/** The facts of IAM that are the account's. */
export const iamGlobalFacts = {
  'iam.authorization': snapshotFact(Authorization),
  /** Of each user those that are active. */
  'iam.accessKeys': snapshotFact(z.array(UserAccessKeys)),
  /** What the root user can sign in with. */
  'iam.rootUser': snapshotFact(
    z.strictObject({ accessKey: z.boolean(), mfa: z.boolean(), password: z.boolean() }),
  ),
};
