import {
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateAccountCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CreateApiCommand,
  CreateDeploymentCommand as CreateHttpDeploymentCommand,
  CreateAuthorizerCommand as CreateJwtAuthorizerCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import type { Clients } from '../clients.ts';
import { account, region } from '../emulator.ts';
import { need } from './named.ts';
import type { Pool } from './user-pool.ts';

/** A REST API with the ARN of its one stage. */
export type RestApi = { id: string; root: string; authorizer: string; stage: string };

/** A REST API whose methods ask for a token of the pool, deployed to a stage that logs. */
export async function buildRestApi(clients: Clients, { arn }: Pool): Promise<RestApi> {
  const { apiGateway } = clients;
  const { id: restApiId = '' } = await apiGateway.send(
    new CreateRestApiCommand({ name: 'securecart-orders' }),
  );
  const { items = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId }));
  const root = need(items[0]?.id, 'root resource');
  const { id: authorizer = '' } = await apiGateway.send(
    new CreateAuthorizerCommand({
      restApiId,
      name: 'customers',
      type: 'COGNITO_USER_POOLS',
      providerARNs: [arn],
      identitySource: 'method.request.header.Authorization',
    }),
  );
  const api = { id: restApiId, root, authorizer };
  await addMethods(clients, api, 'orders', [['GET', authorizer], ['POST', authorizer], ['OPTIONS']]);
  await deploy(clients, restApiId);
  await letApisLog(clients);
  await apiGateway.send(
    new UpdateStageCommand({
      restApiId,
      stageName: 'prod',
      patchOperations: [
        {
          op: 'replace',
          path: '/accessLogSettings/destinationArn',
          value: `arn:aws:logs:${region}:${account}:log-group:securecart-orders`,
        },
        { op: 'replace', path: '/*/*/logging/loglevel', value: 'ERROR' },
      ],
    }),
  );
  return { ...api, stage: `arn:aws:apigateway:${region}::/restapis/${restApiId}/stages/prod` };
}

/** Gives API Gateway the role by which stages of REST APIs write to CloudWatch Logs. */
export const letApisLog = ({ apiGateway }: Clients) =>
  apiGateway.send(
    new UpdateAccountCommand({
      patchOperations: [
        { op: 'replace', path: '/cloudwatchRoleArn', value: `arn:aws:iam::${account}:role/api-gateway-logs` },
      ],
    }),
  );

/** A resource with methods, each with its authorizer or with none. */
export async function addMethods(
  { apiGateway }: Clients,
  { id: restApiId, root: parentId }: { id: string; root: string },
  pathPart: string,
  methods: readonly (readonly [verb: string, authorizer?: string])[],
): Promise<void> {
  const { id: resourceId = '' } = await apiGateway.send(
    new CreateResourceCommand({ restApiId, parentId, pathPart }),
  );
  for (const [httpMethod, authorizerId] of methods) {
    const method = { restApiId, resourceId, httpMethod };
    const authorizationType = authorizerId === undefined ? 'NONE' : 'COGNITO_USER_POOLS';
    await apiGateway.send(new PutMethodCommand({ ...method, authorizationType, authorizerId }));
    await apiGateway.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  }
}

/** Publishes what is configured, in a stage that is new. */
const deploy = ({ apiGateway }: Clients, restApiId: string) =>
  apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod' }));

/** Publishes what is configured in the stage that is there; moto would make it anew if CreateDeployment named it. */
export async function redeploy({ apiGateway }: Clients, restApiId: string): Promise<void> {
  const { id: value } = await apiGateway.send(new CreateDeploymentCommand({ restApiId }));
  await apiGateway.send(
    new UpdateStageCommand({
      restApiId,
      stageName: 'prod',
      patchOperations: [{ op: 'replace', path: '/deploymentId', value }],
    }),
  );
}

/** An HTTP API whose route asks for a token of the pool; gives its id. */
export async function buildHttpApi({ apiGatewayV2 }: Clients, { id, client }: Pool): Promise<string> {
  const { ApiId = '' } = await apiGatewayV2.send(
    new CreateApiCommand({ Name: 'securecart-catalog', ProtocolType: 'HTTP' }),
  );
  const { AuthorizerId } = await apiGatewayV2.send(
    new CreateJwtAuthorizerCommand({
      ApiId,
      Name: 'customers',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: `https://cognito-idp.${region}.amazonaws.com/${id}`, Audience: [client] },
    }),
  );
  await apiGatewayV2.send(
    new CreateRouteCommand({ ApiId, RouteKey: 'GET /catalog', AuthorizationType: 'JWT', AuthorizerId }),
  );
  await apiGatewayV2.send(
    new CreateStageCommand({
      ApiId,
      StageName: '$default',
      AutoDeploy: true,
      AccessLogSettings: { DestinationArn: `arn:aws:logs:${region}:${account}:log-group:securecart-catalog` },
    }),
  );
  return need(ApiId, 'API id');
}

/** A stage `beta` of an HTTP API that has what is configured now, and no later change of it by itself. */
export async function stageRoutes({ apiGatewayV2 }: Clients, ApiId: string): Promise<void> {
  const AccessLogSettings = { DestinationArn: `arn:aws:logs:${region}:${account}:log-group:securecart-beta` };
  await apiGatewayV2.send(new CreateStageCommand({ ApiId, StageName: 'beta', AccessLogSettings }));
  await apiGatewayV2.send(new CreateHttpDeploymentCommand({ ApiId, StageName: 'beta' }));
}

/** A WebSocket API to which only those connect who sign with keys of IAM. */
export async function buildWebSocketApi({ apiGatewayV2 }: Clients): Promise<string> {
  const { ApiId = '' } = await apiGatewayV2.send(
    new CreateApiCommand({
      Name: 'securecart-updates',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    }),
  );
  await apiGatewayV2.send(
    new CreateRouteCommand({ ApiId, RouteKey: '$connect', AuthorizationType: 'AWS_IAM' }),
  );
  return need(ApiId, 'API id');
}
