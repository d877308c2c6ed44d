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
import { type ApiCall, given, part, type Readers, type RegionAccess, sortedBy, tagsOf } from '../reader.ts';
import { deployedOfExport } from './export.ts';
import type {
  apiGatewayV2Facts,
  DeployedHttpApi,
  HttpApi,
  HttpAuthorizer,
  HttpRoute,
  HttpStage,
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

/** How the HTTP APIs' facts are read. */
export const apiGatewayV2Readers = {
  'apigatewayv2.httpApis': {
    calls: [read('GetApis'), getRoutes, getAuthorizers, getStages, exportApi],
    needs: [],
    read: async access => {
      const { client, options } = access;
      const pages = pagesOf(NextToken =>
        client(ApiGatewayV2Client).send(new GetApisCommand({ MaxResults, NextToken }), options),
      );
      const all = await readEach(
        pages,
        page => (page.Items ?? []).filter(({ ProtocolType: protocol }) => protocol === 'HTTP'),
        api => httpApi(access, api),
      );
      return sortedBy(all, ({ id }) => id);
    },
  },
} as const satisfies Readers<keyof typeof apiGatewayV2Facts>;

/** The SDK has no paginators for these calls, though the calls have pages. */
async function* pagesOf<Page extends { NextToken?: string | undefined }>(
  ask: (token: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let token: string | undefined;
  do {
    const page = await ask(token);
    yield page;
    token = page.NextToken;
  } while (token);
}

async function httpApi(access: RegionAccess, from: Api): Promise<HttpApi> {
  const ApiId = given(from.ApiId, 'ApiId');
  const page = { ApiId, MaxResults };
  const client = access.client(ApiGatewayV2Client);
  const { options } = access;
  const [routes, authorizers, stages] = await Promise.all([
    part(access, [getRoutes], async () => {
      const ask = (NextToken?: string) => client.send(new GetRoutesCommand({ ...page, NextToken }), options);
      const all = await fromPages(pagesOf(ask), ({ Items }) => (Items ?? []).map(route));
      return sortedBy(all, ({ key }) => key);
    }),
    part(access, [getAuthorizers], () => allAuthorizers(client, ApiId, options)),
    part(access, [getStages], async () => {
      const ask = (NextToken?: string) => client.send(new GetStagesCommand({ ...page, NextToken }), options);
      const all = await readEach(
        pagesOf(ask),
        ({ Items }) => Items ?? [],
        one => stage(access, ApiId, one),
      );
      return sortedBy(all, ({ name }) => name);
    }),
  ]);
  const tags = Object.entries(from.Tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  return {
    id: ApiId,
    name: given(from.Name, 'Name of an API'),
    tags: tagsOf(tags),
    routes,
    authorizers,
    stages,
  };
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
