import {
  ApiGatewayV2Client,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetRouteCommand,
  GetStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { z } from 'zod';
import { fromPages } from '../../aws/pages.ts';
import type { ObjectKind } from '../../model/plan.ts';
import { authorizerHandles, authorizerName } from '../api-authorizer-names.ts';
import { tagsOfDescription } from '../deployment.ts';
import { nullOn } from '../null-on.ts';
import { given } from '../reader.ts';
import type { Observer } from '../writer.ts';
import { authorizerState } from './http-authorizer/changes.ts';
import { routeState } from './http-route/changes.ts';
import { httpDeploymentState, httpStageState } from './http-stage/changes.ts';
import { httpStageLoggingState } from './http-stage-logging/changes.ts';
import { allAuthorizers, pagesOf } from './read.ts';

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
  'http-deployment': {
    permissions,
    observe: async (session, region, id) => {
      const [ApiId = '', DeploymentId] = id.split('/');
      const client = session.client(ApiGatewayV2Client, region);
      const found = await nullOn('NotFoundException', () =>
        client.send(new GetDeploymentCommand({ ApiId, DeploymentId })),
      );
      if (found === null) return absent;
      const { Description, DeploymentStatus } = found;
      const status = given(DeploymentStatus, 'DeploymentStatus');
      const state = httpDeploymentState(ApiId, tagsOfDescription(Description), status);
      return { state, handles: {}, busy: status === 'PENDING' };
    },
    find: async (session, region, tags, { httpApi }) => {
      const ApiId = z.string().parse(httpApi);
      const client = session.client(ApiGatewayV2Client, region);
      const ask = (NextToken?: string) => client.send(new GetDeploymentsCommand({ ApiId, NextToken }));
      const all = await fromPages(pagesOf(ask), ({ Items }) => Items ?? []);
      return all
        .filter(({ Description }) => {
          const has = tagsOfDescription(Description);
          return Object.entries(tags).every(([key, value]) => has[key] === value);
        })
        .map(({ DeploymentId }) => `${ApiId}/${given(DeploymentId, 'DeploymentId')}`);
    },
  },
  'http-stage': {
    permissions,
    observe: async (session, region, object) => {
      const [ApiId = '', StageName = ''] = object.split('/');
      const command = new GetStageCommand({ ApiId, StageName });
      const state = await nullOn('NotFoundException', async () => {
        const { DeploymentId } = await session.client(ApiGatewayV2Client, region).send(command);
        return httpStageState(ApiId, given(DeploymentId, 'DeploymentId'));
      });
      return { state, handles: {} };
    },
  },
  'http-stage-logging': {
    permissions,
    observe: async (session, region, object) => {
      const [ApiId = '', StageName = ''] = object.split('/');
      const command = new GetStageCommand({ ApiId, StageName });
      const state = await nullOn('NotFoundException', async () => {
        const { AccessLogSettings } = await session.client(ApiGatewayV2Client, region).send(command);
        return httpStageLoggingState(AccessLogSettings?.DestinationArn);
      });
      return { state, handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;
