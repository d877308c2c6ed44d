import { z } from 'zod';
import { snapshotFact } from '../../model/fact.ts';
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
