import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { tellsSecret } from '../../src/findings/secrets/secret-names.ts';
import { taskDefinitionResource } from '../../src/findings/secrets/tasks.ts';

export default defineControl({
  id: 'secrets/task-environment',
  title: 'No running task has a secret in its plain environment',
  severity: 'critical',
  rationale:
    'Whoever may describe a task definition reads its plain environment, and so does whoever reads the template or the repository from which it came. No revision of a task definition is ever gone.',
  remediation:
    'Put the value into Secrets Manager, name its ARN as valueFrom under `secrets` of the container in a new revision, and have the service run that. Then change the value: the old revisions show it to whoever asks.',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-8',
  ],
  frameworks: { fsbp: ['ECS.8'], 'pci-4.0': ['3.5.1', '8.3.2'] },
  needs: ['ecs.taskDefinitions'],
  scope: 'region',
  messages: {
    none: 'Container {container} has no plain variable whose name tells of a secret.',
    plain: 'Container {container} has {names} in its plain environment.',
  },
  evaluate: judgeRegion,
});

/** All containers: a sidecar's environment is no less plain. Values are never read, so that the names must do. */
function* judgeRegion(audit: RegionAudit): Iterable<Outcome<'none' | 'plain'>> {
  const item = audit.baseline.secrets.tasks;
  for (const definition of audit.value('ecs.taskDefinitions')) {
    for (const { name: container, environment, environmentFiles } of definition.containers) {
      const about = { resource: taskDefinitionResource(definition), key: container, ...heldFor(item) };
      const names = environment.filter(name => tellsSecret(name, item.plainNames)).join(', ');
      if (names !== '') yield { status: 'fail', ...about, message: 'plain', data: { container, names } };
      else if (environmentFiles > 0)
        yield { status: 'unknown', ...about, reason: { kind: 'not-read', call: 's3:GetObject' } };
      else yield { status: 'pass', ...about, message: 'none', data: { container } };
    }
  }
}
