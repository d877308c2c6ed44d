import { z } from 'zod';
import { Account } from './account.ts';
import { Finding } from './finding.ts';
import { Region } from './identifiers.ts';
import { Report } from './report.ts';

/** What became of a finding from one report to a later one. */
export const Fate = z
  .enum(['new', 'worse', 'unknown', 'unjudged', 'changed', 'accepted', 'mended', 'gone'])
  .describe(
    'new: it fails, and did not; worse: it fails with a higher severity; unknown: it was judged, and cannot be any more; unjudged: it failed, and nobody asked any more; changed: it fails otherwise; accepted: it fails, and a suppression accepts it now; mended: it failed, and does not; gone: it failed, and what it was about is not there any more',
  );
export type Fate = z.infer<typeof Fate>;

/** A finding that is not as it was; one of its two is absent where a report has none. */
export const Difference = z.strictObject({
  fate: Fate,
  before: Finding.optional(),
  after: Finding.optional(),
});
export type Difference = z.infer<typeof Difference>;

/** What a report was made of. */
const Side = z.strictObject({
  ...Report.pick({ tool: true, baseline: true, regions: true, takenAt: true }).shape,
});

/** What is not as it was, from one report to another of the same account. */
export const Comparison = z.strictObject({
  schemaVersion: z.literal(1),
  account: Account.shape.id,
  before: Side,
  after: Side,
  skipped: z.array(Region).describe('The Regions that only the first report looked at'),
  differences: z.array(Difference).describe('The most serious first'),
  remaining: z.int().min(0).describe('The findings that fail as they did'),
});
export type Comparison = z.infer<typeof Comparison>;
