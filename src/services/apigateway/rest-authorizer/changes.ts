import type { Region } from '../../../model/identifiers.ts';
import { type Change, inChangeId, type LiveObject, type ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import type { RestAuthorizer } from '../facts.ts';

/** Which authorizer of which REST API, by its name: no two of an API have the same. */
export interface AuthorizerPlace {
  readonly region: Region;
  readonly api: string;
  readonly name: string;
}

/** An authorizer as plans compare it. */
export const authorizerState = ({ type, userPools }: Pick<RestAuthorizer, 'type' | 'userPools'>) =>
  ({ type, userPools }) satisfies ObjectState;

/** An authorizer as an object of a plan. */
export const authorizerObject = ({ region, api, name }: AuthorizerPlace): LiveObject => ({
  kind: 'rest-authorizer',
  region,
  id: `${api}/${name}`,
});

/** Creates an authorizer that takes the tokens of user pools, by their ARNs, from the header Authorization. */
export function createAuthorizer(place: AuthorizerPlace, userPools: readonly string[]): Change {
  const { region, api, name } = place;
  const providerARNs = [...userPools].sort();
  const type = 'COGNITO_USER_POOLS';
  return {
    id: `rest-authorizer/${region}/${inChangeId(api)}/${inChangeId(name)}`,
    title: `create the authorizer ${name}, which takes the tokens of the user pool`,
    object: authorizerObject(place),
    edit: { kind: 'create', state: authorizerState({ type, userPools: providerARNs }) },
    call: {
      service: 'apigateway',
      operation: 'CreateAuthorizer',
      input: { restApiId: api, name, type, providerARNs },
    },
    permissions: ['apigateway:POST'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: {
        service: 'apigateway',
        operation: 'DeleteAuthorizer',
        input: { restApiId: api, authorizerId: { $live: ['id'] } },
      },
      permissions: ['apigateway:DELETE'],
    },
  };
}
