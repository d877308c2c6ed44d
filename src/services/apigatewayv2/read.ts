import {
  type Api,
  ApiGatewayV2Client,
  type Authorizer,
  ExportApiCommand,
  GetApisCommand,
  GetAuthorizersCommand,
  GetRoutesCommand,
  GetStagesCommand,
  type Route,
  type Stage,
} from '@aws-sdk/client-apigatewayv2';
import { fromPages, readEach } from '../../aws/pages.ts';
import { need } from '../../model/fact.ts';
import { type ApiCall, given, part, type Readers, type RegionAccess, sortedBy, tagsOf } from '../reader.ts';
import { deployedOfExport } from './export.ts';
import type {
  apiGatewayV2Facts,
  DeployedHttpApi,
  HttpApi,
  HttpAuthorizer,
  HttpRoute,
  HttpStage,
  ListedApi,
  WebSocketApi,
} from './facts.ts';

/** API Gateway has one IAM action for all of its reading, HTTP APIs and REST APIs alike: the resource tells them apart. */
const read = (operation: string): ApiCall => ({
  call: `apigateway:${operation}`,
  action: 'apigateway:GET',
  resources: ['arn:*:apigateway:*::/apis*'],
});
const getRoutes = read('GetRoutes');
const getAuthorizers = read('GetAuthorizers');
const getStages = read('GetStages');
const exportApi = read('ExportApi');
// API Gateway's reference names no largest page; it takes this one.
const MaxResults = '500';

/** How the facts of HTTP and WebSocket APIs are read; one call lists both. */
export const apiGatewayV2Readers = {
  'apigatewayv2.apis': {
    calls: [read('GetApis')],
    needs: [],
    read: async ({ client, options }) => {
      const pages = pagesOf(NextToken =>
        client(ApiGatewayV2Client).send(new GetApisCommand({ MaxResults, NextToken }), options),
      );
      const all = await fromPages(pages, ({ Items }) => (Items ?? []).map(listedApi));
      return sortedBy(all, ({ id }) => id);
    },
  },
  'apigatewayv2.httpApis': {
    calls: [getRoutes, getAuthorizers, getStages, exportApi],
    needs: ['apigatewayv2.apis'],
    read: access => eachApi(access, 'HTTP', httpApi),
  },
  'apigatewayv2.webSocketApis': {
    calls: [getRoutes],
    needs: ['apigatewayv2.apis'],
    read: access => eachApi(access, 'WEBSOCKET', webSocketApi),
  },
} as const satisfies Readers<keyof typeof apiGatewayV2Facts>;

const listedApi = (from: Api): ListedApi => ({
  id: given(from.ApiId, 'ApiId'),
  name: given(from.Name, 'Name of an API'),
  protocol: given(from.ProtocolType, 'ProtocolType'),
  tags: tagsOf(Object.entries(from.Tags ?? {}).map(([Key, Value]) => ({ Key, Value }))),
});

async function eachApi<Value>(
  access: RegionAccess,
  protocol: 'HTTP' | 'WEBSOCKET',
  readApi: (access: RegionAccess, api: ListedApi) => Promise<Value>,
): Promise<Value[]> {
  const all = need(await access.fact('apigatewayv2.apis')).filter(api => api.protocol === protocol);
  return Promise.all(all.map(api => readApi(access, api)));
}

/** The SDK has no paginators for these calls, though the calls have pages. */
export async function* pagesOf<Page extends { NextToken?: string | undefined }>(
  ask: (token: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let token: string | undefined;
  do {
    const page = await ask(token);
    yield page;
    token = page.NextToken;
  } while (token);
}

async function httpApi(access: RegionAccess, { id, name, tags }: ListedApi): Promise<HttpApi> {
  const client = access.client(ApiGatewayV2Client);
  const { options } = access;
  const [routes, authorizers, stages] = await Promise.all([
    part(access, [getRoutes], async () =>
      sortedBy((await allRoutes(access, id)).map(route), ({ key }) => key),
    ),
    part(access, [getAuthorizers], () => allAuthorizers(client, id, options)),
    part(access, [getStages], async () => {
      const ask = (NextToken?: string) =>
        client.send(new GetStagesCommand({ ApiId: id, MaxResults, NextToken }), options);
      const all = await readEach(
        pagesOf(ask),
        ({ Items }) => Items ?? [],
        one => stage(access, id, one),
      );
      return sortedBy(all, ({ name }) => name);
    }),
  ]);
  return { id, name, tags, routes, authorizers, stages };
}

const webSocketApi = async (access: RegionAccess, { id, name }: ListedApi): Promise<WebSocketApi> => ({
  id,
  name,
  connect: await part(access, [getRoutes], async () => {
    const connect = (await allRoutes(access, id)).find(({ RouteKey }) => RouteKey === '$connect');
    return connect === undefined ? null : (connect.AuthorizationType ?? 'NONE');
  }),
});

function allRoutes({ client, options }: RegionAccess, ApiId: string): Promise<Route[]> {
  const ask = (NextToken?: string) =>
    client(ApiGatewayV2Client).send(new GetRoutesCommand({ ApiId, MaxResults, NextToken }), options);
  return fromPages(pagesOf(ask), ({ Items }) => Items ?? []);
}

/** All authorizers of an HTTP API, in the order of their ids. */
export async function allAuthorizers(
  client: ApiGatewayV2Client,
  ApiId: string,
  options: { readonly abortSignal?: AbortSignal },
): Promise<HttpAuthorizer[]> {
  const ask = (NextToken?: string) =>
    client.send(new GetAuthorizersCommand({ ApiId, MaxResults, NextToken }), options);
  const all = await fromPages(pagesOf(ask), ({ Items }) => (Items ?? []).map(authorizer));
  return sortedBy(all, ({ id }) => id);
}

const route = (from: Route): HttpRoute => ({
  id: given(from.RouteId, 'RouteId'),
  key: given(from.RouteKey, 'RouteKey'),
  authorization: from.AuthorizationType ?? 'NONE',
  ...(from.AuthorizerId && { authorizer: from.AuthorizerId }),
});

const authorizer = (from: Authorizer): HttpAuthorizer => ({
  id: given(from.AuthorizerId, 'AuthorizerId'),
  name: from.Name ?? '',
  type: given(from.AuthorizerType, 'AuthorizerType'),
  ...(from.JwtConfiguration?.Issuer && { issuer: from.JwtConfiguration.Issuer }),
  audience: [...(from.JwtConfiguration?.Audience ?? [])].sort(),
});

const stage = async (access: RegionAccess, ApiId: string, from: Stage): Promise<HttpStage> => {
  const name = given(from.StageName, 'StageName');
  return {
    name,
    ...(from.AutoDeploy !== true && {
      deployed: await part(access, [exportApi], () => deployedApi(access, ApiId, name)),
      ...(from.DeploymentId && { deployment: from.DeploymentId }),
    }),
    ...(from.AccessLogSettings?.DestinationArn && { accessLog: from.AccessLogSettings.DestinationArn }),
  };
};

/** With its extensions an export names the authorizers; the integrations that come with them are not kept. */
async function deployedApi(
  { client, options }: RegionAccess,
  ApiId: string,
  StageName: string,
): Promise<DeployedHttpApi> {
  const { body } = await client(ApiGatewayV2Client).send(
    new ExportApiCommand({
      ApiId,
      StageName,
      Specification: 'OAS30',
      OutputType: 'JSON',
      IncludeExtensions: true,
    }),
    options,
  );
  return deployedOfExport(new TextDecoder().decode(given(body, 'body of an export')));
}
