import { z } from 'zod';
import { type Exchange, json } from './exchange.ts';
import { type Reply, withBody } from './reply.ts';

/** What of ECS's deployments moto gives otherwise than AWS. */
export const deploymentAmendments: Record<string, (exchange: Exchange, reply: Reply) => Reply> = {
  'ecs:DescribeServices': asDeployed,
};

const Services = z.looseObject({
  services: z.array(
    z.looseObject({ taskDefinition: z.string(), deployments: z.array(z.looseObject({})).optional() }),
  ),
});

/** moto has a service's one deployment keep the first task definition; ECS has it run the one that the service was given last. */
function asDeployed(_: Exchange, reply: Reply): Reply {
  const { services, ...rest } = Services.parse(json(reply.body));
  const deployed = services.map(({ taskDefinition, deployments = [], ...service }) => ({
    ...service,
    taskDefinition,
    deployments: deployments.map(deployment => ({ ...deployment, taskDefinition })),
  }));
  return withBody(reply, JSON.stringify({ ...rest, services: deployed }));
}
