import { configuredGap, deployedGap } from '../../findings/api/http.ts';
import { isException } from '../../findings/api/tokens.ts';
import { httpStageResource } from '../../findings/entry-resources.ts';
import { need } from '../../model/fact.ts';
import type { DeployedHttpApi, HttpApi, HttpRoute, HttpStage } from '../../services/apigatewayv2/facts.ts';
import {
  deployHttp,
  httpStageChange,
  httpStageObject,
  httpStageState,
} from '../../services/apigatewayv2/http-stage/changes.ts';
import { causeOf, NOTHING, type Scene } from '../scene.ts';
import {
  type Closed,
  type Deployed,
  type Deploying,
  type Endpoint,
  proposeDeployment,
} from './api-deployment.ts';

/** Deploys an HTTP API to a stage that does not deploy by itself, where its callers meet what fails. Throws UnknownFact. */
export function deployHttpStage(
  scene: Scene,
  api: HttpApi,
  stage: HttpStage,
  deploying: Deploying,
): Deployed {
  const { audit, region } = scene;
  const { failing, closed } = deploying;
  const { deployment } = stage;
  if (stage.deployed === undefined || deployment === undefined) return { proposal: NOTHING };
  const deployed = need(stage.deployed);
  const open = deployed.routes.filter(route => deployedGap(audit, deployed, route) !== undefined);
  const causes = failing.filter(({ key }) => open.some(route => route.key === key)).map(causeOf);
  if (causes.length === 0) return { proposal: NOTHING };
  const then = need(api.routes).map(route => afterwards(route, closed));
  const place = { region, api: api.id, stage: stage.name };
  return proposeDeployment(scene, deploying, {
    about: { region, resource: httpStageResource(audit, api, stage), for: causes },
    id: httpStageChange(place, 'mend'),
    api: api.name,
    stage: stage.name,
    live: deployed.routes.map(endpointOf),
    afterwards: then.map(endpointOf),
    opens: then.filter(route => opens(scene, api, closed, deployed, route)).map(({ key }) => key),
    changes: dependsOn => deployHttp(place, scene.plan, deployment, dependsOn),
    fingerprint: { object: httpStageObject(place), state: httpStageState(api.id, deployment) },
  });
}

const endpointOf = ({ key, authorization }: Pick<HttpRoute, 'key' | 'authorization'>): Endpoint => ({
  name: key,
  authorization,
});

const afterwards = (route: HttpRoute, { names }: Closed): HttpRoute =>
  names.has(route.key) ? { ...route, authorization: 'JWT' } : route;

/** Whether a deployment would let callers in without a token where they need one now. Throws UnknownFact. */
function opens(
  { audit }: Scene,
  api: HttpApi,
  { names }: Closed,
  deployed: DeployedHttpApi,
  route: HttpRoute,
): boolean {
  const [verb = '', path = ''] = route.key.split(' ');
  if (names.has(route.key) || isException(audit.baseline.api.authorization, verb, path)) return false;
  const now = deployed.routes.find(({ key }) => key === route.key);
  const isOpenNow = now !== undefined && deployedGap(audit, deployed, now) !== undefined;
  return !isOpenNow && configuredGap(audit, api, route) !== undefined;
}
