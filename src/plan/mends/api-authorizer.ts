import { gapByAuthorizer as httpGap, issuerOf } from '../../findings/api/http.ts';
import { gapByAuthorizer as restGap } from '../../findings/api/rest.ts';
import { bindPool, type WantedPool } from '../../findings/cognito/pools.ts';
import { userPoolResource } from '../../findings/entry-resources.ts';
import { need, UnknownFact } from '../../model/fact.ts';
import type { Change, Obstacle } from '../../model/plan.ts';
import { authorizerName } from '../../services/api-authorizer-names.ts';
import type { RestApi, RestAuthorizer } from '../../services/apigateway/facts.ts';
import { createAuthorizer as createRestAuthorizer } from '../../services/apigateway/rest-authorizer/changes.ts';
import type { HttpApi, HttpAuthorizer } from '../../services/apigatewayv2/facts.ts';
import { createAuthorizer as createHttpAuthorizer } from '../../services/apigatewayv2/http-authorizer/changes.ts';
import type { UserPool } from '../../services/cognito/facts.ts';
import { isStandIn } from '../provision/part.ts';
import type { Scene } from '../scene.ts';

/** The authorizer that an API's methods or routes are to have, with the change that creates it where there is none; or why none can be named. */
export type Authorizer =
  | { readonly kind: 'named'; readonly name: string; readonly create?: Change }
  | Refused;

interface Refused {
  readonly kind: 'refused';
  readonly obstacle: Obstacle;
  readonly detail: string;
}

const refused = (obstacle: Obstacle, detail: string): Refused => ({ kind: 'refused', obstacle, detail });

/** What an API may have of authorizers (API Gateway's developer guide, quotas). */
const QUOTA = 10;

/** The authorizer that a REST API has already and that will do. Throws UnknownFact. */
export const usableRestAuthorizer = (
  { audit }: Scene,
  { authorizers }: RestApi,
): RestAuthorizer | undefined =>
  need(authorizers).find(one => one.userPools.length > 0 && restGap(audit, one) === undefined);

/** The authorizer that an HTTP API has already and that will do. Throws UnknownFact. */
export const usableHttpAuthorizer = (
  { audit }: Scene,
  { authorizers }: HttpApi,
): HttpAuthorizer | undefined =>
  need(authorizers).find(one => one.audience.length > 0 && httpGap(audit, one) === undefined);

/** The authorizer of a REST API that takes the tokens of the baseline's pools alone. Throws UnknownFact. */
export function restAuthorizer(scene: Scene, api: RestApi): Authorizer {
  const { audit, region } = scene;
  const authorizers = need(api.authorizers);
  const usable = usableRestAuthorizer(scene, api);
  if (usable !== undefined) return { kind: 'named', name: authorizerName(authorizers, usable.id) };
  return newAuthorizer(scene, authorizers, (name, pools) =>
    createRestAuthorizer(
      { region, api: api.id, name },
      pools.map(({ pool }) => userPoolResource(audit, pool).arn),
    ),
  );
}

/** The authorizer of an HTTP API that takes the tokens that the baseline's pool made for its clients alone. Throws UnknownFact. */
export function httpAuthorizer(scene: Scene, api: HttpApi): Authorizer {
  const { audit, region } = scene;
  const authorizers = need(api.authorizers);
  const usable = usableHttpAuthorizer(scene, api);
  if (usable !== undefined) return { kind: 'named', name: authorizerName(authorizers, usable.id) };
  return newAuthorizer(scene, authorizers, (name, [first, ...others]) => {
    if (first === undefined || others.length > 0)
      return refused(
        'ambiguous',
        'An authorizer takes the tokens of one user pool, and the baseline names several.',
      );
    const { wanted, pool } = first;
    const clients = need(pool.clients).filter(client => wanted.clients.some(row => row.name === client.name));
    if (clients.length === 0)
      return refused('no-mend', `None of the clients of user pool ${pool.name} is one of the baseline's.`);
    return createHttpAuthorizer(
      { region, api: api.id, name },
      {
        issuer: issuerOf(audit, pool),
        // What stands for a client that the plan creates will be its pool's id as well.
        clients: clients.map(({ id }) => (isStandIn(id) ? id : `${pool.id}/${id}`)),
      },
    );
  });
}

/** An authorizer with the name of the pool. */
function newAuthorizer(
  scene: Scene,
  authorizers: readonly { readonly name: string }[],
  create: (name: string, pools: readonly Bound[]) => Change | Refused,
): Authorizer {
  const pools = boundPools(scene);
  if ('kind' in pools) return pools;
  const name = pools.map(({ pool }) => pool.name).join('-');
  if (authorizers.some(one => one.name === name)) {
    const detail = `Its authorizer ${name} does not take the tokens of the user pool alone, and has the name that one would have that does: change it, or give it another name.`;
    return refused('ambiguous', detail);
  }
  if (authorizers.length >= QUOTA)
    return refused('quota', `It has ${authorizers.length} authorizers already, and none for the user pool.`);
  const made = create(name, pools);
  return 'kind' in made ? made : { kind: 'named', name, create: made };
}

interface Bound {
  readonly wanted: WantedPool;
  readonly pool: UserPool;
}

/** The live pools whose users the API lets in. Throws UnknownFact. */
function boundPools({ audit }: Scene): readonly Bound[] | Refused {
  const { baseline } = audit;
  const names = new Set(baseline.api.authorization.userPools);
  const found: Bound[] = [];
  for (const wanted of baseline.authentication.userPools.filter(({ name }) => names.has(name))) {
    const bound = bindPool(wanted, audit.value('cognito.userPools'));
    if (bound.kind === 'ambiguous') {
      const detail = `There are ${bound.pools.length} user pools that may be ${wanted.name}: name the one that is meant by its id in the baseline.`;
      return refused('ambiguous', detail);
    }
    if (bound.kind === 'absent') {
      if (bound.unread !== undefined) throw new UnknownFact(bound.unread);
      return refused('no-mend', `There is no user pool ${wanted.name}: securecart apply creates it.`);
    }
    found.push({ wanted, pool: bound.pool });
  }
  return found;
}
