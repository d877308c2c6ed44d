import { configuredGap, deployedGap, gapByType, methodName } from '../../findings/api/rest.ts';
import { isException } from '../../findings/api/tokens.ts';
import { restStageResource } from '../../findings/entry-resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import type { Change, Mend } from '../../model/plan.ts';
import type {
  DeployedMethod,
  Deployment,
  RestApi,
  RestMethod,
  RestStage,
} from '../../services/apigateway/facts.ts';
import {
  deploy,
  stageChange,
  stageObject,
  stageState,
} from '../../services/apigateway/rest-stage/changes.ts';
import { leave } from '../leave.ts';
import { causeOf, NOTHING, type Proposal, type Scene } from '../scene.ts';

/** The methods that the plan lets ask for a token, by name, and its changes that do so. */
export interface Closed {
  readonly names: ReadonlySet<string>;
  readonly changes: readonly Change[];
}

/** What a stage's deployment is planned from. */
interface Deploying {
  readonly failing: readonly Finding[];
  readonly closed: Closed;
  readonly owned: Pick<Mend, 'managedBy'>;
}

/** What is proposed of a stage; `waits` is its name where callers of it go on to meet what fails. */
interface Deployed {
  readonly proposal: Proposal;
  readonly waits?: string;
}

/**
 * Deploys an API to a stage where its callers meet what fails. API Gateway does not show all that a deployment publishes,
 * so the user must have said that it may; and it is never to open what is closed now. Throws UnknownFact.
 */
export function deployStage(
  scene: Scene,
  api: RestApi,
  stage: RestStage,
  { failing, closed, owned }: Deploying,
): Deployed {
  const { audit, region } = scene;
  const deployments = api.deployments.filter(({ id }) => stage.deployments.includes(id));
  const [own, canary] = stage.deployments;
  const causes = failing.filter(finding => meets(scene, api, stage, deployments, finding)).map(causeOf);
  if (own === undefined || causes.length === 0) return { proposal: NOTHING };
  const about = { region, resource: restStageResource(audit, api, stage), for: causes };
  const left = (...why: [Parameters<typeof leave>[1], string]): Deployed => ({
    proposal: leave(about, ...why),
    waits: stage.name,
  });
  if (canary !== undefined)
    return left('no-mend', 'It has a canary release: promote it or end it, and then deploy the API.');
  const live = deployments.flatMap(({ methods }) => need(methods));
  const then = need(api.methods).map(method => afterwards(method, closed));
  const opened = then.filter(method => opens(scene, api, closed, live, method));
  if (opened.length > 0) {
    const names = opened.map(methodName).join(', ');
    return left(
      'no-mend',
      `To deploy the API would open ${names}: let it ask for a token first, or take it back.`,
    );
  }
  const published = publishedBesides(live, then, closed);
  if (!scene.allowDisruptive)
    return left(
      'disruptive',
      `${published} Look at what is pending, and pass --allow-disruptive to deploy it.`,
    );
  const place = { region, api: api.id, stage: stage.name };
  const mend: Mend = {
    ...about,
    ...owned,
    id: stageChange(place, 'mend'),
    title: `deploy ${api.name} to its stage ${stage.name}`,
    risk: 'review',
    disruption: published,
    changes: deploy(
      place,
      scene.plan,
      own,
      then,
      closed.changes.map(({ id }) => id),
    ),
  };
  const fingerprint = { object: stageObject(place), state: stageState(api.id, own, null) };
  return { proposal: { mends: [mend], fingerprints: [fingerprint], leftAlone: [] } };
}

/** Whether a finding is of what callers of the stage meet. Throws UnknownFact. */
function meets(
  { audit }: Scene,
  api: RestApi,
  stage: RestStage,
  deployments: readonly Deployment[],
  { resource, key }: Finding,
): boolean {
  if (resource.id !== api.id) return resource.id === `${api.id}/${stage.name}`;
  return deployments.some(deployment =>
    need(deployment.methods).some(
      method =>
        methodName(method) === key &&
        (gapByType(method) !== undefined ||
          (deployment.authorizers.kind === 'known' && deployedGap(audit, deployment, method) !== undefined)),
    ),
  );
}

const afterwards = (method: RestMethod, { names }: Closed): RestMethod =>
  names.has(methodName(method)) ? { ...method, authorization: 'COGNITO_USER_POOLS' } : method;

/** Whether a deployment would let callers in without a token where they need one now. Throws UnknownFact. */
function opens(
  { audit }: Scene,
  api: RestApi,
  { names }: Closed,
  live: readonly DeployedMethod[],
  method: RestMethod,
): boolean {
  const name = methodName(method);
  if (names.has(name) || isException(audit.baseline.api.authorization, method.verb, method.path))
    return false;
  const now = live.find(one => methodName(one) === name);
  const isOpenNow = now !== undefined && gapByType(now) !== undefined;
  return !isOpenNow && configuredGap(audit, api, method) !== undefined;
}

/** What a deployment publishes besides what the plan changes, in words. */
function publishedBesides(
  live: readonly DeployedMethod[],
  then: readonly DeployedMethod[],
  { names }: Closed,
): string {
  const [now, after] = [live, then].map(methods => new Map(methods.map(one => [methodName(one), one])));
  const others = [...new Set([...live, ...then].map(methodName))]
    .filter(name => !names.has(name) && now?.get(name)?.authorization !== after?.get(name)?.authorization)
    .sort()
    .map(name => `${name} (${after?.get(name)?.authorization ?? 'deleted'})`);
  const told = others.length === 0 ? '' : ` of the methods ${others.join(', ')}, and`;
  return `A deployment publishes every pending change of the API:${told} whatever else was changed of integrations, models and responses, which API Gateway does not compare.`;
}
