import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetAuthorizersCommand,
  GetDeploymentsCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  UpdateMethodCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CreateApiCommand,
  CreateRouteCommand,
  CreateStageCommand,
  GetApisCommand,
  GetDeploymentsCommand as GetHttpDeploymentsCommand,
  GetStagesCommand as GetHttpStagesCommand,
  GetAuthorizersCommand as GetJwtAuthorizersCommand,
  GetRoutesCommand,
} from '@aws-sdk/client-apigatewayv2';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { executionLogs } from '../../src/services/apigateway/read.ts';
import { addMethods, buildHttpApi, buildRestApi, redeploy, stageRoutes } from '../emulator/accounts/apis.ts';
import { need } from '../emulator/accounts/named.ts';
import { buildUserPool } from '../emulator/accounts/user-pool.ts';
import type { Clients } from '../emulator/clients.ts';

/** What was built, by the ids that a test needs. */
export type OpenApis = Awaited<ReturnType<typeof buildOpenApis>>;

/**
 * A REST API of which a method is open and another was closed and not deployed, an HTTP API of which a route is open, and
 * one of each that has no authorizer at all and does not log; of the HTTP API one stage waits to be deployed.
 */
export async function buildOpenApis(aws: Clients) {
  const pool = await buildUserPool(aws);
  const rest = await buildRestApi(aws, pool);
  await addMethods(aws, rest, 'export', [['GET']]);
  await addMethods(aws, rest, 'refunds', [['POST']]);
  await redeploy(aws, rest.id);
  const { items = [] } = await aws.apiGateway.send(new GetResourcesCommand({ restApiId: rest.id }));
  const resourceOf = (of: string) => need(items.find(({ path }) => path === of)?.id, of);
  const refunds = { restApiId: rest.id, resourceId: resourceOf('/refunds'), httpMethod: 'POST' };
  await setMethod(aws, refunds, 'COGNITO_USER_POOLS', rest.authorizer);
  const http = await buildHttpApi(aws, pool);
  const route = await openRoute(aws, http, 'GET /catalog/export');
  const bareRest = await buildBareRestApi(aws);
  const bareHttp = await buildBareHttpApi(aws);
  await stageRoutes(aws, bareHttp);
  return {
    pool,
    rest,
    http,
    route,
    bareRest,
    bareHttp,
    exported: { ...refunds, resourceId: resourceOf('/export'), httpMethod: 'GET' },
  };
}

async function openRoute({ apiGatewayV2 }: Clients, ApiId: string, RouteKey: string): Promise<string> {
  const { RouteId } = await apiGatewayV2.send(
    new CreateRouteCommand({ ApiId, RouteKey, AuthorizationType: 'NONE' }),
  );
  return need(RouteId, 'route');
}

/** A REST API without an authorizer, deployed to a stage. */
export async function buildBareRestApi(aws: Clients): Promise<string> {
  const { apiGateway } = aws;
  const { id: restApiId = '' } = await apiGateway.send(new CreateRestApiCommand({ name: 'bare' }));
  const { items: [root] = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId }));
  await addMethods(aws, { id: restApiId, root: need(root?.id, 'root') }, 'stock', [['ANY'], ['OPTIONS']]);
  await apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod' }));
  return restApiId;
}

/** An HTTP API without an authorizer, with a stage that deploys by itself. */
export async function buildBareHttpApi(aws: Clients): Promise<string> {
  const { ApiId = '' } = await aws.apiGatewayV2.send(
    new CreateApiCommand({ Name: 'bare', ProtocolType: 'HTTP' }),
  );
  await openRoute(aws, ApiId, '$default');
  await aws.apiGatewayV2.send(new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true }));
  return ApiId;
}

/** Sets how a method is authorized. */
export const setMethod = (
  { apiGateway }: Clients,
  method: { restApiId: string; resourceId: string; httpMethod: string },
  authorizationType: string,
  authorizerId = '',
) =>
  apiGateway.send(
    new UpdateMethodCommand({
      ...method,
      patchOperations: [
        { op: 'replace', path: '/authorizationType', value: authorizationType },
        { op: 'replace', path: '/authorizerId', value: authorizerId },
      ],
    }),
  );

/** What a fix may change of APIs, as AWS says it: no ids of authorizers, which are made anew. */
export async function apisState({ apiGateway, apiGatewayV2, logs }: Clients) {
  const { items: rest = [] } = await apiGateway.send(new GetRestApisCommand({}));
  const { Items: http = [] } = await apiGatewayV2.send(new GetApisCommand({}));
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  return {
    logGroups: logGroups.map(({ logGroupName, retentionInDays }) => [logGroupName, retentionInDays]),
    rest: await Promise.all(
      rest.map(async ({ id: restApiId }) => {
        const asked = { restApiId };
        const [resources, authorizers, stages, deployments] = await Promise.all([
          apiGateway.send(new GetResourcesCommand({ ...asked, embed: ['methods'], limit: 500 })),
          apiGateway.send(new GetAuthorizersCommand(asked)),
          apiGateway.send(new GetStagesCommand(asked)),
          apiGateway.send(new GetDeploymentsCommand(asked)),
        ]);
        const named = (id?: string) => authorizers.items?.find(one => one.id === id)?.name;
        return {
          restApiId,
          methods: (resources.items ?? [])
            .flatMap(({ path, resourceMethods = {} }) =>
              Object.entries(resourceMethods).map(([verb, method]) => ({
                name: `${verb} ${path}`,
                ...method,
                authorizerId: named(method.authorizerId),
              })),
            )
            .sort((one, other) => one.name.localeCompare(other.name)),
          authorizers: (authorizers.items ?? []).map(one => ({ ...one, id: undefined })),
          stages: stages.item?.map(({ stageName, deploymentId, accessLogSettings, methodSettings }) => ({
            deployed: `${stageName} ${deploymentId}`,
            accessLogSettings,
            methodSettings: executionLogs({ methodSettings }),
          })),
          deployments: (deployments.items ?? []).map(({ id = '' }) => id).sort(),
        };
      }),
    ),
    http: await Promise.all(
      http.map(async ({ ApiId }) => {
        const [routes, authorizers, stages, deployments] = await Promise.all([
          apiGatewayV2.send(new GetRoutesCommand({ ApiId })),
          apiGatewayV2.send(new GetJwtAuthorizersCommand({ ApiId })),
          apiGatewayV2.send(new GetHttpStagesCommand({ ApiId })),
          apiGatewayV2.send(new GetHttpDeploymentsCommand({ ApiId })),
        ]);
        const named = (id?: string) => authorizers.Items?.find(one => one.AuthorizerId === id)?.Name;
        return {
          ApiId,
          routes: (routes.Items ?? [])
            .map(route => ({ ...route, AuthorizerId: named(route.AuthorizerId) }))
            .sort((one, other) => `${one.RouteKey}`.localeCompare(`${other.RouteKey}`)),
          authorizers: (authorizers.Items ?? []).map(one => ({ ...one, AuthorizerId: undefined })),
          stages: stages.Items?.map(({ StageName, DeploymentId, AccessLogSettings }) => ({
            deployed: `${StageName} ${DeploymentId}`,
            AccessLogSettings,
          })),
          deployments: deployments.Items?.map(({ DeploymentId = '' }) => DeploymentId),
        };
      }),
    ),
  };
}
