import type { Finding } from '../../model/finding.ts';
import type { Change, ChangeId, Fingerprint, Mend } from '../../model/plan.ts';
import { type AboutRegion, leave } from '../leave.ts';
import type { Proposal, Scene } from '../scene.ts';

/** A method of a REST API, or a route of an HTTP API, by its name. */
export interface Endpoint {
  readonly name: string;
  readonly authorization: string;
}

/** The endpoints of an API that the plan lets ask for a token, by name, and its changes that do so. */
export interface Closed {
  readonly names: ReadonlySet<string>;
  readonly changes: readonly Change[];
}

/** What a stage's deployment is planned from. */
export interface Deploying {
  readonly failing: readonly Finding[];
  readonly closed: Closed;
  readonly owned: Pick<Mend, 'managedBy'>;
}

/** What is proposed of a stage; `waits` is its name where callers of it go on to meet what fails. */
export interface Deployed {
  readonly proposal: Proposal;
  readonly waits?: string;
}

/** A deployment that would mend what callers of a stage meet. */
export interface Deployment {
  readonly about: AboutRegion;
  readonly id: ChangeId;
  /** The names of the API and of its stage. */
  readonly api: string;
  readonly stage: string;
  /** What callers meet now, and what they would meet then. */
  readonly live: readonly Endpoint[];
  readonly afterwards: readonly Endpoint[];
  /** Which of them it would let callers use without the token that they need now. */
  readonly opens: readonly string[];
  readonly changes: (dependsOn: readonly ChangeId[]) => Change[];
  readonly fingerprint: Fingerprint;
}

/**
 * Proposes a deployment. API Gateway does not show all that one publishes, so the user must have said that it may; and it
 * is never to open what is closed now.
 */
export function proposeDeployment(
  { allowDisruptive }: Pick<Scene, 'allowDisruptive'>,
  { closed, owned }: Deploying,
  { about, id, api, stage, live, afterwards, opens, changes, fingerprint }: Deployment,
): Deployed {
  if (opens.length > 0) {
    const detail = `To deploy the API would open ${opens.join(', ')}: let it ask for a token first, or take it back.`;
    return { proposal: leave(about, 'no-mend', detail), waits: stage };
  }
  const published = publishedBesides(live, afterwards, closed);
  if (!allowDisruptive) {
    const detail = `${published} Look at what is pending, and pass --allow-disruptive to deploy it.`;
    return { proposal: leave(about, 'disruptive', detail), waits: stage };
  }
  const mend: Mend = {
    ...about,
    ...owned,
    id,
    title: `deploy ${api} to its stage ${stage}`,
    risk: 'review',
    disruption: published,
    changes: changes(closed.changes.map(change => change.id)),
  };
  return { proposal: { mends: [mend], fingerprints: [fingerprint], leftAlone: [] } };
}

/** What a mend says whose findings stand until an API is deployed to these stages, where there are any. */
export function untilDeployed(stages: readonly Deployed[]): Pick<Mend, 'unfinished'> {
  const waiting = stages.flatMap(({ waits }) => waits ?? []);
  return waiting.length === 0
    ? {}
    : { unfinished: `Callers meet it once the API is deployed to its stage ${waiting.join(', ')}.` };
}

/** What is proposed of an API's stages; a finding that one of them waits for is not mended by the deployment to another. */
export const proposedOf = (stages: readonly Deployed[]): Proposal[] =>
  stages.map(({ proposal }) => ({
    ...proposal,
    mends: proposal.mends.map(mend => ({ ...mend, ...untilDeployed(stages) })),
  }));

/** What a deployment publishes besides what the plan changes, in words. */
function publishedBesides(
  live: readonly Endpoint[],
  afterwards: readonly Endpoint[],
  { names }: Closed,
): string {
  const [now, after] = [live, afterwards].map(
    endpoints => new Map(endpoints.map(({ name, authorization }) => [name, authorization])),
  );
  const others = [...new Set([...live, ...afterwards].map(({ name }) => name))]
    .filter(name => !names.has(name) && now?.get(name) !== after?.get(name))
    .sort()
    .map(name => `${name} (${after?.get(name) ?? 'deleted'})`);
  const told = others.length === 0 ? '' : ` the authorization of ${others.join(', ')}, and`;
  return `A deployment publishes every pending change of the API:${told} whatever else was changed of integrations, models and responses, which API Gateway does not compare.`;
}
