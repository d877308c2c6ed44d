import type { Region } from '../../../model/identifiers.ts';
import {
  type Change,
  type ChangeId,
  inChangeId,
  type LiveObject,
  type ObjectState,
} from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { authorizerId } from '../../api-authorizer-names.ts';
import type { HttpRoute } from '../facts.ts';

/** Which route of which HTTP API. */
export interface RoutePlace extends Pick<HttpRoute, 'id' | 'key'> {
  readonly region: Region;
  readonly api: string;
}

/** How a route is authorized: its type, and its authorizer as plans name it. */
export interface Authorization {
  readonly type: string;
  readonly authorizer: string | null;
}

/** A route's authorization as plans compare it. */
export const routeState = ({ type, authorizer }: Authorization): ObjectState => ({
  authorization: type,
  authorizer,
});

/** A route as an object of a plan. */
export const routeObject = ({ region, api, id }: RoutePlace): LiveObject => ({
  kind: 'http-route',
  region,
  id: `${api}/${id}`,
});

/** Sets a route's authorizer; callers of a stage that deploys by itself meet it at once. */
export function authorizeRoute(
  place: RoutePlace,
  from: Authorization,
  to: Authorization,
  dependsOn: readonly ChangeId[],
): Change {
  const { region, api, id, key } = place;
  const permissions = ['apigateway:PATCH'];
  const call = ({ type, authorizer }: Authorization) => ({
    service: 'apigatewayv2' as const,
    operation: 'UpdateRoute',
    input: {
      ApiId: api,
      RouteId: id,
      AuthorizationType: type,
      AuthorizerId: authorizerId(authorizer),
    },
  });
  const [before, after] = [routeState(from), routeState(to)];
  const fields = Object.keys(after).map(name => [
    name,
    { from: before[name] ?? null, to: after[name] ?? null },
  ]);
  return {
    id: `http-route/${region}/${inChangeId(api)}/${inChangeId(id)}`,
    title: `let ${key} ask for a token, by the authorizer ${to.authorizer ?? ''}`,
    object: routeObject(place),
    edit: { kind: 'set', fields: Object.fromEntries(fields) },
    call: call(to),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [...dependsOn],
    undo: { kind: 'call', call: call(from), permissions },
  };
}
