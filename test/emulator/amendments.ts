import { z } from 'zod';
import { databaseAmendments } from './databases.ts';
import { deletionAmendments } from './deletions.ts';
import { deploymentAmendments } from './deployments.ts';
import { askEc2, type Exchange, form, json, path, tokenOf } from './exchange.ts';
import { restExport } from './exports.ts';
import { gatewayAmendments } from './gateways.ts';
import { httpStageAmendments } from './http-stages.ts';
import { iamAmendments } from './iam.ts';
import { interfaceAmendments, makeFunctionInterfaces } from './interfaces.ts';
import { logsAmendments } from './logs.ts';
import { firstOf, jsonReply, type Reply, withBody } from './reply.ts';
import { secretAmendments } from './secrets.ts';
import { storageAmendments } from './storage.ts';
import { trailAmendments } from './trails.ts';

/** What the endpoint does once moto has carried out a call: it remembers, sets right, or gives a better answer than moto's. */
export const amendments: Record<string, (exchange: Exchange, reply: Reply) => Promise<Reply> | Reply> = {
  'wafv2:AssociateWebACL': ({ request, memory }, reply) => {
    const { WebACLArn, ResourceArn } = Association.parse(json(request.body));
    memory.webAcls.set(ResourceArn, WebACLArn);
    return reply;
  },
  'wafv2:DisassociateWebACL': ({ request, memory }, reply) => {
    memory.webAcls.delete(Association.pick({ ResourceArn: true }).parse(json(request.body)).ResourceArn);
    return reply;
  },
  'apigatewayv2:CreateAuthorizer': ({ request, memory }, reply) => {
    const { authorizerId } = z.object({ authorizerId: z.string() }).parse(json(reply.body));
    const authorizers = memory.authorizers.get(path(request)) ?? new Set();
    memory.authorizers.set(path(request), authorizers.add(authorizerId));
    return reply;
  },
  ...httpStageAmendments,
  ...interfaceAmendments,
  ...storageAmendments,
  ...databaseAmendments,
  ...logsAmendments,
  ...iamAmendments,
  ...gatewayAmendments,
  ...trailAmendments,
  ...secretAmendments,
  ...deploymentAmendments,
  'apigateway:CreateDeployment': rememberTheMethods,
  'apigateway:GetDeployment': withTheMethods,
  'apigateway:GetResources': inPages,
  'ec2:CreateVpc': giveTheDefaultGroupItsRule,
  'ec2:CreateNetworkAcl': giveTheAclItsLastEntries,
  ...deletionAmendments,
  'ec2:AuthorizeSecurityGroupIngress': rememberDescription,
  'ec2:AuthorizeSecurityGroupEgress': rememberDescription,
  'ec2:DescribeSecurityGroupRules': withDescriptions,
  'ec2:DescribeRegions': withoutOtherPartitions,
  'lambda:CreateFunction': async (exchange, reply) =>
    withTheVpc(exchange, await makeFunctionInterfaces(exchange, reply)),
  'kms:GetKeyPolicy': withThePolicyAsText,
  'lambda:GetFunction': withTheVpc,
  'lambda:GetFunctionConfiguration': withTheVpc,
  'lambda:ListFunctions': withTheVpc,
};

/** Of a key that its CloudFormation made, moto gives the policy as an object; KMS gives a text of every key. */
function withThePolicyAsText(_: Exchange, reply: Reply): Reply {
  const { Policy, ...rest } = z.looseObject({ Policy: z.unknown() }).parse(json(reply.body));
  return typeof Policy === 'object' ? jsonReply({ ...rest, Policy: JSON.stringify(Policy) }) : reply;
}

const Resources = z.looseObject({
  item: z.array(
    z.looseObject({
      path: z.string(),
      resourceMethods: z.record(z.string(), z.looseObject({ authorizationType: z.string() })).nullish(),
    }),
  ),
});

/** moto deploys an API without keeping what it was; AWS keeps a summary with the deployment, and exports it so. */
async function rememberTheMethods(exchange: Exchange, reply: Reply): Promise<Reply> {
  const { request, moto, memory } = exchange;
  const target = path(request).replace(/deployments$/, 'resources');
  const { item } = Resources.parse(json((await moto({ method: 'GET', target, body: Buffer.alloc(0) })).body));
  const { id } = z.object({ id: z.string() }).parse(json(reply.body));
  const methods = item.map(({ path, resourceMethods }) => {
    const verbs = Object.entries(resourceMethods ?? {});
    return [
      path,
      Object.fromEntries(verbs.map(([verb, { authorizationType }]) => [verb, { authorizationType }])),
    ];
  });
  memory.apiSummaries.set(`${path(request)}/${id}`, Object.fromEntries(methods));
  const document = await restExport(exchange, path(request).replace(/\/deployments$/, ''));
  memory.apiExports.set(`${path(request)}/${id}`, document);
  return reply;
}

function withTheMethods({ request, memory }: Exchange, reply: Reply): Reply {
  const isAsked = new URL(request.target, 'http://localhost').searchParams.get('embed') === 'apisummary';
  const deployment = z.looseObject({}).parse(json(reply.body));
  return isAsked ? jsonReply({ ...deployment, apiSummary: memory.apiSummaries.get(path(request)) }) : reply;
}

/** moto gives all resources at once; AWS gives 25, or as many as `limit` says, and the position of the next. */
function inPages({ request }: Exchange, reply: Reply): Reply {
  const asked = new URL(request.target, 'http://localhost').searchParams;
  const start = Number(asked.get('position') ?? 0);
  const end = start + Number(asked.get('limit') ?? 25);
  const { item } = Resources.parse(json(reply.body));
  const position = end < item.length ? { position: String(end) } : {};
  return jsonReply({ item: item.slice(start, end), ...position });
}

const Association = z.object({ WebACLArn: z.string(), ResourceArn: z.string() });

/** AWS's default group lets in what is in the group itself; moto's lets in nothing. */
async function giveTheDefaultGroupItsRule(exchange: Exchange, reply: Reply): Promise<Reply> {
  const groups = await askEc2(exchange, [
    ['Action', 'DescribeSecurityGroups'],
    ['Filter.1.Name', 'vpc-id'],
    ['Filter.1.Value.1', firstOf(/<vpcId>(.+?)</, reply)],
  ]);
  const group = firstOf(/<groupId>(.+?)</, groups);
  await askEc2(exchange, [
    ['Action', 'AuthorizeSecurityGroupIngress'],
    ['GroupId', group],
    ['IpPermissions.1.IpProtocol', '-1'],
    ['IpPermissions.1.Groups.1.GroupId', group],
  ]);
  return reply;
}

/** moto keeps what a rule says of itself for CIDRs alone; AWS keeps it for groups and prefix lists too. */
function rememberDescription({ request, memory }: Exchange, reply: Reply): Reply {
  const described = [...form(request)].filter(([name]) =>
    /^IpPermissions\.1\.(Groups|PrefixListIds)\.1\.Description$/.test(name),
  );
  const rule = firstOf(/<securityGroupRuleId>(.+?)</, reply);
  for (const [, text] of described) memory.ruleDescriptions.set(rule, text);
  return reply;
}

function withDescriptions({ memory }: Exchange, reply: Reply): Reply {
  const id = /<securityGroupRuleId>(.+?)<\/securityGroupRuleId>/g;
  const text = reply.body.toString().replaceAll(id, (element, rule: string) => {
    const description = memory.ruleDescriptions.get(rule);
    return description === undefined ? element : `${element}<description>${description}</description>`;
  });
  return withBody(reply, text);
}

/** Every NACL of AWS ends with entries that deny the rest; moto gives them to the default NACL alone. */
async function giveTheAclItsLastEntries(exchange: Exchange, reply: Reply): Promise<Reply> {
  for (const egress of ['false', 'true']) {
    await askEc2(exchange, [
      ['Action', 'CreateNetworkAclEntry'],
      ['NetworkAclId', firstOf(/<networkAclId>(.+?)</, reply)],
      ['RuleNumber', '32767'],
      ['Protocol', '-1'],
      ['RuleAction', 'deny'],
      ['Egress', egress],
      ['CidrBlock', '0.0.0.0/0'],
    ]);
  }
  const token = tokenOf(exchange);
  if (token !== undefined) exchange.memory.clientTokens.set(token, reply);
  return reply;
}

/** moto lists the Regions of every partition; an account of AWS has those of its own. */
function withoutOtherPartitions(_: Exchange, reply: Reply): Reply {
  const items =
    /<item>(?:(?!<\/item>)[\s\S])*<regionName>(?:us-gov|us-iso|cn|eu-isoe|eusc)-(?:(?!<\/item>)[\s\S])*<\/item>/g;
  return withBody(reply, reply.body.toString().replaceAll(items, ''));
}

/** moto gives every function in a VPC the same made-up VPC; AWS gives that of its subnets. */
async function withTheVpc(exchange: Exchange, reply: Reply): Promise<Reply> {
  let text = reply.body.toString();
  for (const [found, subnet = ''] of text.matchAll(
    /"SubnetIds": ?\["(subnet-\w+)"[^}]*"VpcId": ?"vpc-123abc"/g,
  )) {
    const described = await askEc2(exchange, [
      ['Action', 'DescribeSubnets'],
      ['SubnetId.1', subnet],
    ]);
    text = text.replace(found, found.replace('vpc-123abc', firstOf(/<vpcId>(.+?)</, described)));
  }
  return withBody(reply, text);
}
