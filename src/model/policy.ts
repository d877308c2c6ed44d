import { z } from 'zod';

/** What an element of a statement holds; `not` for NotPrincipal, NotAction and NotResource: all but these. */
const Patterns = z.strictObject({ not: z.boolean(), patterns: z.array(z.string()) });

/** A principal: `AWS`, `Service`, `Federated` or `CanonicalUser`, and its id; everyone is `AWS` `*`. */
export const Principal = z.strictObject({ type: z.string(), id: z.string() });
export type Principal = z.infer<typeof Principal>;

/** One key of a statement's condition: the operator without its prefix and suffix, which are `quantifier` and `ifExists`. */
export const Condition = z.strictObject({
  operator: z.string(),
  quantifier: z.enum(['ForAllValues', 'ForAnyValue']).optional(),
  ifExists: z.boolean(),
  /** In lower case, since keys are compared so. */
  key: z.string(),
  /** Any of them; a Boolean or a number is written as text, as IAM compares it. */
  values: z.array(z.string()),
});
export type Condition = z.infer<typeof Condition>;

/** One statement of a policy, in one form however it was written: what may be one or many is a list. */
export const PolicyStatement = z.strictObject({
  sid: z.string().optional(),
  effect: z.enum(['Allow', 'Deny']),
  /** Absent in a policy of an identity's. */
  principal: z.strictObject({ not: z.boolean(), principals: z.array(Principal) }).optional(),
  /** In lower case, since actions are compared so. */
  action: Patterns,
  /** Absent in a trust policy. */
  resource: Patterns.optional(),
  /** All of them must hold. */
  conditions: z.array(Condition),
});
export type PolicyStatement = z.infer<typeof PolicyStatement>;

/** A policy as IAM's policy grammar has it; its version and id decide nothing that is judged here. */
export const PolicyDocument = z.strictObject({ statements: z.array(PolicyStatement) });
export type PolicyDocument = z.infer<typeof PolicyDocument>;
