import { readFileSync } from 'node:fs';
import { readBaseline } from '../../src/baseline/read.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import type { UnknownReason } from '../../src/model/fact.ts';
import { type FactName, GlobalFacts } from '../../src/services/facts.ts';
import { Snapshot } from '../../src/snapshot/snapshot.ts';
import { type Facts, OWNER, REGION } from './shop.ts';

const file = 'securecart-baseline.yaml';

/** The baseline that is shipped. */
export const shippedBaseline: Baseline = readBaseline(
  readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'),
  file,
);

/** What AWS says to a caller who may not. */
export const denied = (name: string): UnknownReason => ({
  kind: 'denied',
  call: name,
  action: name,
  error: { code: 'AccessDenied', message: 'not authorized' },
});

/** A snapshot of one Region per entry; the facts named in `without` were denied. It is validated as one from a file is. */
export function snapshotOf(regions: Record<string, Facts>, without: readonly FactName[] = []): Snapshot {
  const facts = ([name, value]: [string, unknown]) =>
    without.some(denied => denied === name)
      ? [name, { kind: 'unknown', reason: denied(name) }]
      : [name, { kind: 'known', value }];
  return Snapshot.parse({
    schemaVersion: 1,
    tool: { name: 'securecart', version: '0.1.0' },
    takenAt: '2026-01-01T00:00:00Z',
    account: {
      kind: 'known',
      value: { id: OWNER, partition: 'aws', caller: `arn:aws:sts::${OWNER}:assumed-role/audit` },
    },
    global: Object.fromEntries(
      Object.values(regions).flatMap(all => Object.entries(all).filter(isOfAccount).map(facts)),
    ),
    regions: Object.fromEntries(
      Object.entries(regions).map(([region, all]) => [
        region,
        Object.fromEntries(
          Object.entries(all)
            .filter(entry => !isOfAccount(entry))
            .map(facts),
        ),
      ]),
    ),
    skippedRegions: [],
    calls: { made: 0, throttled: 0 },
  });
}

const isOfAccount = ([name]: [string, unknown]): boolean => name in GlobalFacts.shape;

/** A snapshot of the shop's one Region. */
export const snapshotOfShop = (facts: Facts, without: readonly FactName[] = []): Snapshot =>
  snapshotOf({ [REGION]: facts }, without);
