import {
  type ContainerDefinition,
  type Service as Described,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  paginateListClusters,
  paginateListServices,
} from '@aws-sdk/client-ecs';
import { fromPages, readEach } from '../../aws/pages.ts';
import { need, UnknownFact } from '../../model/fact.ts';
import { apiCall, given, MissingField, type Readers, type RegionAccess, sortedBy } from '../reader.ts';
import type { EcsContainer, EcsService, ecsFacts, TaskDefinition } from './facts.ts';

/** How ECS's facts are read. */
export const ecsReaders = {
  'ecs.services': {
    calls: [apiCall('ecs:ListClusters'), apiCall('ecs:ListServices'), apiCall('ecs:DescribeServices')],
    needs: [],
    read: async access => {
      const pages = paginateListClusters(
        { client: access.client(ECSClient), pageSize: 100 },
        {},
        access.options,
      );
      const clusters = await fromPages(pages, page => page.clusterArns ?? []);
      const all = await Promise.all(clusters.map(cluster => servicesOf(access, cluster)));
      return sortedBy(all.flat(), ({ arn }) => arn);
    },
  },
  'ecs.taskDefinitions': {
    calls: [apiCall('ecs:DescribeTaskDefinition')],
    needs: ['ecs.services'],
    read: async access => {
      const services = need(await access.fact('ecs.services'));
      // What has run once and is run no more is no part of the account's state.
      const running = services.filter(({ status }) => status !== 'INACTIVE');
      const arns = new Set(running.flatMap(taskDefinitionsOf));
      return Promise.all([...arns].sort().map(arn => taskDefinition(access, arn)));
    },
  },
} as const satisfies Readers<keyof typeof ecsFacts>;

async function servicesOf(access: RegionAccess, cluster: string): Promise<EcsService[]> {
  const config = { client: access.client(ECSClient), pageSize: 100 };
  const pages = paginateListServices(config, { cluster }, access.options);
  const described = await readEach(
    pages,
    page => inTens(page.serviceArns ?? []),
    services => describe(access, cluster, services),
  );
  return described.flat();
}

/** The most that DescribeServices takes at once. */
const inTens = (arns: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(arns.length / 10) }, (_, n) => arns.slice(n * 10, n * 10 + 10));

async function describe(
  { client, options }: RegionAccess,
  cluster: string,
  services: string[],
): Promise<EcsService[]> {
  const answer = await client(ECSClient).send(new DescribeServicesCommand({ cluster, services }), options);
  const failure = (answer.failures ?? []).find(({ reason }) => reason !== 'MISSING');
  // MISSING is a service that was deleted since it was listed.
  if (failure !== undefined) {
    throw new MissingField(`ECS did not describe ${failure.arn}: ${failure.reason}.`);
  }
  return (answer.services ?? []).map(service);
}

function service(from: Described): EcsService {
  const network = from.networkConfiguration?.awsvpcConfiguration;
  return {
    arn: given(from.serviceArn, 'serviceArn'),
    name: given(from.serviceName, 'serviceName'),
    cluster: given(from.clusterArn, 'clusterArn'),
    status: given(from.status, 'status of an ECS service'),
    subnets: [...(network?.subnets ?? [])].sort(),
    securityGroups: [...(network?.securityGroups ?? [])].sort(),
    assignPublicIp: network?.assignPublicIp === 'ENABLED',
    taskDefinitions: runBy(from),
  };
}

/** While one deployment replaces another, a service runs both. */
function runBy({ taskDefinition, deployments = [], taskSets = [] }: Described): string[] {
  const named = [{ taskDefinition }, ...deployments, ...taskSets];
  return [...new Set(named.flatMap(({ taskDefinition: arn }) => arn ?? []))].sort();
}

/** The ARNs of the task definitions that a service runs. Throws UnknownFact where they were not read. */
export function taskDefinitionsOf({ taskDefinitions }: EcsService): string[] {
  if (taskDefinitions !== undefined) return taskDefinitions;
  throw new UnknownFact({ kind: 'not-read', call: 'ecs:DescribeServices' });
}

async function taskDefinition({ client, options }: RegionAccess, arn: string): Promise<TaskDefinition> {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition: arn });
  const { taskDefinition: from } = await client(ECSClient).send(command, options);
  const { taskRoleArn, executionRoleArn, containerDefinitions = [] } = given(from, 'taskDefinition');
  return {
    arn,
    ...(taskRoleArn !== undefined && { taskRole: taskRoleArn }),
    ...(executionRoleArn !== undefined && { executionRole: executionRoleArn }),
    containers: containerDefinitions.map(container),
  };
}

/** Of each variable its name alone: the value is let go here. */
const container = (from: ContainerDefinition): EcsContainer => ({
  name: given(from.name, 'name of a container'),
  environment: (from.environment ?? []).map(({ name }) => given(name, 'name of a variable')).sort(),
  secrets: sortedBy(
    (from.secrets ?? []).map(secret => ({
      name: given(secret.name, 'name of a secret variable'),
      from: given(secret.valueFrom, 'valueFrom'),
    })),
    ({ name }) => name,
  ),
  environmentFiles: (from.environmentFiles ?? []).length,
});
