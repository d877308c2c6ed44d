import {
  type Service as Described,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  paginateListClusters,
  paginateListServices,
} from '@aws-sdk/client-ecs';
import { fromPages, readEach } from '../../aws/pages.ts';
import { need } from '../../model/fact.ts';
import { apiCall, given, MissingField, part, type Readers, type RegionAccess, sortedBy } from '../reader.ts';
import type { EcsService, ecsFacts, TaskRoles } from './facts.ts';

const describeTask = apiCall('ecs:DescribeTaskDefinition');

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
    calls: [describeTask],
    needs: ['ecs.services'],
    read: async access => {
      const services = need(await access.fact('ecs.services'));
      const arns = [...new Set(services.flatMap(({ taskDefinition }) => taskDefinition ?? []))].sort();
      return Promise.all(
        arns.map(async arn => ({
          arn,
          roles: await part(access, [describeTask], () => rolesOf(access, arn)),
        })),
      );
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
    ...(from.taskDefinition !== undefined && { taskDefinition: from.taskDefinition }),
    subnets: [...(network?.subnets ?? [])].sort(),
    securityGroups: [...(network?.securityGroups ?? [])].sort(),
    assignPublicIp: network?.assignPublicIp === 'ENABLED',
  };
}

/** The answer holds the containers' environment; it is left where it is. */
async function rolesOf({ client, options }: RegionAccess, taskDefinition: string): Promise<TaskRoles> {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition });
  const { taskDefinition: from } = await client(ECSClient).send(command, options);
  const { taskRoleArn, executionRoleArn } = given(from, 'taskDefinition');
  return {
    ...(taskRoleArn !== undefined && { task: taskRoleArn }),
    ...(executionRoleArn !== undefined && { execution: executionRoleArn }),
  };
}
