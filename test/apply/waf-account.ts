import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import { webAcl } from '../../src/plan/provision/web-acl.ts';
import type { PlanOptions } from '../../src/plan/scene.ts';
import { need } from '../emulator/accounts/named.ts';
import { buildLoadBalancer } from '../emulator/accounts/workloads.ts';
import type { Clients } from '../emulator/clients.ts';
import { region } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { look, planToBuild } from './provisioned.ts';

/** What the public reaches, by ARN; nothing stands before it. */
export interface Fronts {
  readonly loadBalancer: string;
  readonly stage: string;
}

/** A load balancer that faces the internet, and a stage of a REST API. */
export async function buildFronts(aws: Clients): Promise<Fronts> {
  const [{ Subnets = [] }, { SecurityGroups = [] }] = await Promise.all([
    aws.ec2.send(new DescribeSubnetsCommand({})),
    aws.ec2.send(new DescribeSecurityGroupsCommand({})),
  ]);
  const loadBalancer = await buildLoadBalancer(aws, need(Subnets[0]?.VpcId, 'VPC'), {
    subnets: Subnets.slice(0, 2).flatMap(({ SubnetId }) => SubnetId ?? []),
    group: need(SecurityGroups[0]?.GroupId, 'group'),
  });
  return { loadBalancer, stage: await buildStage(aws) };
}

async function buildStage({ apiGateway }: Clients): Promise<string> {
  const { id: restApiId = '' } = await apiGateway.send(new CreateRestApiCommand({ name: 'orders' }));
  const { items = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId }));
  const parentId = need(items[0]?.id, 'root resource');
  const { id: resourceId = '' } = await apiGateway.send(
    new CreateResourceCommand({ restApiId, parentId, pathPart: 'orders' }),
  );
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await apiGateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await apiGateway.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  await apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod' }));
  return `arn:aws:apigateway:${region}::/restapis/${restApiId}/stages/prod`;
}

/** What an apply plans of AWS WAF, whatever else it would build. */
export async function planOfWaf(baseline?: Baseline, options?: Partial<PlanOptions>): Promise<Plan> {
  return partOfWaf(planToBuild(await look(), baseline, options));
}

/** What of a plan is about AWS WAF. */
export function partOfWaf(plan: Plan): Plan {
  const mends = plan.mends.filter(({ id }) => /web-acl|ip-sets/.test(id));
  const touched = new Set(changesOf({ ...plan, mends }).map(({ object }) => object.kind));
  return {
    ...plan,
    mends,
    fingerprints: plan.fingerprints.filter(({ object }) => touched.has(object.kind)),
    leftAlone: plan.leftAlone.filter(({ resource }) => resource.type.startsWith('AWS::WAFv2')),
    adopted: plan.adopted?.filter(({ what }) => /web ACL|IP set/.test(what)),
  };
}

/** All of AWS WAF in the account, and what it logs to and stands before; without the ids that AWS makes anew. */
export async function stateOfWaf(): Promise<string> {
  const { regions } = await take({ facts: webAcl.needs }, { pacing: (_turn, run) => run() });
  const facts = Object.values(regions).flatMap(one => Object.entries(one));
  // Which fact comes first is the order in which AWS answered.
  const inOrder = facts.sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(inOrder, null, 1).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id');
}
