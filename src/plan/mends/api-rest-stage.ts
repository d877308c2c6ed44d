import { configuredGap, deployedGap, gapByType, methodName } from '../../findings/api/rest.ts';
import { isException } from '../../findings/api/tokens.ts';
import { restStageResource } from '../../findings/entry-resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
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
import { causeOf, NOTHING, type Scene } from '../scene.ts';
import {
  type Closed,
  type Deployed,
  type Deploying,
  type Endpoint,
  proposeDeployment,
} from './api-deployment.ts';

/** Deploys a REST API to a stage where its callers meet what fails. Throws UnknownFact. */
export function deployStage(scene: Scene, api: RestApi, stage: RestStage, deploying: Deploying): Deployed {
  const { audit, region } = scene;
  const { failing, closed } = deploying;
  const deployments = api.deployments.filter(({ id }) => stage.deployments.includes(id));
  const [own, canary] = stage.deployments;
  const causes = failing.filter(finding => meets(scene, api, stage, deployments, finding)).map(causeOf);
  if (own === undefined || causes.length === 0) return { proposal: NOTHING };
  const about = { region, resource: restStageResource(audit, api, stage), for: causes };
  if (canary !== undefined) {
    const detail = 'It has a canary release: promote it or end it, and then deploy the API.';
    return { proposal: leave(about, 'no-mend', detail), waits: stage.name };
  }
  const live = deployments.flatMap(({ methods }) => need(methods));
  const then = need(api.methods).map(method => afterwards(method, closed));
  const place = { region, api: api.id, stage: stage.name };
  return proposeDeployment(scene, deploying, {
    about,
    id: stageChange(place, 'mend'),
    api: api.name,
    stage: stage.name,
    live: live.map(endpointOf),
    afterwards: then.map(endpointOf),
    opens: then.filter(method => opens(scene, api, closed, live, method)).map(methodName),
    changes: dependsOn => deploy(place, scene.plan, own, then, dependsOn),
    fingerprint: { object: stageObject(place), state: stageState(api.id, own, null) },
  });
}

const endpointOf = (method: DeployedMethod): Endpoint => ({
  name: methodName(method),
  authorization: method.authorization,
});

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
