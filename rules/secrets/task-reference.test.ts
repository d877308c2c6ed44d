import { OWNER, REGION } from '../../test/builders/place.ts';
import {
  container,
  secretArn,
  TASK,
  taskDefinition,
  withContainers,
  withSecret,
} from '../../test/builders/secrets.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import taskReference from './task-reference.ts';

const resource = 'backend';
const from = (...values: string[]) =>
  withContainers(container({ secrets: values.map((from, index) => ({ name: `V${index}`, from })) }));
const pass = { status: 'pass' as const, resource };
const notTaken = {
  status: 'fail' as const,
  resource,
  message: 'No container of backend:7 takes anything from securecart/database.',
};
const ARN = secretArn('securecart/database');

testControl(taskReference, {
  'a key of the secret': {
    expect: [{ ...pass, message: 'backend of backend:7 takes it from securecart/database.' }],
  },
  'the whole secret, by its ARN': { given: from(ARN), expect: [pass] },
  'the secret without its six characters': {
    given: from(`${ARN.slice(0, -7)}:password::`),
    expect: [pass],
  },
  // A check for how the ARN begins passes it.
  'a secret whose name begins like it': {
    given: from(secretArn('securecart/database-replica')),
    expect: [notTaken],
  },
  'the namesake in another Region': {
    given: from(secretArn('securecart/database', 'eu-central-1')),
    expect: [notTaken],
  },
  'one container of two': {
    given: withContainers(container({ name: 'proxy', secrets: [] }), container()),
    expect: [pass],
  },
  'nothing at all': { given: withContainers(container({ secrets: [] })), expect: [notTaken] },
  'two revisions while a deployment goes on, of which the older one takes nothing': {
    given: facts => {
      const old = { ...taskDefinition, arn: TASK.replace(':7', ':6'), containers: [] };
      facts['ecs.taskDefinitions'] = [taskDefinition, old];
      for (const service of facts['ecs.services']) service.taskDefinitions = [TASK, old.arn];
    },
    expect: [{ ...notTaken, message: 'No container of backend:6 takes anything from securecart/database.' }],
  },
  'parameters, by name and by ARN': {
    given: from('/shop/db', `arn:aws:ssm:${REGION}:${OWNER}:parameter/shop/user`),
    expect: [
      {
        ...notTaken,
        message:
          'backend of backend:7 takes /shop/db, /shop/user from Parameter Store, and nothing from securecart/database.',
      },
    ],
  },
  'a secret that is to be deleted': {
    given: withSecret({ deletedAt: '2026-01-30T12:00:00.000Z' }),
    expect: [
      {
        ...notTaken,
        message: 'There is no secret securecart/database from which backend:7 could take it.',
      },
    ],
  },
  'a service of an earlier snapshot, of which it is not known what it runs': {
    given: facts => {
      for (const service of facts['ecs.services']) delete service.taskDefinitions;
    },
    expect: [{ status: 'unknown', resource }],
  },
});
