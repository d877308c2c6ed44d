import { catalogue } from '../../rules/index.ts';
import type { Control } from '../findings/control.ts';
import { type Evaluation, evaluate } from '../findings/evaluate.ts';
import { selects } from '../findings/select.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { Partition } from '../model/identifiers.ts';
import type { Plan } from '../model/plan.ts';
import { systemOf } from '../model/report.ts';
import { planningNeeds } from '../plan/make-plan.ts';
import { emptyAccount, NO_ACCOUNT } from '../plan/provision/empty-account.ts';
import { makeApplyPlan } from '../plan/provision/make-apply-plan.ts';
import { PROVISIONED_CONTROLS, PROVISIONED_FACTS } from '../plan/provision/provisions.ts';
import type { FactName } from '../services/facts.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { type LoadedBaseline, sha256 } from './baseline.ts';

/** The controls of what an apply builds. */
export const PROVISIONED = catalogue.filter(({ id }) => PROVISIONED_CONTROLS.some(glob => selects(glob, id)));

/** A mend of one control must leave what another one of its system finds, and the baseline suppresses. */
export const JUDGED = catalogue.filter(({ id }) =>
  PROVISIONED.some(other => systemOf(other.id) === systemOf(id)),
);

/** What an apply reads to judge by these controls, and to plan: it mends what it builds alone. */
export const factsFor = (controls: readonly Control[]): FactName[] => [
  ...PROVISIONED_FACTS,
  ...controls.flatMap(({ needs }) => needs),
  ...planningNeeds(PROVISIONED.map(({ id }) => id)),
];

/** What these controls find. */
export const judged = (
  controls: readonly Control[],
  snapshot: Snapshot,
  baseline: Baseline,
  vpc?: string,
): Evaluation =>
  evaluate(catalogue, snapshot, baseline, {
    vpc,
    controls: controls.map(({ id }) => id),
    digest: text => sha256(text).slice(0, 32),
  });

/** The plan that builds a whole baseline from nothing, in nobody's account; the same baseline gives the same plan. */
export function planFromNothing({ baseline, about }: LoadedBaseline, version: string): Plan {
  const { name, digest, literal } = about;
  const createdAt = '1970-01-01T00:00:00Z';
  return makeApplyPlan({
    baseline,
    snapshot: emptyAccount(baseline, { version, takenAt: createdAt }),
    judge: of => judged(JUDGED, of, baseline).findings,
    options: { includeManaged: false, allowDisruptive: false },
    meta: {
      id: 'apply-0',
      createdAt,
      tool: { name: 'securecart', version },
      account: NO_ACCOUNT,
      partition: Partition.parse('aws'),
      baseline: { name, digest, literal },
    },
    remediation: control => catalogue.find(({ id }) => id === control)?.remediation ?? '',
  });
}
