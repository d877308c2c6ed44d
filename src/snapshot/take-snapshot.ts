import type { Session } from '../aws/session.ts';
import type { FactName } from '../services/facts.ts';
import { loadReaders, withNeeded } from '../services/readers.ts';
import { readCaller } from '../services/sts/read.ts';
import { type Progress, readRegion } from './read-region.ts';
import { chooseRegions, namedOf, type RegionChoice } from './regions.ts';
import type { Snapshot } from './snapshot.ts';

/** What to read, and how. */
export interface SnapshotRequest {
  readonly session: Session;
  /** The facts that the loaded controls need; no other is read, but for those that these are made of. */
  readonly facts: readonly FactName[];
  readonly regions: RegionChoice;
  readonly takenAt: Date;
  /** The version of the program. */
  readonly version: string;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Milliseconds for one fact of one Region, waiting and retries included. */
  readonly factTimeout?: number | undefined;
}

const fifteenMinutes = 15 * 60_000;

/**
 * Reads the live account: Regions side by side, services side by side, no object twice. What cannot be read is
 * `unknown` with the reason. Throws SecureCartError where AWS does not accept the credentials, and the signal's reason
 * when the user interrupts.
 */
export async function takeSnapshot(request: SnapshotRequest): Promise<Snapshot> {
  const { session, takenAt, version, onProgress = () => {}, factTimeout = fifteenMinutes } = request;
  session.signal.throwIfAborted();
  const account = await readCaller(session, await homeRegion(request));
  const { regions, skipped } = await chooseRegions(session, request.regions);
  const names = await withNeeded(request.facts);
  const readers = await loadReaders(names);
  const failed = new AbortController();
  const signal = AbortSignal.any([session.signal, failed.signal]);
  const readings = regions.map(async region => {
    const facts = await readRegion({ session, signal, region, readers, factTimeout, onProgress }, names);
    return [region, facts] as const;
  });
  try {
    return {
      schemaVersion: 1,
      tool: { name: 'securecart', version },
      takenAt: takenAt.toISOString(),
      account,
      regions: Object.fromEntries(await Promise.all(readings)),
      skippedRegions: [...skipped],
      calls: { made: session.calls.made, throttled: session.calls.throttled },
    };
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

/** Where AWS is asked who the caller is: a Region that will be read anyway, since it is surely of the right partition. */
const homeRegion = async ({ session, regions }: SnapshotRequest) =>
  namedOf(regions)[0] ?? session.defaultRegion();
