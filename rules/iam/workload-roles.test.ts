import type { TaskDefinition } from '../../src/services/ecs/facts.ts';
import { OWNER } from '../../test/builders/place.ts';
import { taskDefinition } from '../../test/builders/secrets.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './workload-roles.ts';

const arn = (name: string, account = OWNER) => `arn:aws:iam::${account}:role/${name}`;
const TASK = 'securecart-backend-task';
const EXECUTION = 'securecart-backend-execution';
const definition = (of: { task?: string; execution?: string }): TaskDefinition => ({
  arn: taskDefinition.arn,
  containers: [],
  ...(of.task && { taskRole: of.task }),
  ...(of.execution && { executionRole: of.execution }),
});
const tasksWith = (of: { task?: string; execution?: string }) => (facts: Facts) => {
  facts['ecs.taskDefinitions'] = [definition(of)];
};
const functionWith = (role: string) => (facts: Facts) => {
  facts['lambda.functions'] = facts['lambda.functions'].map(one => ({ ...one, role }));
};
const fail = (resource: string, key: string, message: string) => ({
  status: 'fail' as const,
  resource,
  key,
  message,
});

testControl(control, {
  'as the baseline wants': {
    expect: [
      {
        status: 'pass',
        resource: 'orders',
        key: 'function',
        message: 'It runs as securecart-orders-function.',
      },
    ],
  },
  'a role below a path': {
    given: tasksWith({ task: arn(`securecart/${TASK}`), execution: arn(EXECUTION) }),
    expect: [{ status: 'pass', resource: 'backend', key: 'task' }],
  },
  'tasks without a role, and with the execution role for both': {
    given: tasksWith({ execution: arn('ecsTaskExecutionRole') }),
    expect: [
      fail(
        'backend',
        'execution',
        `Its execution role is ecsTaskExecutionRole; the baseline asks for ${EXECUTION}.`,
      ),
      fail('backend', 'task', `It has no task role; the baseline asks for ${TASK}.`),
    ],
  },
  'tasks of two revisions, of which one has no role of its own, while a deployment goes on': {
    given: facts => {
      const old = { ...definition({ execution: arn(EXECUTION) }), arn: `${taskDefinition.arn}0` };
      facts['ecs.taskDefinitions'] = [taskDefinition, old];
      facts['ecs.services'] = facts['ecs.services'].map(service => ({
        ...service,
        taskDefinitions: [taskDefinition.arn, old.arn],
      }));
    },
    expect: [fail('backend', 'task', `It has no task role; the baseline asks for ${TASK}.`)],
  },
  'a role of the name in another account': {
    given: tasksWith({ task: arn(TASK, '999999999999'), execution: arn(EXECUTION) }),
    expect: [fail('backend', 'task', `Its task role is ${TASK}; the baseline asks for ${TASK}.`)],
  },
  'a function that borrows the role of the tasks': {
    given: functionWith(arn(TASK)),
    expect: [
      {
        ...fail(
          'orders',
          'function',
          `Its function role is ${TASK}; the baseline asks for securecart-orders-function.`,
        ),
        runbook: [
          'aws iam get-role --role-name securecart-orders-function --query Role.Arn',
          'aws lambda update-function-configuration --function-name orders --role ARN',
        ],
      },
    ],
  },
  "a function outside the component, which is not the shop's": {
    given: facts => {
      functionWith(arn('other'))(facts);
      for (const one of facts['lambda.functions']) delete one.vpc;
    },
    expect: [{ status: 'pass', resource: 'backend', key: 'task' }],
  },
  'a task definition that was not read': {
    given: facts => {
      facts['ecs.taskDefinitions'] = [];
    },
    expect: [{ status: 'unknown', resource: 'backend' }],
  },
  'a baseline that names no role for functions': {
    given: functionWith(arn('other')),
    baseline: baseline => ({
      ...baseline,
      roles: {
        ...baseline.roles,
        workloads: baseline.roles.workloads.filter(({ use }) => use !== 'function'),
      },
    }),
    expect: [{ status: 'pass', resource: 'backend', key: 'task' }],
  },
});
