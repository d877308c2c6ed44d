import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';

/** An ECS service; the network part is that of `awsvpc` mode and empty in the other modes. */
export const EcsService = z.strictObject({
  arn: z.string(),
  name: z.string(),
  cluster: z.string(),
  status: z.string(),
  /** The ARN of the task definition that it starts; absent where task sets of its own say so. */
  taskDefinition: z.string().optional(),
  subnets: z.array(z.string()),
  securityGroups: z.array(z.string()),
  assignPublicIp: z.boolean(),
});
export type EcsService = z.infer<typeof EcsService>;

/** The roles of a task definition; its containers are never read into a fact. */
export const TaskRoles = z.strictObject({
  /** The ARN of the role that the code runs as, and of the one that ECS starts it with. */
  task: z.string().optional(),
  execution: z.string().optional(),
});
export type TaskRoles = z.infer<typeof TaskRoles>;

export const ecsFacts = {
  'ecs.services': snapshotFact(z.array(EcsService)),
  /** Those that services start, each known or not by itself. */
  'ecs.taskDefinitions': snapshotFact(z.array(z.strictObject({ arn: z.string(), roles: fact(TaskRoles) }))),
};
