import {
  type ContainerDefinition,
  CreateClusterCommand,
  CreateServiceCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { CreateDBInstanceCommand, CreateDBSubnetGroupCommand } from '@aws-sdk/client-rds';
import type { Clients } from '../clients.ts';
import { need } from './named.ts';

/** Where a workload stands. */
export type Place = { subnets: string[]; group: string };

/** An internet-facing ALB that sends to the backend's port; gives its ARN. */
export async function buildLoadBalancer(
  { elb }: Clients,
  vpc: string,
  { subnets, group }: Place,
): Promise<string> {
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({
      Name: 'securecart',
      Type: 'application',
      Scheme: 'internet-facing',
      Subnets: subnets,
      SecurityGroups: [group],
    }),
  );
  const LoadBalancerArn = need(LoadBalancers?.[0]?.LoadBalancerArn, 'load balancer ARN');
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name: 'securecart-backend',
      Protocol: 'HTTP',
      Port: 8080,
      VpcId: vpc,
      TargetType: 'ip',
    }),
  );
  const TargetGroupArn = need(TargetGroups?.[0]?.TargetGroupArn, 'target group ARN');
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  );
  return LoadBalancerArn;
}

/** An encrypted PostgreSQL instance, which only its VPC sees unless it is `open`; gives its ARN. */
export async function buildDatabase(
  { rds }: Clients,
  { subnets, group, open = false }: Place & { open?: boolean },
): Promise<string> {
  await rds.send(
    new CreateDBSubnetGroupCommand({
      DBSubnetGroupName: 'securecart',
      DBSubnetGroupDescription: 'SecureCart database tier',
      SubnetIds: subnets,
    }),
  );
  const { DBInstance } = await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'securecart',
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'postgres',
      Port: 5432,
      AllocatedStorage: 20,
      MasterUsername: 'securecart',
      ManageMasterUserPassword: true,
      StorageEncrypted: true,
      PubliclyAccessible: open,
      DBSubnetGroupName: 'securecart',
      VpcSecurityGroupIds: [group],
    }),
  );
  return need(DBInstance?.DBInstanceArn, 'DB instance ARN');
}

type Roles = Pick<RegisterTaskDefinitionCommandInput, 'taskRoleArn' | 'executionRoleArn'>;

/** What the backend runs, under these roles; its container has what is given. */
export const backendDefinition = (
  roles: Roles,
  container: Omit<ContainerDefinition, 'name' | 'image'> = {},
): RegisterTaskDefinitionCommandInput => ({
  family: 'securecart-backend',
  ...roles,
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [
    {
      name: 'backend',
      image: 'securecart/backend',
      essential: true,
      readonlyRootFilesystem: true,
      portMappings: [{ containerPort: 8080 }],
      ...container,
    },
  ],
});

/** A Fargate service without public addresses; gives its ARN. */
export async function buildService(
  { ecs }: Clients,
  { subnets, group, roles = {} }: Place & { roles?: Roles },
): Promise<string> {
  await ecs.send(new CreateClusterCommand({ clusterName: 'securecart' }));
  await ecs.send(new RegisterTaskDefinitionCommand(backendDefinition(roles)));
  const { service } = await ecs.send(
    new CreateServiceCommand({
      cluster: 'securecart',
      serviceName: 'backend',
      taskDefinition: 'securecart-backend',
      launchType: 'FARGATE',
      desiredCount: 0,
      networkConfiguration: {
        awsvpcConfiguration: { subnets, securityGroups: [group], assignPublicIp: 'DISABLED' },
      },
    }),
  );
  return need(service?.serviceArn, 'service ARN');
}

/** The smallest zip archive: one that holds nothing. */
const emptyZip = Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]);

/** A function in the VPC, with a role that moto insists on; gives its ARN. */
export async function buildFunction(
  { iam, lambda }: Clients,
  {
    subnets,
    group,
    name = 'securecart-orders',
    role = `${name}-role`,
  }: Place & { name?: string; role?: string },
): Promise<string> {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const { FunctionArn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: need(Role?.Arn, 'role ARN'),
      Code: { ZipFile: emptyZip },
      VpcConfig: { SubnetIds: subnets, SecurityGroupIds: [group] },
    }),
  );
  return need(FunctionArn, 'function ARN');
}
