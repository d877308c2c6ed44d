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
import type { RestMethod } from '../facts.ts';

/** Which method of which REST API. */
export interface MethodPlace extends Pick<RestMethod, 'resource' | 'verb' | 'path'> {
  readonly region: Region;
  readonly api: string;
}

/** How a method is authorized: its type, and its authorizer as plans name it. */
export interface Authorization {
  readonly type: string;
  readonly authorizer: string | null;
}

/** A method's authorization as plans compare it. */
export const methodState = ({ type, authorizer }: Authorization): ObjectState => ({
  authorization: type,
  authorizer,
});

/** A method as an object of a plan. */
export const methodObject = ({ region, api, resource, verb }: MethodPlace): LiveObject => ({
  kind: 'rest-method',
  region,
  id: `${api}/${resource}/${verb}`,
});

/** Sets a method's authorizer. Callers meet it once the API is deployed. */
export function authorizeMethod(
  place: MethodPlace,
  from: Authorization,
  to: Authorization,
  dependsOn: readonly ChangeId[],
): Change {
  const { region, api, resource, verb, path } = place;
  const permissions = ['apigateway:PATCH'];
  const call = ({ type, authorizer }: Authorization) => ({
    service: 'apigateway' as const,
    operation: 'UpdateMethod',
    input: {
      restApiId: api,
      resourceId: resource,
      httpMethod: verb,
      authorizationType: type,
      authorizerId: authorizerId(authorizer),
    },
  });
  const [before, after] = [methodState(from), methodState(to)];
  const fields = Object.keys(after).map(key => [key, { from: before[key] ?? null, to: after[key] ?? null }]);
  return {
    id: `rest-method/${region}/${inChangeId(api)}/${inChangeId(resource)}/${verb.toLowerCase()}`,
    title: `let ${verb} ${path} ask for a token, by the authorizer ${to.authorizer ?? ''}`,
    object: methodObject(place),
    edit: { kind: 'set', fields: Object.fromEntries(fields) },
    call: call(to),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [...dependsOn],
    undo: { kind: 'call', call: call(from), permissions },
  };
}
