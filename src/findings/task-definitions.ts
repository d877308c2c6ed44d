import { UnknownFact } from '../model/fact.ts';
import type { EcsService, TaskDefinition } from '../services/ecs/facts.ts';
import type { RegionAudit } from './control.ts';

/** The task definitions that a service runs. Throws UnknownFact where it is not known which. */
export function definitionsOf(
  audit: Pick<RegionAudit, 'value'>,
  { taskDefinitions }: EcsService,
): TaskDefinition[] {
  if (taskDefinitions === undefined)
    throw new UnknownFact({ kind: 'not-read', call: 'ecs:DescribeServices' });
  return audit.value('ecs.taskDefinitions').filter(({ arn }) => taskDefinitions.includes(arn));
}
