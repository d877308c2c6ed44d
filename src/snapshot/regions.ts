import { CallError, reasonFor } from '../aws/errors.ts';
import type { Session } from '../aws/session.ts';
import type { Region } from '../model/identifiers.ts';
import { readRegions, regionsCall } from '../services/ec2/read-regions.ts';
import type { Snapshot } from './snapshot.ts';

/** Which Regions to read: those named, all that the account has enabled, or the default one where none is named. */
export type RegionChoice = readonly (Region | 'all')[];

/** The Regions to read, each once and in order, and those that were asked for and cannot be. Throws SecureCartError. */
export interface ChosenRegions {
  readonly regions: readonly Region[];
  readonly skipped: Snapshot['skippedRegions'];
}

export async function chooseRegions(session: Session, choice: RegionChoice): Promise<ChosenRegions> {
  const named = namedOf(choice);
  if (named.length === choice.length && named.length > 0) return { regions: inOrder(named), skipped: [] };
  const home = await session.defaultRegion();
  if (choice.length === 0) return { regions: [home], skipped: [] };
  try {
    const listed = await readRegions(session, home);
    const enabled = listed.filter(region => region.enabled).map(({ region }) => region);
    const closed = listed.filter(({ enabled, region }) => !enabled && !named.includes(region));
    return {
      regions: inOrder([...enabled, ...named]),
      skipped: closed.map(({ region }) => notOptedIn(region)),
    };
  } catch (error) {
    session.signal.throwIfAborted();
    if (!(error instanceof CallError)) throw error;
    // Which Regions there are is not known; the ones that are known are read, and the rest stays an open question.
    const skipped = [{ region: 'all', reason: reasonFor(error, regionsCall.action) }];
    return { regions: inOrder([home, ...named]), skipped };
  }
}

/** The Regions of a choice that it names itself. */
export const namedOf = (choice: RegionChoice): Region[] =>
  choice.flatMap(region => (region === 'all' ? [] : [region]));

const inOrder = (regions: readonly Region[]): Region[] => [...new Set(regions)].sort();

const notOptedIn = (region: Region): Snapshot['skippedRegions'][number] => ({
  region,
  reason: {
    kind: 'not-read',
    call: regionsCall.call,
    error: { code: 'not-opted-in', message: 'The account has not enabled this Region.' },
  },
});
