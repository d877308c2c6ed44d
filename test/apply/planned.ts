import { createHash } from 'node:crypto';
import { catalogue } from '../../rules/index.ts';
import { evaluate } from '../../src/findings/evaluate.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { AccountId } from '../../src/model/identifiers.ts';
import type { Plan } from '../../src/model/plan.ts';
import { makePlan, type PlanInput } from '../../src/plan/make-plan.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { type Facts, OWNER } from '../builders/shop.ts';
import { shippedBaseline, snapshotOfShop } from '../builders/snapshot.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What the whole catalogue says of a snapshot. */
export const findingsOf = (snapshot: Snapshot, baseline: Baseline = shippedBaseline) =>
  evaluate(catalogue, snapshot, baseline, { digest: sha256 }).findings;

/** The plan that mends a snapshot by the shipped baseline. */
export function planFor(
  snapshot: Snapshot,
  options: Partial<PlanInput['options']> = {},
  wanted: PlanInput['wanted'] = () => true,
  baseline: Baseline = shippedBaseline,
): Plan {
  return makePlan({
    baseline,
    snapshot,
    findings: findingsOf(snapshot, baseline),
    wanted,
    options: { includeManaged: false, allowDisruptive: false, ...options },
    meta: {
      id: 'fix-20260101t000000z',
      createdAt: '2026-01-01T00:00:00Z',
      tool: { name: 'securecart', version: '0.1.0' },
      account: snapshot.account.kind === 'known' ? snapshot.account.value.id : AccountId.parse(OWNER),
      partition: 'aws',
      baseline: { name: baseline.name, digest: 'd', literal: false },
    },
    remediation: control => `see ${control}`,
  });
}

/** The plan that mends the shop after `breakIt` has changed its facts. */
export const planForShop = (facts: Facts, options: Partial<PlanInput['options']> = {}): Plan =>
  planFor(snapshotOfShop(facts), options);
