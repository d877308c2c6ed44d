import { configuredGap } from '../../findings/api/http.ts';
import { httpApiResource } from '../../findings/entry-resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import { type Change, inChangeId, type Mend } from '../../model/plan.ts';
import { authorizerName } from '../../services/api-authorizer-names.ts';
import type { HttpApi, HttpRoute } from '../../services/apigatewayv2/facts.ts';
import { authorizeRoute, routeObject, routeState } from '../../services/apigatewayv2/http-route/changes.ts';
import { leave, unlessManaged, unlessUnknown } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';
import { httpAuthorizer } from './api-authorizer.ts';
import { type Closed, proposedOf, untilDeployed } from './api-deployment.ts';
import { deployHttpStage } from './api-http-stage.ts';

/** Lets the routes of an HTTP API ask for a token, and deploys the stages that do not deploy by themselves, each by a mend of its own: a deployment publishes whatever else was changed. */
export const httpApis: Planner = {
  controls: ['api-gateway/http-authorization'],
  needs: ['apigatewayv2.httpApis', 'cognito.userPools'],
  plan: (scene, failing) =>
    together(
      scene.audit.value('apigatewayv2.httpApis').map(api => {
        const own = failing.filter(({ resource }) => resource.id === api.id);
        if (own.length === 0) return NOTHING;
        const about = {
          region: scene.region,
          resource: httpApiResource(scene.audit, api),
          for: own.map(causeOf),
        };
        return unlessUnknown(own, () =>
          unlessManaged(scene, about, api.tags, owned => mendApi(scene, api, own, owned)),
        );
      }),
    ),
};

/** Throws UnknownFact. */
function mendApi(
  scene: Scene,
  api: HttpApi,
  failing: readonly Finding[],
  owned: Pick<Mend, 'managedBy'>,
): Proposal {
  const { audit, region } = scene;
  const open = failing.flatMap(finding => {
    const route = need(api.routes).find(({ key }) => key === finding.key);
    return route === undefined || configuredGap(audit, api, route) === undefined ? [] : [{ finding, route }];
  });
  const about = {
    region,
    resource: httpApiResource(audit, api),
    for: open.map(({ finding }) => causeOf(finding)),
  };
  const deployTo = (findings: readonly Finding[], closed: Closed) =>
    need(api.stages).map(stage => deployHttpStage(scene, api, stage, { failing: findings, closed, owned }));
  const authorizer = open.length === 0 ? undefined : httpAuthorizer(scene, api);
  if (authorizer?.kind !== 'named') {
    const pending = failing.filter(finding => !open.some(one => one.finding === finding));
    const refused = authorizer === undefined ? NOTHING : leave(about, authorizer.obstacle, authorizer.detail);
    // A deployment does not mend what stays open.
    return together([refused, ...proposedOf(deployTo(pending, { names: new Set(), changes: [] }))]);
  }
  const closed = closeRoutes(
    scene,
    api,
    open.map(({ route }) => route),
    authorizer,
  );
  const stages = deployTo(failing, closed);
  const mend: Mend = {
    ...about,
    ...owned,
    id: `http-api/${region}/${inChangeId(api.id)}`,
    title: `let the routes of ${api.name} ask for a token of the user pool`,
    risk: 'review',
    disruption: 'Callers without a token are refused at once, where a stage deploys by itself.',
    ...untilDeployed(stages),
    changes: [...closed.changes],
  };
  const fingerprints = open.map(({ route }) => ({
    object: routeObject({ region, api: api.id, ...route }),
    state: routeState(authorizationOf(api, route)),
  }));
  return together([{ mends: [mend], fingerprints, leftAlone: [] }, ...proposedOf(stages)]);
}

const closeRoutes = (
  { region }: Scene,
  api: HttpApi,
  routes: readonly HttpRoute[],
  { name, create }: { readonly name: string; readonly create?: Change },
): Closed => ({
  names: new Set(routes.map(({ key }) => key)),
  changes: [
    ...(create === undefined ? [] : [create]),
    ...routes.map(route =>
      authorizeRoute(
        { region, api: api.id, ...route },
        authorizationOf(api, route),
        { type: 'JWT', authorizer: name },
        create === undefined ? [] : [create.id],
      ),
    ),
  ],
});

const authorizationOf = ({ authorizers }: HttpApi, { authorization, authorizer }: HttpRoute) => ({
  type: authorization,
  authorizer: authorizer === undefined ? null : authorizerName(need(authorizers), authorizer),
});
