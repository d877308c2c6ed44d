import { configuredGap, methodName } from '../../findings/api/rest.ts';
import { restApiResource } from '../../findings/entry-resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import { type Change, type Fingerprint, inChangeId, type Mend } from '../../model/plan.ts';
import { authorizerName } from '../../services/api-authorizer-names.ts';
import type { RestApi, RestMethod } from '../../services/apigateway/facts.ts';
import { authorizeMethod, methodObject, methodState } from '../../services/apigateway/rest-method/changes.ts';
import { leave, unlessManaged, unlessUnknown } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';
import { restAuthorizer } from './api-authorizer.ts';
import { type Closed, proposedOf, untilDeployed } from './api-deployment.ts';
import { deployStage } from './api-rest-stage.ts';

const AUTHORIZATION = 'api-gateway/rest-authorization';

/**
 * Lets the methods of a REST API ask for a token, and deploys its stages, which is a mend of its own: a method that was
 * closed is open to callers until then, and a deployment publishes whatever else was changed.
 */
export const restApis: Planner = {
  controls: [AUTHORIZATION, 'api-gateway/rest-deployment'],
  needs: ['apigateway.restApis', 'cognito.userPools'],
  plan: (scene, failing) =>
    together(
      scene.audit.value('apigateway.restApis').map(api => {
        const own = failing.filter(({ resource: { id } }) => id === api.id || id.startsWith(`${api.id}/`));
        if (own.length === 0) return NOTHING;
        const about = {
          region: scene.region,
          resource: restApiResource(scene.audit, api),
          for: own.map(causeOf),
        };
        return unlessUnknown(own, () =>
          unlessManaged(scene, about, api.tags, owned => mendApi(scene, api, own, owned)),
        );
      }),
    ),
};

type Owned = Pick<Mend, 'managedBy'>;

/** Throws UnknownFact. */
function mendApi(scene: Scene, api: RestApi, failing: readonly Finding[], owned: Owned): Proposal {
  const { audit, region } = scene;
  const open = failing
    .filter(({ control }) => control === AUTHORIZATION)
    .flatMap(finding => {
      const method = need(api.methods).find(one => methodName(one) === finding.key);
      return method === undefined || configuredGap(audit, api, method) === undefined
        ? []
        : [{ finding, method }];
    });
  const about = {
    region,
    resource: restApiResource(audit, api),
    for: open.map(({ finding }) => causeOf(finding)),
  };
  const authorizer = open.length === 0 ? undefined : restAuthorizer(scene, api);
  const refused =
    authorizer?.kind === 'refused' ? leave(about, authorizer.obstacle, authorizer.detail) : NOTHING;
  // A deployment does not mend what stays open.
  const mended =
    authorizer?.kind === 'refused'
      ? failing.filter(one => !open.some(({ finding }) => finding === one))
      : failing;
  const closed =
    authorizer?.kind === 'named'
      ? closeMethods(
          scene,
          api,
          open.map(({ method }) => method),
          authorizer,
        )
      : { names: new Set<string>(), changes: [] };
  const stages = need(api.stages).map(stage =>
    deployStage(scene, api, stage, { failing: mended, closed, owned }),
  );
  const mend: Proposal =
    closed.changes.length === 0
      ? NOTHING
      : {
          ...NOTHING,
          mends: [
            {
              ...about,
              ...owned,
              id: `rest-api/${region}/${inChangeId(api.id)}`,
              title: `let the methods of ${api.name} ask for a token of the user pool`,
              risk: 'review',
              disruption: 'Callers without a token are refused as soon as the API is deployed.',
              ...untilDeployed(stages),
              changes: [...closed.changes],
            },
          ],
          fingerprints: open.map(({ method }) => fingerprintOf(scene, api, method)),
        };
  return together([refused, mend, ...proposedOf(stages)]);
}

function closeMethods(
  { region }: Scene,
  api: RestApi,
  methods: readonly RestMethod[],
  { name, create }: { readonly name: string; readonly create?: Change },
): Closed {
  return {
    names: new Set(methods.map(methodName)),
    changes: [
      ...(create === undefined ? [] : [create]),
      ...methods.map(method =>
        authorizeMethod(
          { region, api: api.id, ...method },
          authorizationOf(api, method),
          { type: 'COGNITO_USER_POOLS', authorizer: name },
          create === undefined ? [] : [create.id],
        ),
      ),
    ],
  };
}

const authorizationOf = ({ authorizers }: RestApi, { authorization, authorizer }: RestMethod) => ({
  type: authorization,
  authorizer: authorizer === undefined ? null : authorizerName(need(authorizers), authorizer),
});

const fingerprintOf = ({ region }: Scene, api: RestApi, method: RestMethod): Fingerprint => ({
  object: methodObject({ region, api: api.id, ...method }),
  state: methodState(authorizationOf(api, method)),
});
