import { z } from 'zod';
import { Account } from './account.ts';
import { Suppression } from './baseline/suppression.ts';
import { fact, UnknownReason } from './fact.ts';
import { Finding, type Status } from './finding.ts';
import { ControlId, Region } from './identifiers.ts';
import { ReachComparison } from './reach-comparison.ts';
import { Severity } from './severity.ts';

const Count = z.int().min(0);

/** How many findings have each status. */
export const StatusCount = z.strictObject({
  pass: Count,
  fail: Count,
  unknown: Count,
  'not-applicable': Count,
} satisfies Record<Status, typeof Count>);
export type StatusCount = z.infer<typeof StatusCount>;

/** How many failing findings have each severity. */
export const SeverityCount = z.strictObject({
  critical: Count,
  high: Count,
  medium: Count,
  low: Count,
  info: Count,
} satisfies Record<Severity, typeof Count>);
export type SeverityCount = z.infer<typeof SeverityCount>;

/** One system (the part of a control's id before the slash): its findings by status, and the failing ones by severity. */
export const SystemSummary = z.strictObject({
  system: z.string(),
  status: StatusCount,
  failing: SeverityCount,
});
export type SystemSummary = z.infer<typeof SystemSummary>;

/** One control of the catalogue, and how far it could be evaluated. */
export const ControlCoverage = z.strictObject({
  id: ControlId,
  title: z.string(),
  severity: Severity,
  rationale: z.string().describe('What an attacker, or an accident, could do while it fails'),
  remediation: z.string().describe('What to do about it, by hand'),
  sources: z.array(z.string()).describe('Where it is written that this is demanded'),
  frameworks: z
    .record(z.string(), z.array(z.string()))
    .describe('What it maps to in each framework, by the identifiers of that framework'),
  evaluated: z
    .enum(['full', 'part', 'none', 'not-selected'])
    .describe(
      'full: nothing is unknown; part: some findings are unknown; none: all of them are; not-selected: --control left it out',
    ),
  reasons: z.array(UnknownReason).describe('Why it is not evaluated in full, each reason once'),
  status: StatusCount,
});
export type ControlCoverage = z.infer<typeof ControlCoverage>;

/** A suppression of the baseline, and what it came to. */
export const SuppressionUse = z.strictObject({
  ...Suppression.shape,
  state: z
    .enum(['in-force', 'unused', 'expired', 'not-judged'])
    .describe(
      'in-force: findings that fail are suppressed; unused: nothing that it is about fails; expired: what it is about counts again; not-judged: not all that it is about was evaluated',
    ),
  findings: Count.describe('The failing findings that it is about'),
});
export type SuppressionUse = z.infer<typeof SuppressionUse>;

/** What an audit says: the same snapshot and baseline give the same report, byte for byte. */
export const Report = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('securecart'), version: z.string() }),
  baseline: z.strictObject({
    name: z.string(),
    file: z.string().optional().describe('As it was named to the program; absent for the one that it ships'),
    digest: z.string().describe('SHA-256 of the file, in hexadecimal'),
    literal: z.boolean().describe('Whether the rows of the document were taken alone, as they are written'),
  }),
  account: fact(Account),
  regions: z.array(Region),
  takenAt: z.iso.datetime().describe('When the snapshot was begun'),
  summary: z.strictObject({
    status: StatusCount,
    failing: SeverityCount,
    suppressed: Count.describe('The failing findings that a suppression of the baseline accepts'),
    systems: z.array(SystemSummary),
  }),
  suppressions: z.array(SuppressionUse).describe('Those of the baseline, in its order'),
  coverage: z.strictObject({
    evaluated: Count.describe('The controls evaluated in full'),
    total: Count.describe('The controls of the catalogue'),
    controls: z.array(ControlCoverage),
    unaudited: z
      .array(z.strictObject({ section: z.string(), reason: z.enum(['no-control', 'not-selected']) }))
      .describe(
        'The sections of the baseline that were not looked at. no-control: the catalogue has none for it; not-selected: --control left all of them out',
      ),
    skippedRegions: z.array(z.strictObject({ region: z.string(), reason: UnknownReason })),
    calls: z.strictObject({ made: Count, throttled: Count }),
  }),
  reach: z
    .array(ReachComparison)
    .describe("Who reaches whom in the baseline's VPC of each Region, if that was asked"),
  findings: z.array(Finding),
});
export type Report = z.infer<typeof Report>;

/** The system of a control: the part of its id before the slash. */
export const systemOf = (control: ControlId): string => control.slice(0, control.indexOf('/'));
