import {
  APIGatewayClient,
  type Authorizer,
  type RestApi as Described,
  GetAccountCommand,
  GetAuthorizersCommand,
  GetDeploymentCommand,
  type GetDeploymentCommandOutput,
  GetExportCommand,
  GetStagesCommand,
  paginateGetResources,
  paginateGetRestApis,
  type Resource,
  type Stage,
} from '@aws-sdk/client-api-gateway';
import { fromPages, readEach } from '../../aws/pages.ts';
import { unknown } from '../../model/fact.ts';
import { type ApiCall, given, part, type Readers, type RegionAccess, sortedBy, tagsOf } from '../reader.ts';
import { authorizersOfExport } from './export.ts';
import type {
  apiGatewayFacts,
  DeployedAuthorizer,
  DeployedMethod,
  Deployment,
  RestApi,
  RestAuthorizer,
  RestMethod,
  RestStage,
} from './facts.ts';

/** API Gateway has one IAM action for all of its reading, API keys with their values included: the resource tells them apart. */
const read = (operation: string): ApiCall => ({
  call: `apigateway:${operation}`,
  action: 'apigateway:GET',
  resources: ['arn:*:apigateway:*::/restapis*'],
});
const getResources = read('GetResources');
const getAuthorizers = read('GetAuthorizers');
const getStages = read('GetStages');
const getDeployment = read('GetDeployment');
const getExport = read('GetExport');
// The most that API Gateway gives at once; it gives 25 where nothing is said.
const pageSize = 500;

/** How the REST APIs' facts are read. */
export const apiGatewayReaders = {
  'apigateway.restApis': {
    calls: [read('GetRestApis'), getResources, getAuthorizers, getStages, getDeployment, getExport],
    needs: [],
    read: async access => {
      const config = { client: access.client(APIGatewayClient), pageSize };
      const pages = paginateGetRestApis(config, {}, access.options);
      const all = await readEach(
        pages,
        page => page.items ?? [],
        api => restApi(access, api),
      );
      return sortedBy(all, ({ id }) => id);
    },
  },
  'apigateway.account': {
    calls: [
      {
        call: 'apigateway:GetAccount',
        action: 'apigateway:GET',
        resources: ['arn:*:apigateway:*::/account'],
      },
    ],
    needs: [],
    read: async ({ client, options }) => {
      const { cloudwatchRoleArn } = await client(APIGatewayClient).send(new GetAccountCommand({}), options);
      return cloudwatchRoleArn ? { cloudWatchRole: cloudwatchRoleArn } : {};
    },
  },
} as const satisfies Readers<keyof typeof apiGatewayFacts>;

async function restApi(access: RegionAccess, from: Described): Promise<RestApi> {
  const id = given(from.id, 'id of a REST API');
  const [methods, authorizers, stages] = await Promise.all([
    part(access, [getResources], () => methodsOf(access, id)),
    part(access, [getAuthorizers], () => allAuthorizers(access.client(APIGatewayClient), id, access.options)),
    part(access, [getStages], () => stagesOf(access, id)),
  ]);
  const deployed = stages.kind === 'known' ? stages.value : [];
  const deployments = [...new Set(deployed.flatMap(stage => stage.deployments))].sort();
  return {
    id,
    name: given(from.name, 'name of a REST API'),
    tags: tagsOf(Object.entries(from.tags ?? {}).map(([Key, Value]) => ({ Key, Value }))),
    methods,
    authorizers,
    stages,
    deployments: await Promise.all(deployments.map(one => deployment(access, id, one, deployed))),
  };
}

async function methodsOf({ client, options }: RegionAccess, restApiId: string): Promise<RestMethod[]> {
  const config = { client: client(APIGatewayClient), pageSize };
  // Without `embed` a method is there, but has nothing in it.
  const pages = paginateGetResources(config, { restApiId, embed: ['methods'] }, options);
  const all = await fromPages(pages, ({ items }) => (items ?? []).flatMap(ofResource));
  return sortedBy(all, ({ path, verb }) => `${path} ${verb}`);
}

const ofResource = ({ id, path, resourceMethods }: Resource): RestMethod[] =>
  Object.entries(resourceMethods ?? {}).map(([verb, method]) => ({
    resource: given(id, 'id of a resource'),
    path: given(path, 'path of a resource'),
    verb,
    authorization: given(method.authorizationType, 'authorizationType'),
    ...(method.authorizerId && { authorizer: method.authorizerId }),
  }));

/** All authorizers of a REST API, in the order of their ids; the SDK has no paginator for this call, though the call has pages. */
export async function allAuthorizers(
  client: APIGatewayClient,
  restApiId: string,
  options: { readonly abortSignal?: AbortSignal },
): Promise<RestAuthorizer[]> {
  const all: RestAuthorizer[] = [];
  let position: string | undefined;
  do {
    const command = new GetAuthorizersCommand({ restApiId, limit: pageSize, position });
    const answer = await client.send(command, options);
    all.push(...(answer.items ?? []).map(authorizer));
    position = answer.position;
  } while (position);
  return sortedBy(all, ({ id }) => id);
}

const authorizer = (from: Authorizer): RestAuthorizer => ({
  id: given(from.id, 'id of an authorizer'),
  name: from.name ?? '',
  type: given(from.type, 'type of an authorizer'),
  userPools: [...(from.providerARNs ?? [])].sort(),
});

async function stagesOf({ client, options }: RegionAccess, restApiId: string): Promise<RestStage[]> {
  const answer = await client(APIGatewayClient).send(new GetStagesCommand({ restApiId }), options);
  return sortedBy((answer.item ?? []).map(stage), ({ name }) => name);
}

const stage = (from: Stage): RestStage => ({
  name: given(from.stageName, 'stageName'),
  deployments: [...new Set([from.deploymentId, from.canarySettings?.deploymentId])].flatMap(id => id ?? []),
  ...(from.webAclArn && { webAcl: from.webAclArn }),
  ...(from.accessLogSettings?.destinationArn && { accessLog: from.accessLogSettings.destinationArn }),
  executionLogs: executionLogs(from),
});

/** How much a stage logs of what it does, by method; that all methods log nothing is what no settings say as well. */
export const executionLogs = ({ methodSettings = {} }: Pick<Stage, 'methodSettings'>) =>
  sortedBy(
    Object.entries(methodSettings)
      .map(([method, { loggingLevel = 'OFF', dataTraceEnabled }]) => ({
        method,
        level: loggingLevel,
        ...(dataTraceEnabled === true && { dataTrace: dataTraceEnabled }),
      }))
      .filter(
        ({ method, level, dataTrace }) => method !== '*/*' || level !== 'OFF' || dataTrace !== undefined,
      ),
    ({ method }) => method,
  );

async function deployment(
  access: RegionAccess,
  restApiId: string,
  id: string,
  stages: readonly RestStage[],
): Promise<Deployment> {
  // The first deployment of a stage is its own, and any other one is its canary's.
  const stage = stages.find(({ deployments: [own] }) => own === id);
  return {
    id,
    methods: await part(access, [getDeployment], async () => {
      const { client, options } = access;
      const command = new GetDeploymentCommand({ restApiId, deploymentId: id, embed: ['apisummary'] });
      return deployedMethods(await client(APIGatewayClient).send(command, options));
    }),
    authorizers:
      stage === undefined
        ? unknown({ kind: 'not-read', call: getExport.call })
        : await part(access, [getExport], () => deployedAuthorizers(access, restApiId, stage.name)),
  };
}

/** The methods of a deployment that was asked for with its summary, in the order of their names. Throws MissingField. */
export function deployedMethods({ apiSummary }: GetDeploymentCommandOutput): DeployedMethod[] {
  const methods = Object.entries(given(apiSummary, 'apiSummary of a deployment')).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, { authorizationType }]) => ({
      path,
      verb,
      authorization: given(authorizationType, 'authorizationType'),
    })),
  );
  return sortedBy(methods, ({ path, verb }) => `${path} ${verb}`);
}

/** An export holds what the stage's deployment does; this one is asked for without the integrations, which may hold secrets. */
async function deployedAuthorizers(
  { client, options }: RegionAccess,
  restApiId: string,
  stageName: string,
): Promise<DeployedAuthorizer[]> {
  const { body } = await client(APIGatewayClient).send(
    new GetExportCommand({
      restApiId,
      stageName,
      exportType: 'oas30',
      parameters: { extensions: 'authorizers' },
      accepts: 'application/json',
    }),
    options,
  );
  return authorizersOfExport(new TextDecoder().decode(given(body, 'body of an export')));
}
