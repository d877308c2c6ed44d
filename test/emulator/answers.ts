import { z } from 'zod';
import { databaseAnswers } from './databases.ts';
import { askEc2, type Exchange, form, json, path, tokenOf } from './exchange.ts';
import { exportAnswers } from './exports.ts';
import { gatewayAnswers } from './gateways.ts';
import { httpStageAnswers } from './http-stages.ts';
import { identityAnswers } from './identity.ts';
import { errorReply, jsonReply, type Reply, xmlReply } from './reply.ts';
import { restStageAnswers } from './rest-stages.ts';
import { secretAnswers } from './secrets.ts';
import { storageAnswers } from './storage.ts';
import { trailAnswers } from './trails.ts';
import { wafAnswers } from './waf.ts';

const ec2Answer = (operation: string, content: string): Reply =>
  xmlReply(
    `<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>securecart</requestId>${content}</${operation}Response>`,
  );

/** The operations that moto lacks, or answers in another way than AWS, and the endpoint's own answer. */
export const answers: Record<string, (exchange: Exchange) => Reply | Promise<Reply>> = {
  'wafv2:ListResourcesForWebACL': listResourcesForWebAcl,
  'apigateway:UpdateMethod': updateMethod,
  'apigateway:GetDeployment': getDeployment,
  'apigatewayv2:GetAuthorizers': getAuthorizers,
  's3:GetBucketPolicyStatus': getBucketPolicyStatus,
  ...exportAnswers,
  ...httpStageAnswers,
  ...restStageAnswers,
  ...storageAnswers,
  ...identityAnswers,
  ...wafAnswers,
  ...databaseAnswers,
  ...gatewayAnswers,
  ...trailAnswers,
  ...secretAnswers,
  'ec2:DescribeNetworkAcls': describeNetworkAcls,
  'ec2:CreateNetworkAcl': exchange =>
    exchange.memory.clientTokens.get(tokenOf(exchange) ?? '') ?? exchange.moto({}),
  'ec2:GetEbsDefaultKmsKeyId': ({ call, memory }) =>
    ec2Answer(call.operation, `<kmsKeyId>${memory.ebsKeys.get(call.region) ?? 'alias/aws/ebs'}</kmsKeyId>`),
  'ec2:ModifyEbsDefaultKmsKeyId': ({ call, request, memory }) => {
    const key = form(request).get('KmsKeyId') ?? '';
    memory.ebsKeys.set(call.region, key);
    return ec2Answer(call.operation, `<kmsKeyId>${key}</kmsKeyId>`);
  },
  'ec2:GetSnapshotBlockPublicAccessState': ({ call, memory }) => {
    const state = memory.snapshotBlocks.get(call.region) ?? 'unblocked';
    return ec2Answer(call.operation, `<state>${state}</state><managedBy>account</managedBy>`);
  },
  'ec2:EnableSnapshotBlockPublicAccess': ({ call, request, memory }) => {
    const state = form(request).get('State') ?? '';
    memory.snapshotBlocks.set(call.region, state);
    return ec2Answer(call.operation, `<state>${state}</state>`);
  },
  'ec2:DisableSnapshotBlockPublicAccess': ({ call, memory }) => {
    memory.snapshotBlocks.delete(call.region);
    return ec2Answer(call.operation, '<state>unblocked</state>');
  },
};

/** moto does not know the filter network-acl-id; AWS, asked so for one that is not there, lists none. */
async function describeNetworkAcls(exchange: Exchange): Promise<Reply> {
  const asked = form(exchange.request);
  const id = asked.get('Filter.1.Name') === 'network-acl-id' ? asked.get('Filter.1.Value.1') : null;
  if (id === null) return exchange.moto({});
  const reply = await askEc2(exchange, [
    ['Action', 'DescribeNetworkAcls'],
    ['NetworkAclId.1', id],
  ]);
  return reply.status < 300 ? reply : ec2Answer(exchange.call.operation, '<networkAclSet/>');
}

/** The ARN of each ResourceType of wafv2; the load balancers are the default, as in AWS. */
const resourceTypes = {
  APPLICATION_LOAD_BALANCER: ':loadbalancer/app/',
  API_GATEWAY: ':/restapis/',
  APPSYNC: ':apis/',
  COGNITO_USER_POOL: ':userpool/',
} as const;

function listResourcesForWebAcl({ request, memory }: Exchange): Reply {
  const asked = z
    .object({
      WebACLArn: z.string(),
      ResourceType: z
        .enum(['APPLICATION_LOAD_BALANCER', 'API_GATEWAY', 'APPSYNC', 'COGNITO_USER_POOL'])
        .default('APPLICATION_LOAD_BALANCER'),
    })
    .parse(json(request.body));
  const ResourceArns = [...memory.webAcls]
    .filter(
      ([resource, webAcl]) =>
        webAcl === asked.WebACLArn && resource.includes(resourceTypes[asked.ResourceType]),
    )
    .map(([resource]) => resource);
  return jsonReply({ ResourceArns });
}

/** moto can read one authorizer by its id, but not list them. */
async function getAuthorizers({ request, moto, memory }: Exchange): Promise<Reply> {
  const replies = await Promise.all(
    [...(memory.authorizers.get(path(request)) ?? [])].map(id => moto({ target: `${path(request)}/${id}` })),
  );
  return jsonReply({ items: replies.filter(({ status }) => status === 200).map(({ body }) => json(body)) });
}

/** moto fails over a deployment that is gone; API Gateway says so. */
async function getDeployment({ call, request, moto }: Exchange): Promise<Reply> {
  const target = path(request).replace(/\/[^/]+$/, '');
  const { item } = z
    .object({ item: z.array(z.object({ id: z.string() })) })
    .parse(json((await moto({ target })).body));
  if (item.some(({ id }) => path(request).endsWith(`/${id}`))) return moto({});
  const message = 'Invalid Deployment identifier specified';
  return errorReply(call, { code: 'NotFoundException', status: 404, message });
}

const Patch = z.object({
  patchOperations: z.array(z.object({ op: z.string(), path: z.string(), value: z.string().optional() })),
});
const Method = z.looseObject({
  methodIntegration: z.looseObject({}).nullish(),
  methodResponses: z.looseObject({}).nullish(),
});

/** moto's PutMethod drops a method's integration and responses, which AWS's UpdateMethod keeps: they are put again. */
async function updateMethod({ call, request, moto }: Exchange): Promise<Reply> {
  const target = path(request);
  const found = await moto({ method: 'GET', target, body: Buffer.alloc(0) });
  if (found.status !== 200) return found;
  const { methodIntegration, methodResponses, ...method } = Method.parse(json(found.body));
  for (const patch of Patch.parse(json(request.body)).patchOperations) {
    const [name = '', ...rest] = patch.path.slice(1).split('/');
    if (patch.op !== 'replace' || rest.length > 0) {
      const message = `The emulator's UpdateMethod knows only replace of a top-level path, not ${patch.op} of ${patch.path}`;
      return errorReply(call, { code: 'BadRequestException', status: 400, message });
    }
    method[name] = name === 'apiKeyRequired' ? patch.value === 'true' : patch.value;
  }
  const put = (below: string, value: unknown) =>
    moto({ method: 'PUT', target: `${target}${below}`, body: Buffer.from(JSON.stringify(value)) });
  await put('', method);
  if (methodIntegration) {
    const { integrationResponses, ...integration } = methodIntegration;
    await put('/integration', integration);
    for (const [status, response] of entries(integrationResponses))
      await put(`/integration/responses/${status}`, response);
  }
  for (const [status, response] of entries(methodResponses)) await put(`/responses/${status}`, response);
  return moto({ method: 'GET', target, body: Buffer.alloc(0) });
}

const entries = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

const oneOrMore = <T extends z.ZodType>(item: T) => z.union([z.array(item), item.transform(one => [one])]);
const Policy = z.object({
  Statement: oneOrMore(
    z.object({
      Effect: z.string(),
      Principal: z.union([z.string(), z.record(z.string(), oneOrMore(z.string()))]).optional(),
      Condition: z.unknown().optional(),
    }),
  ),
});

/** moto answers with a list of objects. Public here is: everyone is allowed something, under no condition. */
async function getBucketPolicyStatus({ request, moto }: Exchange): Promise<Reply> {
  const found = await moto({ target: `${path(request)}?policy` });
  if (found.status !== 200) return found;
  const isPublic = Policy.parse(json(found.body)).Statement.some(
    ({ Effect, Principal, Condition }) =>
      Effect === 'Allow' &&
      Condition === undefined &&
      (Principal === '*' || (typeof Principal === 'object' && (Principal.AWS?.includes('*') ?? false))),
  );
  return xmlReply(`<PolicyStatus><IsPublic>${isPublic ? 'TRUE' : 'FALSE'}</IsPublic></PolicyStatus>`);
}
