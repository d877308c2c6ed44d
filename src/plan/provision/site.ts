import { factOf } from '../../binding/bind.ts';
import type { Baseline } from '../../model/baseline/baseline.ts';
import { known, need } from '../../model/fact.ts';
import type { Resource } from '../../model/finding.ts';
import type { Region } from '../../model/identifiers.ts';
import type { Adopted, Change, ChangeId, Fingerprint, LeftAlone, Mend, Obstacle } from '../../model/plan.ts';
import { type Creation, ownTags } from '../../services/ec2/creation.ts';
import type { Vpc } from '../../services/ec2/facts.ts';
import type { FactName, FactValue, RegionFacts } from '../../services/facts.ts';
import type { PlanOptions } from '../scene.ts';

/** Where a network is to stand, and what is there: what the account has, and what the plan has created so far. */
export interface Site {
  readonly baseline: Baseline;
  readonly region: Region;
  readonly account: { readonly id: string; readonly partition: string };
  /** The VPC that the user named. */
  readonly vpc?: string | undefined;
  /** The id of the plan, and the digest of the baseline. */
  readonly plan: string;
  readonly digest: string;
  readonly options: PlanOptions;
  readonly facts: RegionFacts;
}

/** One part of a network: what it takes, and what the account's facts are once it stands. */
export interface Part {
  readonly mends: readonly Mend[];
  readonly fingerprints: readonly Fingerprint[];
  readonly leftAlone: readonly LeftAlone[];
  readonly adopted: readonly Adopted[];
  readonly facts: RegionFacts;
  /** Where something is in the way of all the rest, so that nothing is planned. */
  readonly stopped?: boolean;
}

/** Plans one part of a network. Throws UnknownFact where what is there cannot be told. */
export type Builder = (site: Site) => Part;

/** What an apply builds of one system, and the controls whose findings it mends once that stands. */
export interface Provision {
  /** Globs of those controls. */
  readonly controls: readonly string[];
  /** What it is planned from, besides the facts of those controls. */
  readonly needs: readonly FactName[];
  readonly build: Builder;
}

type RegionName = keyof RegionFacts;

/** What is known of a site by that name. Throws UnknownFact. */
export const lookUp = <Name extends RegionName>(
  { facts }: Pick<Site, 'facts'>,
  name: Name,
): FactValue<Name> => need(factOf(facts, name));

/** The part that changes nothing. */
export const unchanged = ({ facts }: Site): Part => ({
  mends: [],
  fingerprints: [],
  leftAlone: [],
  adopted: [],
  facts,
});

/** The facts with another value for one of them. */
export const withFact = <Name extends RegionName>(
  facts: RegionFacts,
  name: Name,
  value: FactValue<Name>,
): RegionFacts => ({ ...facts, [name]: known(value) });

/** Builds part upon part, up to one that stops. */
export function inTurn(site: Site, builders: readonly Builder[]): Part {
  let whole = unchanged(site);
  for (const build of builders) {
    const part = build({ ...site, facts: whole.facts });
    whole = {
      mends: [...whole.mends, ...part.mends],
      fingerprints: [...whole.fingerprints, ...part.fingerprints],
      leftAlone: [...whole.leftAlone, ...part.leftAlone],
      adopted: [...whole.adopted, ...part.adopted],
      facts: part.facts,
    };
    if (part.stopped === true) return { ...whole, stopped: true };
  }
  return whole;
}

/**
 * The id that stands for what the plan will create, such as `new-vpc`, while the rest is planned as if it were there
 * already; the change that creates it is named after it.
 */
export const standIn = (what: string): string => `new-${what}`;

/** Whether an id stands for what a plan will create; no id of AWS's looks like one. */
export const isStandIn = (id: string): boolean => id.startsWith(standIn(''));

/** The change that creates what a stand-in stands for. */
export const creationOf = (id: string): ChangeId => `${id}/create`;

/** What every creation says of itself. */
export function about(
  site: Site,
  id: string,
  { component, name, title }: { component: string; name: string; title: string },
): Pick<Creation, 'region' | 'id' | 'title' | 'tags'> {
  const change = creationOf(id);
  return { region: site.region, id: change, title, tags: ownTags(site, component, name, change) };
}

/** A resource of EC2's, which may be one that is still to be created. */
export const ec2Resource = ({ account, region }: Site, type: string, path: string, id: string): Resource => ({
  type: `AWS::EC2::${type}`,
  arn: `arn:${account.partition}:ec2:${region}:${account.id}:${path}/${id}`,
  id,
});

/** The mend that builds a part; none where there is nothing to do. */
export function building(
  { region }: Site,
  mend: { id: ChangeId; title: string; resource: Resource; cost?: string; changes: readonly Change[] },
): Mend[] {
  if (mend.changes.length === 0) return [];
  return [{ ...mend, region, for: [], risk: 'safe', changes: [...mend.changes] }];
}

/** What is not built, with the reason. */
export const notBuilt = (
  { region }: Site,
  resource: Resource,
  obstacle: Obstacle,
  detail: string,
): LeftAlone => ({ region, resource, for: [], obstacle, detail });

/** The VPC of the site: the account's, or the one that the plan creates. Throws where the first builder was not its own. */
export function homeOf(site: Site, bound: Vpc | undefined): Vpc {
  if (bound !== undefined) return bound;
  throw new Error(`no VPC stands in ${site.region}`);
}
