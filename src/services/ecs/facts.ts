import { z } from 'zod';
import { snapshotFact } from '../../model/fact.ts';

/** An ECS service; the network part is that of `awsvpc` mode and empty in the other modes. */
export const EcsService = z.strictObject({
  arn: z.string(),
  name: z.string(),
  cluster: z.string(),
  status: z.string(),
  subnets: z.array(z.string()),
  securityGroups: z.array(z.string()),
  assignPublicIp: z.boolean(),
});
export type EcsService = z.infer<typeof EcsService>;

export const ecsFacts = { 'ecs.services': snapshotFact(z.array(EcsService)) };
