import { z } from 'zod';
import { type Exchange, json, path } from './exchange.ts';
import { errorReply, jsonReply, type Reply } from './reply.ts';

/**
 * Exports as API Gateway makes them, of what was deployed and not of what is configured: moto keeps no configuration with
 * a deployment. Their shape is that of "OpenAPI extensions for API Gateway" in its developer guide, and no more of it
 * than what speaks of authorization.
 */
export const exportAnswers: Record<string, (exchange: Exchange) => Promise<Reply>> = {
  'apigateway:GetExport': getExport,
  'apigatewayv2:ExportApi': exportApi,
};

const RestResources = z.object({
  item: z.array(
    z.object({
      path: z.string(),
      resourceMethods: z
        .record(z.string(), z.object({ authorizationType: z.string(), authorizerId: z.string().nullish() }))
        .nullish(),
    }),
  ),
});
const RestAuthorizers = z.object({
  item: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.string(),
      providerARNs: z.array(z.string()).optional(),
    }),
  ),
});

/** The export of a REST API as it is configured; `apiPath` is /restapis/ID. */
export async function restExport({ moto }: Pick<Exchange, 'moto'>, apiPath: string): Promise<unknown> {
  const get = async (below: string) =>
    json((await moto({ method: 'GET', target: `${apiPath}${below}`, body: Buffer.alloc(0) })).body);
  const resources = RestResources.parse(await get('/resources')).item;
  const authorizers = RestAuthorizers.parse(await get('/authorizers')).item;
  const schemeOf = (id: string | null | undefined) => authorizers.find(one => one.id === id)?.name;
  const paths = resources.map(({ path, resourceMethods }) => {
    const operations = Object.entries(resourceMethods ?? {}).map(([verb, { authorizerId }]) => {
      const name = schemeOf(authorizerId);
      return [fieldOf(verb), { responses: {}, ...(name !== undefined && { security: [{ [name]: [] }] }) }];
    });
    return [path, Object.fromEntries(operations)];
  });
  const schemes = authorizers.map(({ name, type, providerARNs }) => [
    name,
    {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': type.toLowerCase(),
      'x-amazon-apigateway-authorizer': { type: type.toLowerCase(), providerARNs },
    },
  ]);
  return documentOf(paths, schemes);
}

const fieldOf = (verb: string): string =>
  verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase();

const documentOf = (paths: unknown[][], securitySchemes: unknown[][]) => ({
  openapi: '3.0.1',
  info: { title: 'export', version: '1' },
  paths: Object.fromEntries(paths),
  components: { securitySchemes: Object.fromEntries(securitySchemes) },
});

/** The path is /restapis/ID/stages/STAGE/exports/oas30. */
async function getExport({ call, request, moto, memory }: Exchange): Promise<Reply> {
  const [stage = ''] = path(request).split('/exports/');
  const found = await moto({ method: 'GET', target: stage, body: Buffer.alloc(0) });
  if (found.status !== 200) return found;
  const { deploymentId } = z.object({ deploymentId: z.string() }).parse(json(found.body));
  const document = memory.apiExports.get(`${stage.split('/stages/')[0]}/deployments/${deploymentId}`);
  return document === undefined ? notDeployed(call) : jsonReply(document);
}

const notDeployed = (call: Exchange['call']): Reply =>
  errorReply(call, { code: 'NotFoundException', status: 404, message: 'Nothing is deployed' });

const HttpRoutes = z.object({
  items: z.array(
    z.object({
      routeKey: z.string(),
      authorizationType: z.string().nullish(),
      authorizerId: z.string().nullish(),
    }),
  ),
});
const HttpAuthorizer = z.object({
  authorizerId: z.string(),
  name: z.string(),
  authorizerType: z.string(),
  jwtConfiguration: z.unknown(),
});

/** The export of an HTTP API as it is configured; `apiPath` is /v2/apis/ID. */
export async function httpExport({ moto, memory }: Exchange, apiPath: string): Promise<unknown> {
  const get = async (below: string) =>
    json((await moto({ method: 'GET', target: `${apiPath}${below}`, body: Buffer.alloc(0) })).body);
  const routes = HttpRoutes.parse(await get('/routes')).items;
  const ids = [...(memory.authorizers.get(`${apiPath}/authorizers`) ?? [])];
  const read = await Promise.all(ids.map(id => get(`/authorizers/${id}`)));
  const authorizers = read.flatMap(one => HttpAuthorizer.safeParse(one).data ?? []);
  const paths = new Map<string, Record<string, unknown>>();
  for (const { routeKey, authorizationType, authorizerId } of routes) {
    const [verb = '', of = '/$default'] = routeKey.split(' ');
    const name = authorizers.find(one => one.authorizerId === authorizerId)?.name;
    const operation = {
      ...(of === '/$default' && { isDefaultRoute: true }),
      ...(name !== undefined && { security: [{ [name]: [] }] }),
      ...(authorizationType === 'AWS_IAM' && { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }),
    };
    paths.set(of, { ...paths.get(of), [fieldOf(of === '/$default' ? 'ANY' : verb)]: operation });
  }
  const schemes = authorizers.map(({ name, authorizerType, jwtConfiguration }) => [
    name,
    {
      type: 'oauth2',
      'x-amazon-apigateway-authorizer': { type: authorizerType.toLowerCase(), jwtConfiguration },
    },
  ]);
  return documentOf([...paths], schemes);
}

/** The path is /v2/apis/ID/exports/OAS30; with no stage named it is what is configured. */
async function exportApi(exchange: Exchange): Promise<Reply> {
  const [apiPath = ''] = path(exchange.request).split('/exports/');
  const stage = new URL(exchange.request.target, 'http://localhost').searchParams.get('stageName');
  if (stage === null) return jsonReply(await httpExport(exchange, apiPath));
  const { deploymentId } = exchange.memory.httpStages.get(`${apiPath}/stages/${stage}`) ?? {};
  const document = exchange.memory.apiExports.get(`${apiPath}/deployments/${deploymentId}`);
  return document === undefined ? notDeployed(exchange.call) : jsonReply(document);
}
