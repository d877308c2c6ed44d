import { ApiGatewayV2Client, GetRouteCommand } from '@aws-sdk/client-apigatewayv2';
import type { ObjectKind } from '../../model/plan.ts';
import { authorizerHandles, authorizerName } from '../api-authorizer-names.ts';
import { nullOn } from '../null-on.ts';
import type { Observer } from '../writer.ts';
import { authorizerState } from './http-authorizer/changes.ts';
import { routeState } from './http-route/changes.ts';
import { allAuthorizers } from './read.ts';

const permissions = ['apigateway:GET'];
const absent = { state: null, handles: {} };

/** How the parts of HTTP APIs are looked at. */
export const apiGatewayV2Observers = {
  'http-route': {
    permissions,
    observe: async (session, region, id) => {
      const [ApiId = '', RouteId] = id.split('/');
      const client = session.client(ApiGatewayV2Client, region);
      const [route, authorizers] = await Promise.all([
        nullOn('NotFoundException', () => client.send(new GetRouteCommand({ ApiId, RouteId }))),
        nullOn('NotFoundException', () => allAuthorizers(client, ApiId, {})),
      ]);
      if (route === null || authorizers === null) return absent;
      const { AuthorizationType: type = 'NONE', AuthorizerId } = route;
      const authorizer = AuthorizerId ? authorizerName(authorizers, AuthorizerId) : null;
      return {
        state: routeState({ type, authorizer }),
        handles: { authorizers: authorizerHandles(authorizers) },
      };
    },
  },
  'http-authorizer': {
    permissions,
    observe: async (session, region, object) => {
      const [ApiId = '', ...rest] = object.split('/');
      const client = session.client(ApiGatewayV2Client, region);
      const all = await nullOn('NotFoundException', () => allAuthorizers(client, ApiId, {}));
      const own = all?.find(({ name }) => name === rest.join('/'));
      return own === undefined ? absent : { state: authorizerState(own), handles: { id: own.id } };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;
