import { z } from 'zod';
import { Origin } from './baseline/provenance.ts';
import { Connection } from './connection.ts';
import { UnknownReason } from './fact.ts';
import { AccountId, ControlId, Region, RowId } from './identifiers.ts';
import { Packet } from './packet.ts';
import { Severity } from './severity.ts';

/** What a finding is about. `type` is CloudFormation's name of it, such as `AWS::EC2::SecurityGroup`. */
export const Resource = z.strictObject({
  type: z.string(),
  arn: z.string(),
  id: z.string(),
  name: z.string().optional(),
});
export type Resource = z.infer<typeof Resource>;

export const Status = z.enum(['pass', 'fail', 'unknown', 'not-applicable']);
export type Status = z.infer<typeof Status>;

/** What one control says of one resource. */
export const Finding = z.strictObject({
  /** A hash of account, region, resource, control and key: unique in a report, and the same in the next one. */
  id: z.string(),
  control: ControlId,
  severity: Severity,
  status: Status,
  account: AccountId.optional(),
  /** Absent where the finding is about the account as a whole. */
  region: Region.optional(),
  resource: Resource,
  /** Tells apart the findings of one control on one resource: a row's id, a rule's id. Empty where there is one only. */
  key: z.string(),
  /** The row of the baseline that is judged, and where it comes from. */
  row: z
    .strictObject({
      id: RowId,
      origin: Origin,
      line: z.int().min(1).optional().describe("The row's line in the baseline's file, in a report"),
    })
    .optional(),
  message: z.string(),
  expected: z.string().optional(),
  actual: z.string().optional(),
  witness: Packet.optional(),
  /** The connection that proves it, where both of its ends matter. */
  connection: Connection.optional(),
  /** The ids of the live rules to blame: `sgr-…`, or a NACL's entry as `acl-… inbound 100`. */
  blame: z.array(z.string()),
  /** The commands that replace the resource, where nothing mends it in place; a line that starts with # is a comment. */
  runbook: z.array(z.string()).optional(),
  /** Present exactly when the status is `unknown`. */
  reason: UnknownReason.optional(),
  /** Present where the status is `fail` and the baseline's suppression `by` accepts that. */
  suppressed: z
    .strictObject({ by: RowId, reason: z.string(), owner: z.string(), expires: z.iso.date() })
    .optional(),
});
export type Finding = z.infer<typeof Finding>;
