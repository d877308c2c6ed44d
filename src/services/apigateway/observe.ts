import {
  APIGatewayClient,
  type Deployment,
  GetDeploymentCommand,
  GetMethodCommand,
  GetStageCommand,
  paginateGetDeployments,
} from '@aws-sdk/client-api-gateway';
import { z } from 'zod';
import { fromPages } from '../../aws/pages.ts';
import type { ObjectKind } from '../../model/plan.ts';
import { authorizerHandles, authorizerName } from '../api-authorizer-names.ts';
import { tagsOfDescription } from '../deployment.ts';
import { nullOn } from '../null-on.ts';
import { given } from '../reader.ts';
import type { Observer } from '../writer.ts';
import { allAuthorizers, deployedMethods, executionLogs } from './read.ts';
import { authorizerState } from './rest-authorizer/changes.ts';
import { methodState } from './rest-method/changes.ts';
import { deploymentState, stageState } from './rest-stage/changes.ts';
import { stageLoggingState } from './rest-stage-logging/changes.ts';

const permissions = ['apigateway:GET'];
const absent = { state: null, handles: {} };

/** How the parts of REST APIs are looked at. */
export const apiGatewayObservers = {
  'rest-method': {
    permissions,
    observe: async (session, region, id) => {
      const [restApiId = '', resourceId, httpMethod] = id.split('/');
      const client = session.client(APIGatewayClient, region);
      const [method, authorizers] = await Promise.all([
        nullOn('NotFoundException', () =>
          client.send(new GetMethodCommand({ restApiId, resourceId, httpMethod })),
        ),
        nullOn('NotFoundException', () => allAuthorizers(client, restApiId, {})),
      ]);
      if (method === null || authorizers === null) return absent;
      const { authorizerId } = method;
      const state = methodState({
        type: given(method.authorizationType, 'authorizationType'),
        authorizer: authorizerId ? authorizerName(authorizers, authorizerId) : null,
      });
      return { state, handles: { authorizers: authorizerHandles(authorizers) } };
    },
  },
  'rest-authorizer': {
    permissions,
    observe: async (session, region, object) => {
      const [restApiId = '', ...rest] = object.split('/');
      const client = session.client(APIGatewayClient, region);
      const all = await nullOn('NotFoundException', () => allAuthorizers(client, restApiId, {}));
      const own = all?.find(({ name }) => name === rest.join('/'));
      return own === undefined ? absent : { state: authorizerState(own), handles: { id: own.id } };
    },
  },
  'rest-deployment': {
    permissions,
    observe: async (session, region, id) => {
      const [restApiId = '', deploymentId] = id.split('/');
      const command = new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] });
      const state = await nullOn('NotFoundException', async () => {
        const answer = await session.client(APIGatewayClient, region).send(command);
        return deploymentState(restApiId, tagsOf(answer), deployedMethods(answer));
      });
      return { state, handles: {} };
    },
    find: async (session, region, tags, { restApi }) => {
      const restApiId = z.string().parse(restApi);
      const config = { client: session.client(APIGatewayClient, region), pageSize: 500 };
      const all = await fromPages(paginateGetDeployments(config, { restApiId }), ({ items }) => items ?? []);
      return all
        .filter(one => Object.entries(tags).every(([key, value]) => tagsOf(one)[key] === value))
        .map(({ id }) => `${restApiId}/${given(id, 'id of a deployment')}`);
    },
  },
  'rest-stage': {
    permissions,
    observe: async (session, region, object) => {
      const [restApiId = '', stageName] = object.split('/');
      const command = new GetStageCommand({ restApiId, stageName });
      const state = await nullOn('NotFoundException', async () => {
        const { deploymentId, canarySettings } = await session.client(APIGatewayClient, region).send(command);
        const canary = canarySettings?.deploymentId ?? null;
        return stageState(restApiId, given(deploymentId, 'deploymentId'), canary);
      });
      return { state, handles: {} };
    },
  },
  'rest-stage-logging': {
    permissions,
    observe: async (session, region, object) => {
      const [restApiId = '', stageName] = object.split('/');
      const command = new GetStageCommand({ restApiId, stageName });
      const state = await nullOn('NotFoundException', async () => {
        const stage = await session.client(APIGatewayClient, region).send(command);
        const accessLog = stage.accessLogSettings?.destinationArn;
        return stageLoggingState({
          ...(accessLog && { accessLog }),
          executionLogs: executionLogs(stage),
        });
      });
      return { state, handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;

const tagsOf = ({ description }: Deployment) => tagsOfDescription(description);
