import type { CallEvent } from '../../src/aws/observe.ts';
import { openSession, type SessionOptions } from '../../src/aws/session.ts';
import { type FactName, RegionFacts } from '../../src/services/facts.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { type SnapshotRequest, takeSnapshot } from '../../src/snapshot/take-snapshot.ts';

/** What the audit of the network reads. */
export const networkFacts: readonly FactName[] = RegionFacts.keyof().options.filter(name =>
  /^(ec2|elbv2|rds|ecs|lambda)\./.test(name),
);

/** Takes a snapshot with a session of its own; the environment says where AWS is. */
export function take(
  request: Partial<Omit<SnapshotRequest, 'session'>> = {},
  options: Partial<SessionOptions> = {},
): Promise<Snapshot> {
  const session = openSession({ signal: new AbortController().signal, ...options });
  return takeSnapshot({
    facts: networkFacts,
    regions: [],
    takenAt: new Date('2026-01-02T03:04:05Z'),
    version: '0.0.0',
    ...request,
    session,
  });
}

/** A list, and what adds a call to it. */
export function callLog(): { events: CallEvent[]; onCall: (event: CallEvent) => void } {
  const events: CallEvent[] = [];
  return { events, onCall: event => events.push(event) };
}

/** The calls of the network's readers that ask of each cluster and of each snapshot, of which the network has none, and of a database that is still to come. */
export const idle = [
  'rds:DescribeDBClusterParameters',
  'rds:DescribeDBClusterSnapshotAttributes',
  'rds:DescribeDBEngineVersions',
  'rds:DescribeDBSnapshotAttributes',
];
