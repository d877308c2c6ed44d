import { selects } from '../../findings/select.ts';
import type { Finding } from '../../model/finding.ts';
import { Region } from '../../model/identifiers.ts';
import { type Fingerprint, objectKey, type Plan } from '../../model/plan.ts';
import { type Facts, GlobalFacts, RegionFacts } from '../../services/facts.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { byReason, makePlan, type PlanInput } from '../make-plan.ts';
import { findingsElsewhere, leftToFix } from './other-vpcs.ts';
import { placedFingerprint, placedMend, standInsOf } from './placed.ts';
import { buildBaseline, PROVISIONED_CONTROLS } from './provisions.ts';
import { type Order, siteOf } from './site.ts';

/** What a plan to build the baseline is made of. */
export interface ApplyInput extends Omit<PlanInput, 'findings' | 'wanted' | 'built'> {
  /** What the controls of the provisioned systems find in a snapshot, whether an apply is about them or not. */
  readonly judge: (snapshot: Snapshot) => readonly Finding[];
}

/**
 * Plans what the baseline needs and the account lacks: the objects that are missing, and then, as if they were there as
 * AWS creates them, whatever a fix would mend. Throws UnknownFact where what is there cannot be told.
 */
export function makeApplyPlan({ judge, ...input }: ApplyInput): Plan {
  const { baseline, snapshot, meta, options } = input;
  const [region, ...others] = Object.keys(snapshot.regions).map(name => Region.parse(name));
  if (region === undefined || others.length > 0)
    throw new Error('a baseline is applied to one Region at a time');
  const facts = { ...snapshot.global, ...snapshot.regions[region] };
  const order: Order = {
    baseline,
    region,
    account: { id: meta.account, partition: meta.partition },
    takenAt: snapshot.takenAt,
    plan: meta.id,
    digest: meta.baseline.digest,
    options,
  };
  const site = siteOf(order, facts);
  const built = buildBaseline(site);
  const future = withFacts(snapshot, region, built.facts);
  const findings = judge(future);
  const elsewhere = findingsElsewhere(site.after(built.mends, built.facts), findings);
  const wanted = (finding: Finding) =>
    !built.stopped &&
    PROVISIONED_CONTROLS.some(glob => selects(glob, finding.control)) &&
    !elsewhere.includes(finding);
  const mended = makePlan({ ...input, snapshot: future, findings, wanted, built: built.mends });
  const standIns = standInsOf(built.mends, creation => creation.slice(0, -'/create'.length));
  const mends = [...built.mends, ...mended.mends].map(mend => placedMend(mend, standIns));
  const created = new Set(
    mends.flatMap(({ changes }) =>
      changes.flatMap(({ object, edit }) => (edit.kind === 'create' ? [objectKey(object)] : [])),
    ),
  );
  return {
    ...mended,
    kind: 'apply',
    // What the plan creates begins as its creation says.
    fingerprints: firstOfEach(
      [...built.fingerprints, ...mended.fingerprints].map(fingerprint =>
        placedFingerprint(fingerprint, standIns),
      ),
    ).filter(({ object }) => !created.has(objectKey(object))),
    failing: judge(snapshot)
      .filter(({ status }) => status === 'fail')
      .map(({ id }) => id),
    mends,
    leftAlone: byReason([...built.leftAlone, ...mended.leftAlone, ...elsewhere.map(leftToFix)]),
    adopted: [...built.adopted],
  };
}

/** The snapshot, with other facts in the place of those of the same name. */
function withFacts(snapshot: Snapshot, region: Region, changed: Facts): Snapshot {
  const all = { ...snapshot.global, ...snapshot.regions[region], ...changed };
  const entries = Object.entries(all);
  const ofAccount = ([name]: [string, unknown]) => name in GlobalFacts.shape;
  return {
    ...snapshot,
    global: GlobalFacts.parse(Object.fromEntries(entries.filter(ofAccount))),
    regions: { [region]: RegionFacts.parse(Object.fromEntries(entries.filter(one => !ofAccount(one)))) },
  };
}

/** What is built on an object comes before what is mended of it, so that the later fingerprint is not of what is there now. */
const firstOfEach = (fingerprints: readonly Fingerprint[]): Fingerprint[] => {
  const all = new Map(fingerprints.toReversed().map(one => [objectKey(one.object), one]));
  return [...all.values()].toReversed();
};
