import type { Resource } from '../../model/finding.ts';
import type { Adopted, Change, ChangeId, Fingerprint, LeftAlone, Mend, Obstacle } from '../../model/plan.ts';
import { type Creation, ownTags } from '../../services/ec2/creation.ts';
import type { FactName, Facts } from '../../services/facts.ts';
import { NOTHING, type Proposal, type Scene, together } from '../scene.ts';
import type { Site } from './site.ts';

/** One part of what a baseline asks for: what it takes to build it, what of it is there, and what is otherwise once it stands. */
export interface Part extends Partial<Proposal> {
  readonly adopted?: readonly Adopted[];
  /** The facts that are others then. */
  readonly facts?: Facts;
  /** Whether something is in the way of all the rest, so that nothing more is planned. */
  readonly stopped?: boolean;
}

/** Plans one part. Throws UnknownFact where what is there cannot be told. */
export type Builder = (site: Site) => Part;

/** What an apply builds of one system, and the controls whose findings it mends once that stands. */
export interface Provision {
  /** Globs of those controls. */
  readonly controls: readonly string[];
  /** What it is planned from, besides the facts of those controls. */
  readonly needs: readonly FactName[];
  readonly build: Builder;
}

/** Builds part upon part, each as if those before it stood already, up to one that stops. */
export function inTurn(site: Site, builders: readonly Builder[]): Required<Part> {
  const parts: Part[] = [];
  let facts: Facts = {};
  let at = site;
  for (const build of builders) {
    const part = build(at);
    parts.push(part);
    facts = { ...facts, ...part.facts };
    at = at.after(part.mends ?? [], facts);
    if (part.stopped === true) break;
  }
  return {
    ...together(parts.map(part => ({ ...NOTHING, ...part }))),
    adopted: parts.flatMap(({ adopted = [] }) => adopted),
    facts,
    stopped: parts.at(-1)?.stopped ?? false,
  };
}

/** What the baseline asks for and the account has. */
export const adopt = ({ region }: Scene, what: string, ...ids: string[]): Part => ({
  adopted: ids.map(id => ({ what, region, id })),
});

/** What the baseline asks for and no plan can give, with the reason. */
export const unbuilt = (
  { region }: Scene,
  resource: Resource,
  obstacle: Obstacle,
  detail: string,
): LeftAlone => ({
  region,
  resource,
  for: [],
  obstacle,
  detail,
});

/** The work on one part. */
interface Work extends Pick<Mend, 'id' | 'title' | 'resource' | 'cost' | 'quota' | 'unfinished'> {
  readonly changes: readonly Change[];
  /** What is there that it changes, as it is now. */
  readonly fingerprints?: readonly Fingerprint[];
  /** The facts that are others once it is done. */
  readonly facts?: Facts;
}

/** What the baseline asks for and the account lacks, as one mend; nothing, where there is nothing to do. */
export function build({ region }: Scene, { changes, fingerprints = [], facts = {}, ...mend }: Work): Part {
  if (changes.length === 0) return {};
  const risk = changes.every(({ effect }) => effect.kind === 'none') ? 'safe' : 'review';
  return { mends: [{ ...mend, region, for: [], risk, changes: [...changes] }], fingerprints, facts };
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
  scene: Scene,
  id: string,
  { component, name, title }: { component: string; name: string; title: string },
): Pick<Creation, 'region' | 'id' | 'title' | 'tags'> {
  const change = creationOf(id);
  return { region: scene.region, id: change, title, tags: ownTags(scene, component, name, change) };
}

/** A resource of EC2's, which may be one that is still to be created. */
export const ec2Resource = ({ audit }: Scene, type: string, path: string, id: string): Resource => ({
  type: `AWS::EC2::${type}`,
  arn: audit.arnOf('ec2', audit.account, `${path}/${id}`),
  id,
});
