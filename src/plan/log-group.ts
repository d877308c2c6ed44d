import type { Region } from '../model/identifiers.ts';
import type { Change, Fingerprint } from '../model/plan.ts';
import { createLogGroup, logGroupObject, logGroupState, setRetention } from '../services/logs/changes.ts';
import type { LogGroup } from '../services/logs/facts.ts';

/** How long a log group that a plan creates keeps what is logged: a year, as Security Hub's CloudWatch.16 asks for, and PCI DSS 10.5.1. */
export const RETENTION_DAYS = 365;

/** Creates a log group, and sets how long it keeps what is logged. */
export const newLogGroup = (name: string, about: Parameters<typeof createLogGroup>[1]): Change[] => [
  createLogGroup(name, about),
  setRetention(about.region, name, RETENTION_DAYS, about.id),
];

/**
 * What a log group that is there takes to be whole. One of ours that keeps all for ever is one that a run did not finish;
 * any other keeps what is logged as long as it did.
 */
export function finishedLogGroup(
  region: Region,
  live: LogGroup,
): { changes: Change[]; fingerprints: Fingerprint[] } {
  const { name, retentionDays, tags } = live;
  if (retentionDays !== null || tags['securecart:managed'] !== 'true')
    return { changes: [], fingerprints: [] };
  return {
    changes: [setRetention(region, name, RETENTION_DAYS, undefined)],
    fingerprints: [{ object: logGroupObject(region, name), state: logGroupState(live) }],
  };
}
