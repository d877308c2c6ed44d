import { configuredGap, deployedGap } from '../../findings/api/http.ts';
import { httpApiResource, httpStageResource } from '../../findings/entry-resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import type { Change, Mend } from '../../model/plan.ts';
import { authorizerName, idPart } from '../../services/api-authorizer-names.ts';
import type { HttpApi, HttpRoute } from '../../services/apigatewayv2/facts.ts';
import { authorizeRoute, routeObject, routeState } from '../../services/apigatewayv2/http-route/changes.ts';
import { leave, unlessManaged, unlessUnknown } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';
import { httpAuthorizer } from './api-authorizer.ts';

/** Lets the routes of an HTTP API ask for a token. Most stages deploy by themselves; what a mend would publish of another is not looked at, so that is left to people. */
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
  const stages = waitingStages(scene, api, failing);
  const open = failing.flatMap(finding => {
    const route = need(api.routes).find(({ key }) => key === finding.key);
    return route === undefined || configuredGap(audit, api, route) === undefined ? [] : [{ finding, route }];
  });
  if (open.length === 0) return together(stages.map(({ left }) => left));
  const about = {
    region,
    resource: httpApiResource(audit, api),
    for: open.map(({ finding }) => causeOf(finding)),
  };
  const authorizer = httpAuthorizer(scene, api);
  if (authorizer.kind === 'refused')
    return together([
      leave(about, authorizer.obstacle, authorizer.detail),
      ...stages.map(({ left }) => left),
    ]);
  const { name, create } = authorizer;
  const waits = stages.map(stage => stage.name).join(', ');
  const changes: Change[] = [
    ...(create === undefined ? [] : [create]),
    ...open.map(({ route }) =>
      authorizeRoute(
        { region, api: api.id, ...route },
        authorizationOf(api, route),
        { type: 'JWT', authorizer: name },
        create === undefined ? [] : [create.id],
      ),
    ),
  ];
  const mend: Mend = {
    ...about,
    ...owned,
    id: `http-api/${region}/${idPart(api.id)}`,
    title: `let the routes of ${api.name} ask for a token of the user pool`,
    risk: 'review',
    disruption: 'Callers without a token are refused at once, where a stage deploys by itself.',
    ...(waits !== '' && { unfinished: `Callers meet it once the API is deployed to its stage ${waits}.` }),
    changes,
  };
  const fingerprints = open.map(({ route }) => ({
    object: routeObject({ region, api: api.id, ...route }),
    state: routeState(authorizationOf(api, route)),
  }));
  return together([{ mends: [mend], fingerprints, leftAlone: [] }, ...stages.map(({ left }) => left)]);
}

const authorizationOf = ({ authorizers }: HttpApi, { authorization, authorizer }: HttpRoute) => ({
  type: authorization,
  authorizer: authorizer === undefined ? null : authorizerName(need(authorizers), authorizer),
});

/** The stages that do not deploy by themselves and whose callers meet what fails. Throws UnknownFact. */
function waitingStages(
  { audit, region }: Scene,
  api: HttpApi,
  failing: readonly Finding[],
): { name: string; left: Proposal }[] {
  return need(api.stages).flatMap(stage => {
    if (stage.deployed === undefined) return [];
    const deployed = need(stage.deployed);
    const open = deployed.routes.filter(route => deployedGap(audit, deployed, route) !== undefined);
    const causes = failing.filter(({ key }) => open.some(route => route.key === key)).map(causeOf);
    if (causes.length === 0) return [];
    const about = { region, resource: httpStageResource(audit, api, stage), for: causes };
    const detail =
      'It does not deploy by itself. A deployment publishes every pending change of the API: look at them, and deploy it.';
    const runbook = [
      `aws apigatewayv2 create-deployment --region ${region} --api-id ${api.id} --stage-name '${stage.name}'`,
    ];
    return [{ name: stage.name, left: leave(about, 'no-mend', detail, { runbook }) }];
  });
}
