import { componentFacts } from '../../src/binding/binding.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { accountOf } from '../../src/findings/iam/roles.ts';
import type { WorkloadRole } from '../../src/findings/iam/wanted.ts';
import { shellWord } from '../../src/findings/shell-word.ts';
import { definitionsOf } from '../../src/findings/task-definitions.ts';
import { UnknownFact } from '../../src/model/fact.ts';
import type { EcsService } from '../../src/services/ecs/facts.ts';
import type { LambdaFunction } from '../../src/services/lambda/facts.ts';

export default defineControl({
  id: 'iam/workload-roles',
  title: "The backend's tasks and the functions run as the baseline's roles",
  severity: 'high',
  rationale:
    'A role of its own protects a workload only where the workload runs as it. A task without one has the permissions of none, or of the machine; one that shares the execution role can read every secret that the shop starts with.',
  remediation:
    'Give the task definition taskRoleArn and executionRoleArn, and the function its role, by the names in `roles.workloads` of the baseline; or name there the role that is meant.',
  runbook: ['aws lambda update-function-configuration --function-name FUNCTION --role ROLE'],
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  ],
  frameworks: {},
  needs: [...componentFacts, 'ecs.services', 'ecs.taskDefinitions', 'lambda.functions'],
  scope: 'region',
  messages: {
    own: 'It runs as {role}.',
    none: 'It has no {use} role; the baseline asks for {wanted}.',
    other: 'Its {use} role is {role}; the baseline asks for {wanted}.',
  },
  evaluate: audit => judgeRegion(audit),
});

type Message = 'own' | 'none' | 'other';
type Use = WorkloadRole['use'];

function* judgeRegion(audit: RegionAudit): Iterable<Outcome<Message>> {
  yield* judgeEach(
    carrying(audit, 'backend', audit.value('ecs.services')),
    service => ({ resource: serviceResource(service) }),
    service => judgeService(audit, service),
  );
  const functions = audit.value('lambda.functions').map(one => ({ ...one, ...one.vpc }));
  yield* judgeEach(
    carrying(audit, 'lambda', functions),
    one => ({ resource: functionResource(one) }),
    one => judgeFunction(audit, one),
  );
}

/** What carries the groups of a component: the rest of the account's is not the shop's. */
function carrying<T extends { readonly securityGroups?: readonly string[] }>(
  audit: RegionAudit,
  component: 'backend' | 'lambda',
  all: readonly T[],
): T[] {
  const groups = new Set(audit.component(component).groups);
  return all.filter(({ securityGroups = [] }) => securityGroups.some(id => groups.has(id)));
}

const serviceResource = ({ arn, name }: EcsService) => ({ type: 'AWS::ECS::Service', arn, id: name });
const functionResource = ({ arn, name }: LambdaFunction) => ({
  type: 'AWS::Lambda::Function',
  arn,
  id: name,
});

/** While a deployment goes on a service runs two task definitions: the worse one counts. Throws UnknownFact. */
function* judgeService(audit: RegionAudit, service: EcsService): Iterable<Outcome<Message>> {
  const definitions = definitionsOf(audit, service);
  const [first] = definitions;
  if (first === undefined) throw new UnknownFact({ kind: 'not-read', call: 'ecs:DescribeTaskDefinition' });
  const runbook = [
    `aws ecs describe-task-definition --task-definition ${first.arn} --query taskDefinition`,
    '# Register it again with taskRoleArn and executionRoleArn of these roles, as a revision of its own:',
    'aws ecs register-task-definition --cli-input-json file://TASK_DEFINITION.json',
    `aws ecs update-service --cluster ${service.cluster} --service ${shellWord(service.name)} --task-definition REVISION`,
  ];
  for (const use of ['task', 'execution'] as const) {
    const about = { resource: serviceResource(service), key: use, runbook };
    const outcomes = definitions.flatMap(one => [...judgeUse(audit, use, one[`${use}Role`], about)]);
    const worst = outcomes.find(({ status }) => status === 'fail') ?? outcomes[0];
    if (worst !== undefined) yield worst;
  }
}

function* judgeFunction(audit: RegionAudit, one: LambdaFunction): Iterable<Outcome<Message>> {
  const resource = functionResource(one);
  const role = audit.baseline.roles.workloads.find(({ use }) => use === 'function')?.name ?? 'ROLE';
  // Whoever made the role chose its path, which is a part of its ARN.
  const runbook = [
    `aws iam get-role --role-name ${shellWord(role)} --query Role.Arn`,
    `aws lambda update-function-configuration --function-name ${shellWord(one.name)} --role ARN`,
  ];
  yield* judgeUse(audit, 'function', one.role, { resource, key: 'function', runbook });
}

/** Judges the role that something has for a use; nothing, where the baseline names none for it. */
function* judgeUse(
  { baseline }: RegionAudit,
  use: Use,
  arn: string | undefined,
  about: { resource: Outcome['resource']; key: string; runbook: readonly string[] },
): Iterable<Outcome<Message>> {
  const rows = baseline.roles.workloads.filter(row => row.use === use);
  const [first] = rows;
  if (first === undefined) return;
  const { runbook, ...rest } = about;
  const wanted = rows.map(({ name }) => name).join(' or ');
  if (arn === undefined) {
    yield { status: 'fail', ...rest, ...heldFor(first), message: 'none', data: { use, wanted }, runbook };
    return;
  }
  const role = arn.replace(/^.*\//, '');
  const row =
    accountOf(arn) === accountOf(rest.resource.arn) ? rows.find(({ name }) => name === role) : undefined;
  if (row !== undefined) yield { status: 'pass', ...rest, ...heldFor(row), message: 'own', data: { role } };
  else
    yield {
      status: 'fail',
      ...rest,
      ...heldFor(first),
      message: 'other',
      data: { use, role, wanted },
      runbook,
    };
}
