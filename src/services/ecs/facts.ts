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
  /** The ARNs of those whose tasks it runs, in its deployments and task sets; absent in a snapshot that an earlier version took. */
  taskDefinitions: z.array(z.string()).optional(),
});
export type EcsService = z.infer<typeof EcsService>;

/** A container of a task definition. The values of its environment never become facts. */
export const EcsContainer = z.strictObject({
  name: z.string(),
  /** The names of its plain variables. */
  environment: z.array(z.string()),
  /** The variables that are filled from a secret or a parameter, which `from` names as ECS was told. */
  secrets: z.array(z.strictObject({ name: z.string(), from: z.string() })),
  /** How many files of variables it takes from S3, whose objects are never read. */
  environmentFiles: z.int(),
});
export type EcsContainer = z.infer<typeof EcsContainer>;

/** A task definition that a service runs. */
export const TaskDefinition = z.strictObject({
  arn: z.string(),
  /** The ARN of the role that the code runs as. */
  taskRole: z.string().optional(),
  /** The ARN of the role that ECS starts it with. */
  executionRole: z.string().optional(),
  containers: z.array(EcsContainer),
});
export type TaskDefinition = z.infer<typeof TaskDefinition>;

export const ecsFacts = {
  'ecs.services': snapshotFact(z.array(EcsService)),
  'ecs.taskDefinitions': snapshotFact(z.array(TaskDefinition)),
};
