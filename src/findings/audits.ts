import { bind, factOf, reader } from '../binding/bind.ts';
import { type Binding, componentFacts, tierFacts, vpcFacts } from '../binding/binding.ts';
import type { Account } from '../model/account.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { type Fact, need } from '../model/fact.ts';
import type { Resource } from '../model/finding.ts';
import type { Region } from '../model/identifiers.ts';
import type { FactName, Facts } from '../services/facts.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { AccountAudit, Control, RegionAudit } from './control.ts';
import { type LiveFacts, type LiveNetwork, liveNetworkOf, reachFacts } from './reachability/live-network.ts';

/** One Region with what all controls share of it: its binding is found once. */
export interface RegionState {
  readonly region: Region;
  /** The Region's, and the account's. */
  readonly facts: Facts;
  readonly binding: Binding;
  /** Made when it is first asked for; undefined where no one VPC is the baseline's. Throws UnknownFact. */
  readonly liveNetwork: () => LiveNetwork | undefined;
}

/** The state of one Region. */
export const regionState = (
  baseline: Baseline,
  region: Region,
  facts: Facts,
  vpc: string | undefined,
): RegionState => {
  const binding = bind(baseline, facts, { vpc });
  let made: LiveNetwork | undefined;
  const liveNetwork = () => {
    const bound = need(binding.vpc);
    if (bound.kind === 'found') {
      const fact: LiveFacts['fact'] = name => factOf(facts, name);
      made ??= liveNetworkOf({ baseline, region, vpc: bound.vpc, binding, fact, value: reader(facts) });
    }
    return made;
  };
  return { region, facts, binding, liveNetwork };
};

/** What one control may see of a Region: the facts of its `needs`. To ask for another is a bug of the control, and throws. */
export function regionAudit(
  control: Control,
  { region, facts, binding, liveNetwork }: RegionState,
  baseline: Baseline,
  { account, takenAt }: Pick<Snapshot, 'account' | 'takenAt'>,
): RegionAudit {
  const demand = demandOf(control);
  const partition = partitionOf(region, account);
  return {
    baseline,
    region,
    partition,
    takenAt,
    account: accountResource(account).id,
    arnOf: (service, owner, resource) => `arn:${partition}:${service}:${region}:${owner}:${resource}`,
    fact: name => {
      demand([name]);
      return factOf(facts, name);
    },
    value: name => {
      demand([name]);
      return need(factOf(facts, name));
    },
    boundVpc: () => {
      demand(vpcFacts);
      return need(binding.vpc);
    },
    tier: name => {
      demand(tierFacts);
      return need(binding.tiers[name]);
    },
    component: name => {
      demand(componentFacts);
      return need(binding.components[name]);
    },
    liveNetwork: () => {
      demand(reachFacts);
      const live = liveNetwork();
      if (live === undefined)
        throw new Error(`${control.id} asks for the network of a VPC that is not found`);
      return live;
    },
  };
}

/** What a control of scope `account` may see: the account's own facts, and each Region's. */
export const accountAudit = (
  control: Control,
  { global, account, takenAt, skippedRegions }: Snapshot,
  regions: readonly RegionAudit[],
  baseline: Baseline,
): AccountAudit => ({
  baseline,
  account: accountResource(account),
  takenAt,
  regions,
  skipped: skippedRegions,
  value: name => {
    demandOf(control)([name]);
    return need(factOf(global, name));
  },
});

/** Throws where a control looks at what it has not declared. */
function demandOf({ id, needs }: Control): (names: readonly FactName[]) => void {
  const declared: ReadonlySet<FactName> = new Set(needs);
  return names => {
    const missing = names.filter(name => !declared.has(name));
    if (missing.length > 0) throw new Error(`${id} does not declare ${missing.join(', ')} in its needs`);
  };
}

/** The account as a resource; where nobody could say whose it is, its id is empty. */
export function accountResource(account: Fact<Account>): Resource {
  const { id, partition } = account.kind === 'known' ? account.value : { id: '', partition: 'aws' };
  return { type: 'AWS::::Account', arn: `arn:${partition}:iam::${id}:root`, id };
}

/** The Region as a resource, for what can be said of nothing smaller. */
export function regionResource(region: string, account: Fact<Account>): Resource {
  const { id } = accountResource(account);
  return {
    type: 'AWS::::Region',
    arn: `arn:${partitionOf(region, account)}:ec2:${region}:${id}:region/${region}`,
    id: region,
  };
}

/** The partition of the account, or, if that is not known, the one whose Regions are named so. */
function partitionOf(region: string, account: Fact<Account>): string {
  if (account.kind === 'known') return account.value.partition;
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
