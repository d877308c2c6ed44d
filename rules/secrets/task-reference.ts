import { componentFacts } from '../../src/binding/binding.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { leadsTo, referenceOf } from '../../src/findings/secrets/tasks.ts';
import { secretsFound } from '../../src/findings/secrets/wanted-secrets.ts';
import { definitionsOf } from '../../src/findings/task-definitions.ts';
import { need } from '../../src/model/fact.ts';
import type { Resource } from '../../src/model/finding.ts';
import type { EcsService, TaskDefinition } from '../../src/services/ecs/facts.ts';

export default defineControl({
  id: 'secrets/task-reference',
  title: 'The backend takes its credentials from the secret of the baseline',
  severity: 'high',
  rationale:
    'What a task does not take from the secret it has from elsewhere: its image, its plain environment, or a parameter that nobody rotates.',
  remediation:
    'Name the ARN of the secret as valueFrom under `secrets` of the container, with the key of the JSON after it (ARN:password::), in a new revision of the task definition, and have the service run that. The execution role fetches it, not the role of the task.',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen',
  ],
  frameworks: {},
  needs: [...componentFacts, 'ecs.taskDefinitions', 'secretsmanager.secrets'],
  scope: 'vpc',
  messages: {
    taken: '{containers} of {definition} takes it from {secret}.',
    notTaken: 'No container of {definition} takes anything from {secret}.',
    noSecret: 'There is no secret {secret} from which {definition} could take it.',
    parameter:
      '{containers} of {definition} takes {parameters} from Parameter Store, and nothing from {secret}.',
  },
  evaluate: judgeVpc,
});

type Message = 'taken' | 'notTaken' | 'noSecret' | 'parameter';

const serviceResource = ({ arn, name }: EcsService): Resource => ({
  type: 'AWS::ECS::Service',
  arn,
  id: name,
});

/** The services that are bound to the component; while a deployment goes on one runs two task definitions, and the worse one counts. */
function judgeVpc(audit: VpcAudit): Iterable<Outcome<Message>> {
  const item = audit.baseline.secrets.tasks;
  const carriers = need(audit.component(item.component).carriers);
  const services = audit
    .value('ecs.services')
    .filter(({ arn }) => carriers.some(({ resource }) => resource === arn));
  return judgeEach(
    services,
    service => ({ resource: serviceResource(service), ...heldFor(item) }),
    function* (service): Iterable<Outcome<Message>> {
      const verdicts = definitionsOf(audit, service).map(definition => judge(audit, definition));
      const worst = verdicts.find(({ status }) => status === 'fail') ?? verdicts[0];
      if (worst !== undefined) yield { resource: serviceResource(service), ...heldFor(item), ...worst };
    },
  );
}

/** It is enough that one container takes something: a sidecar needs no database. */
function judge(
  audit: VpcAudit,
  { arn, containers }: TaskDefinition,
): { status: 'pass' | 'fail'; message: Message; data: Record<string, string> } {
  const { fromSecret } = audit.baseline.secrets.tasks;
  const definition = arn.slice(arn.lastIndexOf('/') + 1);
  const wanted = audit.baseline.secrets.secrets.find(({ id }) => id === fromSecret);
  const secret = wanted?.name ?? fromSecret;
  const live = secretsFound(audit).find(found => found.wanted === wanted)?.live;
  if (live === undefined) return { status: 'fail', message: 'noSecret', data: { secret, definition } };
  const taking = containers.filter(({ secrets }) =>
    secrets.some(({ from }) => leadsTo(referenceOf(from), live.arn)),
  );
  const namesOf = (of: readonly { name: string }[]) => of.map(({ name }) => name).join(', ');
  if (taking.length > 0)
    return { status: 'pass', message: 'taken', data: { containers: namesOf(taking), definition, secret } };
  const others = containers.filter(({ secrets }) =>
    secrets.some(({ from }) => referenceOf(from).kind === 'parameter'),
  );
  if (others.length === 0) return { status: 'fail', message: 'notTaken', data: { definition, secret } };
  const parameters = others
    .flatMap(({ secrets }) => secrets.map(({ from }) => referenceOf(from)))
    .flatMap(reference => (reference.kind === 'parameter' ? reference.name : []))
    .join(', ');
  const data = { containers: namesOf(others), definition, parameters, secret };
  return { status: 'fail', message: 'parameter', data };
}
