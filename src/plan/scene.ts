import { factOf } from '../binding/bind.ts';
import { regionState } from '../findings/audits.ts';
import type { VpcAudit } from '../findings/control.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { need } from '../model/fact.ts';
import type { Finding } from '../model/finding.ts';
import type { Region } from '../model/identifiers.ts';
import type { Cause, Fingerprint, LeftAlone, Mend } from '../model/plan.ts';
import type { FactName, Facts } from '../services/facts.ts';

/** What the user allows, and what is known of them. */
export interface PlanOptions {
  /** Mends resources that CloudFormation or Terraform owns as well. */
  readonly includeManaged: boolean;
  /** Plans mends that cut a flow, or the caller's way in, or what is still in use. */
  readonly allowDisruptive: boolean;
  /** Whether new rules of a web ACL block, as they do where nothing is said, or only count at first. */
  readonly wafMode?: 'block' | 'count';
  /** The public address from which the caller works, where it is known. */
  readonly callerAddress?: string | undefined;
  /** The id of the access key that signs what the run asks, where it is known. */
  readonly callerKey?: string | undefined;
}

/** One Region as the planners see it. */
export interface Scene extends PlanOptions {
  /** The ids of the plan and, as its digest, of the baseline, with which what is created is marked. */
  readonly plan: string;
  readonly digest: string;
  readonly region: Region;
  /** Reads what controls read; throws UnknownFact where a fact is unknown. */
  readonly audit: Omit<VpcAudit, 'vpc'>;
  /** What they would read with these facts in place of those of the same name. */
  readonly imagine: (changed: Facts) => Scene['audit'];
  /** The baseline's VPC, where there is one and no doubt which. */
  readonly vpc: VpcAudit['vpc'] | undefined;
  /** The failing findings that are accepted: what they are about stays as it is. */
  readonly suppressed: readonly Finding[];
}

/** What a planner makes of findings: mends, the objects that they start from, and what it leaves alone. */
export interface Proposal {
  readonly mends: readonly Mend[];
  readonly fingerprints: readonly Fingerprint[];
  readonly leftAlone: readonly LeftAlone[];
}

/** What a planner mends, and what it looks at. */
interface Mending {
  /** Globs of the controls that it mends. */
  readonly controls: readonly string[];
  /** What it looks at besides the facts of those controls. */
  readonly needs?: readonly FactName[];
}

/** Plans the mends for the failing findings of some controls, in one Region. Throws UnknownFact. */
export interface Planner extends Mending {
  readonly plan: (scene: Scene, failing: readonly Finding[]) => Proposal;
}

/** The same for findings about the account as a whole: it sees every Region, and the mends that are planned in them. Throws UnknownFact. */
export interface AccountPlanner extends Mending {
  readonly plan: (scenes: readonly Scene[], failing: readonly Finding[], mends: readonly Mend[]) => Proposal;
}

export const NOTHING: Proposal = { mends: [], fingerprints: [], leftAlone: [] };

/** Proposals as one. */
export const together = (proposals: readonly Proposal[]): Proposal => ({
  mends: proposals.flatMap(({ mends }) => mends),
  fingerprints: proposals.flatMap(({ fingerprints }) => fingerprints),
  leftAlone: proposals.flatMap(({ leftAlone }) => leftAlone),
});

/** A finding as the reason for a mend. */
export const causeOf = ({ id, control, row, message }: Finding): Cause => ({
  finding: id,
  control,
  ...(row !== undefined && { row }),
  message,
});

/** Sets the scene of one Region. */
export function sceneOf(
  baseline: Baseline,
  region: Region,
  facts: Facts,
  { account, takenAt }: { account: { id: string; partition: string }; takenAt: string },
  options: PlanOptions &
    Pick<Scene, 'plan' | 'digest' | 'suppressed'> & { readonly vpc?: string | undefined },
): Scene {
  const look = (of: Facts): Scene['audit'] => {
    const { binding, liveNetwork } = regionState(baseline, region, of, options.vpc);
    return {
      baseline,
      region,
      partition: account.partition,
      takenAt,
      account: account.id,
      arnOf: (service, owner, resource) =>
        `arn:${account.partition}:${service}:${region}:${owner}:${resource}`,
      fact: name => factOf(of, name),
      value: name => need(factOf(of, name)),
      boundVpc: () => need(binding.vpc),
      tier: name => need(binding.tiers[name]),
      component: name => need(binding.components[name]),
      liveNetwork: () => {
        const live = liveNetwork();
        if (live === undefined) throw new Error(`no one VPC of ${region} is the baseline's`);
        return live;
      },
    };
  };
  const found = regionState(baseline, region, facts, options.vpc).binding.vpc;
  return {
    ...options,
    region,
    vpc: found.kind === 'known' && found.value.kind === 'found' ? found.value.vpc : undefined,
    audit: look(facts),
    imagine: changed => look({ ...facts, ...changed }),
  };
}
