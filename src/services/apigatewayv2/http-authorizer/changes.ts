import type { Region } from '../../../model/identifiers.ts';
import { type Change, inChangeId, type LiveObject, type ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import type { HttpAuthorizer } from '../facts.ts';

/** Which authorizer of which HTTP API, by its name. */
export interface AuthorizerPlace {
  readonly region: Region;
  readonly api: string;
  readonly name: string;
}

/** Whose tokens an authorizer takes: the issuer, and clients as plans name them, with their pool. */
export interface Trust {
  readonly issuer: string;
  readonly clients: readonly string[];
}

/** An authorizer as plans compare it. An issuer ends with the id of its pool. */
export const authorizerState = ({ type, issuer = '', audience }: Omit<HttpAuthorizer, 'id' | 'name'>) =>
  trustState(type, { issuer, clients: audience.map(client => `${issuer.split('/').at(-1)}/${client}`) });

const trustState = (type: string, { issuer, clients }: Trust): ObjectState => ({
  type,
  issuer,
  clients: [...clients],
});

/** An authorizer as an object of a plan. */
export const authorizerObject = ({ region, api, name }: AuthorizerPlace): LiveObject => ({
  kind: 'http-authorizer',
  region,
  id: `${api}/${name}`,
});

/** Creates an authorizer that takes the tokens that a user pool made for its clients, from the header Authorization. */
export function createAuthorizer(place: AuthorizerPlace, trust: Trust): Change {
  const { region, api, name } = place;
  const { issuer, clients } = trust;
  return {
    id: `http-authorizer/${region}/${inChangeId(api)}/${inChangeId(name)}`,
    title: `create the authorizer ${name}, which takes the tokens of the user pool`,
    object: authorizerObject(place),
    edit: { kind: 'create', state: trustState('JWT', trust) },
    call: {
      service: 'apigatewayv2',
      operation: 'CreateAuthorizer',
      input: { ApiId: api, Name: name, Issuer: issuer, Clients: [...clients] },
    },
    permissions: ['apigateway:POST'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: {
        service: 'apigatewayv2',
        operation: 'DeleteAuthorizer',
        input: { ApiId: api, AuthorizerId: { $live: ['id'] } },
      },
      permissions: ['apigateway:DELETE'],
    },
  };
}
