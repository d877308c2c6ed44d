import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  CreateAuthorizerCommand as CreateRestAuthorizerCommand,
  GetMethodCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateMethodCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CreateApiCommand,
  CreateAuthorizerCommand,
  DeleteAuthorizerCommand,
  GetAuthorizersCommand,
} from '@aws-sdk/client-apigatewayv2';
import {
  CreateNetworkAclCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DisableSnapshotBlockPublicAccessCommand,
  EnableSnapshotBlockPublicAccessCommand,
  GetEbsDefaultKmsKeyIdCommand,
  GetSnapshotBlockPublicAccessStateCommand,
  ModifyEbsDefaultKmsKeyIdCommand,
} from '@aws-sdk/client-ec2';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  GetBucketPolicyStatusCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { GetPublicAccessBlockCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import {
  AssociateWebACLCommand,
  CreateWebACLCommand,
  DisassociateWebACLCommand,
  ListResourcesForWebACLCommand,
  type ResourceType,
} from '@aws-sdk/client-wafv2';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addMethods, letApisLog } from './accounts/apis.ts';
import { buildFunction, buildLoadBalancer } from './accounts/workloads.ts';
import { type Clients, clientsFor } from './clients.ts';
import { account, type Emulator, region, startEmulator } from './emulator.ts';

let emulator: Emulator;
let aws: Clients;

beforeAll(async () => {
  emulator = await startEmulator();
  aws = clientsFor(emulator);
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.stop());

test('ListResourcesForWebACL lists what is associated, by type', async () => {
  const { Summary } = await aws.waf.send(
    new CreateWebACLCommand({
      Name: 'securecart',
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: {
        SampledRequestsEnabled: true,
        CloudWatchMetricsEnabled: true,
        MetricName: 'securecart',
      },
    }),
  );
  const WebACLArn = Summary?.ARN;
  const listed = async (ResourceType?: ResourceType) =>
    (await aws.waf.send(new ListResourcesForWebACLCommand({ WebACLArn, ResourceType }))).ResourceArns;
  const { Vpc } = await aws.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { Subnet } = await aws.ec2.send(
    new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.0.0.0/24' }),
  );
  const { GroupId = '' } = await aws.ec2.send(
    new CreateSecurityGroupCommand({ VpcId: Vpc?.VpcId, GroupName: 'alb', Description: 'alb' }),
  );
  const place = { subnets: [Subnet?.SubnetId ?? ''], group: GroupId };
  const ResourceArn = await buildLoadBalancer(aws, Vpc?.VpcId ?? '', place);
  expect(await listed()).toEqual([]);
  await aws.waf.send(new AssociateWebACLCommand({ WebACLArn, ResourceArn }));
  expect(await listed()).toEqual([ResourceArn]);
  expect(await listed('API_GATEWAY')).toEqual([]);
  await aws.waf.send(new DisassociateWebACLCommand({ ResourceArn }));
  expect(await listed()).toEqual([]);
});

test('UpdateMethod changes what it is told, and keeps the integration and the responses', async () => {
  const { id: restApiId } = await aws.apiGateway.send(new CreateRestApiCommand({ name: 'orders' }));
  const { items } = await aws.apiGateway.send(new GetResourcesCommand({ restApiId }));
  const method = { restApiId, resourceId: items?.[0]?.id, httpMethod: 'GET' };
  const { id: authorizerId } = await aws.apiGateway.send(
    new CreateRestAuthorizerCommand({
      restApiId,
      name: 'customers',
      type: 'COGNITO_USER_POOLS',
      providerARNs: [`arn:aws:cognito-idp:${region}:${account}:userpool/${region}_customers`],
      identitySource: 'method.request.header.Authorization',
    }),
  );
  await aws.apiGateway.send(
    new PutMethodCommand({ ...method, authorizationType: 'NONE', operationName: 'listOrders' }),
  );
  await aws.apiGateway.send(new PutMethodResponseCommand({ ...method, statusCode: '200' }));
  await aws.apiGateway.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  await aws.apiGateway.send(
    new PutIntegrationResponseCommand({ ...method, statusCode: '200', selectionPattern: 'ok' }),
  );
  const patchOperations = [
    { op: 'replace' as const, path: '/authorizationType', value: 'COGNITO_USER_POOLS' },
    { op: 'replace' as const, path: '/authorizerId', value: authorizerId },
  ];
  const updated = await aws.apiGateway.send(new UpdateMethodCommand({ ...method, patchOperations }));
  const read = await aws.apiGateway.send(new GetMethodCommand(method));
  const expected = {
    authorizationType: 'COGNITO_USER_POOLS',
    authorizerId,
    operationName: 'listOrders',
    methodResponses: { 200: { statusCode: '200' } },
    methodIntegration: { type: 'MOCK', integrationResponses: { 200: { selectionPattern: 'ok' } } },
  };
  expect(updated).toMatchObject(expected);
  expect(read).toMatchObject(expected);
});

test('GetAuthorizers of an HTTP API lists those that are there', async () => {
  const { ApiId } = await aws.apiGatewayV2.send(
    new CreateApiCommand({ Name: 'orders', ProtocolType: 'HTTP' }),
  );
  const create = async (Name: string) =>
    aws.apiGatewayV2.send(
      new CreateAuthorizerCommand({
        ApiId,
        Name,
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Audience: ['shop'], Issuer: 'https://issuer.example' },
      }),
    );
  const { AuthorizerId } = await create('old');
  await create('new');
  await aws.apiGatewayV2.send(new DeleteAuthorizerCommand({ ApiId, AuthorizerId }));
  const { Items } = await aws.apiGatewayV2.send(new GetAuthorizersCommand({ ApiId }));
  expect(Items).toMatchObject([{ Name: 'new', JwtConfiguration: { Audience: ['shop'] } }]);
});

test('a stage of a REST API logs only once API Gateway has a role', async () => {
  const { id: restApiId = '' } = await aws.apiGateway.send(new CreateRestApiCommand({ name: 'logs' }));
  const stage = { restApiId, stageName: 'prod' };
  const { items: [root] = [] } = await aws.apiGateway.send(new GetResourcesCommand({ restApiId }));
  await addMethods(aws, { id: restApiId, root: root?.id ?? '' }, 'orders', [['GET']]);
  await aws.apiGateway.send(new CreateDeploymentCommand(stage));
  const patchOperations = [{ op: 'replace' as const, path: '/*/*/logging/loglevel', value: 'ERROR' }];
  const loud = () => aws.apiGateway.send(new UpdateStageCommand({ ...stage, patchOperations }));
  await expect(loud()).rejects.toThrow('CloudWatch Logs role ARN must be set in account settings');
  await letApisLog(aws);
  expect((await loud()).methodSettings).toMatchObject({ '*/*': { loggingLevel: 'ERROR' } });
});

test('the EBS default key is AWS’s own until it is changed, by Region', async () => {
  const elsewhere = clientsFor(emulator, 'eu-central-1');
  await aws.ec2.send(new ModifyEbsDefaultKmsKeyIdCommand({ KmsKeyId: 'alias/orders' }));
  expect(await aws.ec2.send(new GetEbsDefaultKmsKeyIdCommand({}))).toMatchObject({
    KmsKeyId: 'alias/orders',
  });
  expect(await elsewhere.ec2.send(new GetEbsDefaultKmsKeyIdCommand({}))).toMatchObject({
    KmsKeyId: 'alias/aws/ebs',
  });
});

test('public snapshots are blocked and unblocked', async () => {
  const state = async () => (await aws.ec2.send(new GetSnapshotBlockPublicAccessStateCommand({}))).State;
  expect(await state()).toBe('unblocked');
  await aws.ec2.send(new EnableSnapshotBlockPublicAccessCommand({ State: 'block-all-sharing' }));
  expect(await state()).toBe('block-all-sharing');
  await aws.ec2.send(new DisableSnapshotBlockPublicAccessCommand({}));
  expect(await state()).toBe('unblocked');
});

const statement = (Principal: unknown, Condition?: unknown) => ({
  Effect: 'Allow',
  Principal,
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::orders/*',
  Condition,
});

test.each([
  { why: 'everyone', Statement: [statement('*')], isPublic: true },
  { why: 'everyone, as AWS principals', Statement: statement({ AWS: '*' }), isPublic: true },
  { why: 'an account', Statement: [statement({ AWS: `arn:aws:iam::${account}:root` })], isPublic: false },
  {
    why: 'everyone in one VPC',
    Statement: [statement('*', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } })],
    isPublic: false,
  },
])('GetBucketPolicyStatus of a policy for $why', async ({ Statement, isPublic }) => {
  await aws.s3.send(new CreateBucketCommand({ Bucket: 'orders' }));
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await aws.s3.send(new PutBucketPolicyCommand({ Bucket: 'orders', Policy }));
  const { PolicyStatus } = await aws.s3.send(new GetBucketPolicyStatusCommand({ Bucket: 'orders' }));
  expect(PolicyStatus).toEqual({ IsPublic: isPublic });
});

test('GetBucketPolicyStatus without a policy is the error of AWS', async () => {
  await aws.s3.send(new CreateBucketCommand({ Bucket: 'orders' }));
  await expect(aws.s3.send(new GetBucketPolicyStatusCommand({ Bucket: 'orders' }))).rejects.toMatchObject({
    name: 'NoSuchBucketPolicy',
  });
});

test('the public access block of an account is kept', async () => {
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: false,
  };
  const read = () => aws.s3Control.send(new GetPublicAccessBlockCommand({ AccountId: account }));
  await expect(read()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
  await aws.s3Control.send(
    new PutPublicAccessBlockCommand({ AccountId: account, PublicAccessBlockConfiguration }),
  );
  expect(await read()).toMatchObject({ PublicAccessBlockConfiguration });
});

test('a client token of more than 64 characters is refused, as EC2 refuses it', async () => {
  const tokens = await Promise.allSettled(
    [64, 65].map(length =>
      aws.ec2.send(new CreateVolumeCommand({ ...volume, ClientToken: 'x'.repeat(length) })),
    ),
  );
  expect(tokens).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { name: 'InvalidParameterValue' } },
  ]);
});

const volume = { AvailabilityZone: `${region}a`, Size: 1 };

test('an endpoint’s interfaces are in its own groups, with addresses of their subnet', async () => {
  const { Vpc } = await aws.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId;
  const { Subnet } = await aws.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
  const { GroupId = '' } = await aws.ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: 'endpoints', Description: 'endpoints' }),
  );
  const { VpcEndpoint } = await aws.ec2.send(
    new CreateVpcEndpointCommand({
      VpcId,
      VpcEndpointType: 'Interface',
      ServiceName: `com.amazonaws.${region}.sts`,
      SubnetIds: [Subnet?.SubnetId ?? ''],
      SecurityGroupIds: [GroupId],
    }),
  );
  const { NetworkInterfaces } = await aws.ec2.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: VpcEndpoint?.NetworkInterfaceIds }),
  );
  expect(NetworkInterfaces).toMatchObject([
    { Groups: [{ GroupId }], PrivateIpAddress: expect.stringMatching(/^10\.0\.0\.\d+$/) },
  ]);
});

test('a function is in the VPC of its subnets', async () => {
  const { Vpc } = await aws.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId;
  const { Subnet } = await aws.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
  const { GroupId = '' } = await aws.ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: 'lambda', Description: 'lambda' }),
  );
  await buildFunction(aws, { subnets: [Subnet?.SubnetId ?? ''], group: GroupId });
  const { Functions } = await aws.lambda.send(new ListFunctionsCommand({}));
  expect(Functions).toMatchObject([{ VpcConfig: { VpcId, SecurityGroupIds: [GroupId] } }]);
});

test('the Regions are those of one partition', async () => {
  const { Regions = [] } = await aws.ec2.send(new DescribeRegionsCommand({}));
  const names = Regions.map(({ RegionName = '' }) => RegionName);
  expect(names).toEqual(expect.arrayContaining(['us-east-1', 'eu-west-1', 'ap-southeast-2']));
  expect(names.filter(name => /gov|iso|^cn/.test(name))).toEqual([]);
});

test('the default group of a new VPC lets in itself, and out everything', async () => {
  const { Vpc } = await aws.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { SecurityGroups } = await aws.ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [Vpc?.VpcId ?? ''] }] }),
  );
  const GroupId = SecurityGroups?.[0]?.GroupId ?? '';
  const { SecurityGroupRules } = await aws.ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
  );
  expect(SecurityGroupRules?.sort((a, b) => Number(a.IsEgress) - Number(b.IsEgress))).toMatchObject([
    { IsEgress: false, IpProtocol: '-1', ReferencedGroupInfo: { GroupId } },
    { IsEgress: true, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' },
  ]);
});

test('a new NACL denies the rest', async () => {
  const { Vpc } = await aws.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { NetworkAcl } = await aws.ec2.send(new CreateNetworkAclCommand({ VpcId: Vpc?.VpcId }));
  const { NetworkAcls } = await aws.ec2.send(
    new DescribeNetworkAclsCommand({ NetworkAclIds: [NetworkAcl?.NetworkAclId ?? ''] }),
  );
  const last = { RuleNumber: 32767, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' };
  expect(NetworkAcls?.[0]?.Entries?.sort((a, b) => Number(a.Egress) - Number(b.Egress))).toMatchObject([
    { ...last, Egress: false },
    { ...last, Egress: true },
  ]);
});
