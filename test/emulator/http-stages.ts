import { z } from 'zod';
import { type Exchange, json, path } from './exchange.ts';
import { httpExport } from './exports.ts';
import { errorReply, jsonReply, type Reply } from './reply.ts';

/** A deployment of an HTTP API, in the shape of API Gateway's. */
export type HttpDeployment = { deploymentId: string; description?: string | undefined };

/** What a stage has that moto cannot change: its deployment, and where it logs to, which is null once that is taken from it. */
export type HttpStage = { deploymentId?: string; accessLogSettings?: unknown };

/** moto has no deployments of HTTP APIs and changes none of their stages. */
export const httpStageAnswers: Record<string, (exchange: Exchange) => Promise<Reply> | Reply> = {
  'apigatewayv2:CreateDeployment': createDeployment,
  'apigatewayv2:GetDeployment': exchange => {
    const found = exchange.memory.httpDeployments.get(path(exchange.request));
    return found === undefined ? notFound(exchange) : jsonReply(shown(found));
  },
  'apigatewayv2:GetDeployments': ({ request, memory }) => {
    const own = [...memory.httpDeployments].filter(([key]) => key.startsWith(`${path(request)}/`));
    return jsonReply({ items: own.map(([, one]) => shown(one)) });
  },
  'apigatewayv2:DeleteDeployment': exchange => {
    const { request, memory, call } = exchange;
    const [api = '', id] = path(request).split('/deployments/');
    const isInUse = [...memory.httpStages].some(
      ([key, { deploymentId }]) => key.startsWith(`${api}/`) && deploymentId === id,
    );
    if (isInUse) {
      const message = 'Active stages pointing to this deployment must be moved or deleted';
      return errorReply(call, { code: 'BadRequestException', status: 400, message });
    }
    return memory.httpDeployments.delete(path(request)) ? jsonReply({}, 204) : notFound(exchange);
  },
  'apigatewayv2:UpdateStage': updateStage,
  'apigatewayv2:DeleteAccessLogSettings': async exchange => {
    const { moto } = exchange;
    const target = path(exchange.request).replace(/\/accesslogsettings$/, '');
    const found = await moto({ method: 'GET', target });
    if (found.status !== 200) return found;
    remember(exchange, target, { accessLogSettings: null });
    return jsonReply({}, 204);
  },
};

/** What moto says of stages, with what it does not keep. */
export const httpStageAmendments: Record<string, (exchange: Exchange, reply: Reply) => Reply> = {
  'apigatewayv2:GetStage': (exchange, reply) =>
    jsonReply(whole(exchange, path(exchange.request), Stage.parse(json(reply.body)))),
  'apigatewayv2:GetStages': (exchange, reply) => {
    const { items } = z.object({ items: z.array(Stage) }).parse(json(reply.body));
    const stages = items.map(stage => whole(exchange, `${path(exchange.request)}/${stage.stageName}`, stage));
    return jsonReply({ items: stages });
  },
};

const Stage = z.looseObject({ stageName: z.string() });

/** A stage's path, whose name may be written with signs escaped, as memory has it. */
const keyOf = (stage: string): string => decodeURIComponent(stage);

function remember({ memory }: Exchange, stage: string, change: HttpStage): void {
  memory.httpStages.set(keyOf(stage), { ...memory.httpStages.get(keyOf(stage)), ...change });
}

function whole({ memory }: Exchange, target: string, stage: z.infer<typeof Stage>): object {
  const { accessLogSettings = stage.accessLogSettings, ...rest } = memory.httpStages.get(keyOf(target)) ?? {};
  return { ...stage, ...rest, accessLogSettings: accessLogSettings ?? undefined };
}

const shown = (deployment: HttpDeployment) => ({
  ...deployment,
  autoDeployed: false,
  createdDate: '2026-01-01T00:00:00Z',
  deploymentStatus: 'DEPLOYED',
});

const notFound = ({ call }: Exchange): Reply =>
  errorReply(call, {
    code: 'NotFoundException',
    status: 404,
    message: 'Invalid Deployment identifier specified',
  });

/** Where the call names a stage, that has the deployment at once. */
async function createDeployment(exchange: Exchange): Promise<Reply> {
  const { request, memory } = exchange;
  const { stageName, description } = z
    .object({ stageName: z.string().optional(), description: z.string().optional() })
    .parse(json(request.body));
  const apiPath = path(request).replace(/\/deployments$/, '');
  const made = { deploymentId: `deployed${memory.apiExports.size}`, description };
  memory.httpDeployments.set(`${path(request)}/${made.deploymentId}`, made);
  memory.apiExports.set(`${path(request)}/${made.deploymentId}`, await httpExport(exchange, apiPath));
  if (stageName !== undefined)
    remember(exchange, `${apiPath}/stages/${stageName}`, { deploymentId: made.deploymentId });
  return jsonReply(shown(made), 201);
}

async function updateStage(exchange: Exchange): Promise<Reply> {
  const { request, moto, memory } = exchange;
  const target = path(request);
  const found = await moto({ method: 'GET', body: Buffer.alloc(0) });
  if (found.status !== 200) return found;
  const change = z
    .object({ deploymentId: z.string().optional(), accessLogSettings: z.unknown().optional() })
    .parse(json(request.body));
  const deployments = target.replace(/\/stages\/[^/]+$/, '/deployments');
  if (
    change.deploymentId !== undefined &&
    !memory.httpDeployments.has(`${deployments}/${change.deploymentId}`)
  )
    return notFound(exchange);
  remember(exchange, target, change);
  return jsonReply(whole(exchange, target, Stage.parse(json(found.body))));
}
