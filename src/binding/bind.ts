import type { Baseline } from '../model/baseline/baseline.ts';
import type { Component, Tier } from '../model/baseline/row.ts';
import { attempt, type Fact, known, need, unknown } from '../model/fact.ts';
import { cidrBlock } from '../network/address.ts';
import type { SecurityGroup, Subnet, Vpc } from '../services/ec2/facts.ts';
import type { FactName, Facts, FactValue } from '../services/facts.ts';
import type { Binding, BoundComponent, BoundVpc, Carrier } from './binding.ts';
import { carriersOf, type Place } from './carriers.ts';

/** The tag by which a user says what a VPC or a security group is to the baseline. */
export const COMPONENT_TAG = 'securecart:component';

/**
 * Finds in one Region what the baseline speaks of: the VPC by `--vpc`, by its id in the baseline, by its tag, or by its
 * CIDR; the tiers by their CIDRs; the components by ids in the baseline, by tags, or by what carries the groups.
 */
export function bind(baseline: Baseline, facts: Facts, options: { vpc?: string | undefined } = {}): Binding {
  const value = reader(facts);
  const vpc = attempt(() => bindVpc(baseline, value('ec2.vpcs'), options.vpc));
  const tier = (name: Tier) =>
    attempt(() => {
      const home = found(need(vpc));
      return home === undefined
        ? []
        : subnetsIn(value('ec2.subnets'), home, baseline.network.tiers[name].cidr);
    });
  const tiers = { public: tier('public'), private: tier('private'), database: tier('database') };
  const component = (name: Component) =>
    attempt((): BoundComponent => {
      const home = found(need(vpc));
      if (home === undefined) return { groups: [], attachments: [], carriers: known([]), by: 'nothing' };
      const place = { vpc: home, tier: () => need(tiers[baseline.components[name].tier]), value };
      return bindComponent(name, baseline, place);
    });
  return {
    vpc,
    tiers,
    components: {
      alb: component('alb'),
      backend: component('backend'),
      rds: component('rds'),
      lambda: component('lambda'),
      endpoints: component('endpoints'),
    },
  };
}

/** Reads facts by name; one that nobody asked AWS for is as unknown as one that AWS refused. */
export function reader(facts: Facts): <Name extends FactName>(name: Name) => FactValue<Name> {
  return name => need(factOf(facts, name));
}

/** A fact; where it is absent, unknown for the reason that it was not read. */
export function factOf<Name extends FactName>(facts: Facts, name: Name): Fact<FactValue<Name>> {
  const fact: Fact<FactValue<Name>> | undefined = facts[name];
  return fact ?? unknown({ kind: 'not-read', call: name });
}

const found = (bound: BoundVpc): Vpc | undefined => (bound.kind === 'found' ? bound.vpc : undefined);

function bindVpc(baseline: Baseline, vpcs: readonly Vpc[], option: string | undefined): BoundVpc {
  const { id, cidr } = baseline.network.vpc;
  if (option !== undefined)
    return one(
      vpcs.filter(vpc => vpc.id === option),
      'option',
    );
  if (id !== undefined)
    return one(
      vpcs.filter(vpc => vpc.id === id),
      'id',
    );
  const tagged = vpcs.filter(({ tags }) => tags[COMPONENT_TAG] === 'vpc');
  if (tagged.length > 0) return one(tagged, 'tag');
  return one(
    vpcs.filter(({ cidrs }) => cidrs.includes(cidr)),
    'cidr',
  );
}

function one(candidates: readonly Vpc[], by: 'option' | 'id' | 'tag' | 'cidr'): BoundVpc {
  const [vpc, ...others] = candidates;
  if (vpc === undefined) return { kind: 'absent' };
  return others.length === 0 ? { kind: 'found', vpc, by } : { kind: 'ambiguous', candidates };
}

function subnetsIn(subnets: readonly Subnet[], vpc: Vpc, cidr: string): Subnet[] {
  const tier = cidrBlock(cidr).peers;
  return subnets.filter(subnet => {
    if (subnet.vpc !== vpc.id || subnet.cidr === undefined) return false;
    const { start, end } = cidrBlock(subnet.cidr).peers;
    return tier.start <= start && end <= tier.end;
  });
}

function bindComponent(name: Component, baseline: Baseline, place: Place): BoundComponent {
  const { attachedTo, securityGroups } = baseline.components[name];
  const live = place.value('ec2.securityGroups').filter(({ vpc }) => vpc === place.vpc.id);
  const carriers = attempt(() => carriersOf(attachedTo, place));
  const boundTo = (groups: readonly string[], by: BoundComponent['by']): BoundComponent => {
    const sorted = [...new Set(groups)].sort();
    return { groups: sorted, attachments: attachments(sorted, carriers), carriers, by };
  };
  if (securityGroups !== undefined) {
    return boundTo(idsOf(live.filter(({ id }) => securityGroups.includes(id))), 'id');
  }
  const tagged = live.filter(({ tags }) => tags[COMPONENT_TAG] === name);
  if (tagged.length > 0) return boundTo(idsOf(tagged), 'tag');
  const attached = need(carriers).flatMap(({ groups }) => groups);
  return boundTo(attached, attached.length > 0 ? 'attachment' : 'nothing');
}

const idsOf = (groups: readonly SecurityGroup[]): string[] => groups.map(({ id }) => id);

/** A group alone goes with no other, so that carriers that cannot be read do not matter to it. */
function attachments(groups: readonly string[], carriers: Fact<readonly Carrier[]>): string[][] {
  const [only, ...others] = groups;
  if (only === undefined) return [];
  if (others.length === 0) return [[only]];
  const lists = need(carriers).map(carrier => groups.filter(group => carrier.groups.includes(group)));
  const carried = new Set(lists.flat());
  const alone = groups.filter(group => !carried.has(group)).map(group => [group]);
  const distinct = new Map(
    [...lists, ...alone].filter(list => list.length > 0).map(list => [list.join(), list]),
  );
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => list);
}
