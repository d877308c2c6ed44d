import type { Session } from '../aws/session.ts';
import type { Region } from '../model/identifiers.ts';
import { type FactName, isGlobal } from '../services/facts.ts';
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
  const home = await homeRegion(request);
  const account = await readCaller(session, home);
  const { regions, skipped } = await chooseRegions(session, request.regions);
  const names = await withNeeded(request.facts);
  const readers = await loadReaders(names);
  const failed = new AbortController();
  const signal = AbortSignal.any([session.signal, failed.signal]);
  const read = (region: Region, names: readonly FactName[]) =>
    readRegion({ session, signal, region, account, readers, factTimeout, onProgress }, names);
  const regional = names.filter(name => !isGlobal(name));
  const readings = regions.map(async region => [region, await read(region, regional)] as const);
  const reading = read(home, names.filter(isGlobal));
  try {
    // Together: when the user interrupts, both fail, and a failure that nobody awaits would end the process.
    const [global, all] = await Promise.all([reading, Promise.all(readings)]);
    return {
      schemaVersion: 1,
      tool: { name: 'securecart', version },
      takenAt: takenAt.toISOString(),
      account,
      global,
      regions: Object.fromEntries(all),
      skippedRegions: [...skipped],
      calls: { made: session.calls.made, throttled: session.calls.throttled },
    };
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

/** Where AWS is asked who the caller is, and what is no Region's: a Region that will be read anyway, since it is surely of the right partition. */
const homeRegion = async ({ session, regions }: SnapshotRequest) =>
  namedOf(regions)[0] ?? session.defaultRegion();
