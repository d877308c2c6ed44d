import { z } from 'zod';
import { Account } from '../model/account.ts';
import { fact, UnknownReason } from '../model/fact.ts';
import { Region } from '../model/identifiers.ts';
import { GlobalFacts, RegionFacts } from '../services/facts.ts';

/** One live account at one time, as far as it could be read. */
export const Snapshot = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('securecart'), version: z.string() }),
  takenAt: z.iso.datetime(),
  account: fact(Account),
  /** What is the account's and no Region's. */
  global: GlobalFacts,
  regions: z.record(Region, RegionFacts),
  /** The Regions that were asked for and not read, each with the reason. */
  skippedRegions: z.array(z.strictObject({ region: z.string(), reason: UnknownReason })),
  /** Requests sent, retries included, and how many of them AWS throttled. */
  calls: z.strictObject({ made: z.int(), throttled: z.int() }),
});
export type Snapshot = z.infer<typeof Snapshot>;
