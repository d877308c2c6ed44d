import { z } from 'zod';
import { type Exchange, json } from './exchange.ts';
import { type Reply, withBody } from './reply.ts';

/** What of ECS's deployments moto gives otherwise than AWS. */
export const deploymentAmendments: Record<string, (exchange: Exchange, reply: Reply) => Reply> = {
  'ecs:DescribeServices': withoutWhatIsReplaced,
};

const Services = z.looseObject({
  services: z.array(z.looseObject({ deployments: z.array(z.looseObject({ status: z.string() })) })),
});

/** moto keeps each deployment for ever; ECS ends the others once the primary one is steady, as one of no tasks is at once. */
function withoutWhatIsReplaced(_: Exchange, reply: Reply): Reply {
  const { services, ...rest } = Services.parse(json(reply.body));
  const steady = services.map(service => ({
    ...service,
    deployments: service.deployments.filter(({ status }) => status === 'PRIMARY'),
  }));
  return withBody(reply, JSON.stringify({ ...rest, services: steady }));
}
