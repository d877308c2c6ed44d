import { z } from 'zod';
import { Region, RowId } from '../identifiers.ts';

/** Findings that somebody has accepted for a while: they fail still, and are told of, but nothing mends them and no exit code counts them. */
export const Suppression = z.strictObject({
  id: RowId.describe('In kebab-case, unique in the file'),
  control: z
    .string()
    .regex(/^[a-z0-9*/-]+$/, 'write a control, or a glob such as security-group/*')
    .describe('The control that fails, or a glob such as security-group/*'),
  resource: z
    .string()
    .regex(/^(arn:|\*)\S+$/, 'write an ARN, or a glob of ARNs such as *:security-group/sg-…')
    .optional()
    .describe('The ARN of the resource as reports give it, or a glob of ARNs; any where absent'),
  region: Region.optional().describe('Any where absent'),
  reason: z.string().min(1).describe('Why it is accepted'),
  owner: z.string().min(1).describe('Who answers for that'),
  expires: z.iso
    .date('write a date like 2026-12-31')
    .describe('The last day, in UTC, on which it holds; from the next on the findings count again'),
});
export type Suppression = z.infer<typeof Suppression>;
