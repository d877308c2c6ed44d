import { REGION } from '../../test/builders/place.ts';
import { container, withContainers } from '../../test/builders/secrets.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import taskEnvironment from './task-environment.ts';

const resource = 'backend:7';

testControl(taskEnvironment, {
  'what is plain is no secret': {
    expect: [
      {
        status: 'pass',
        resource,
        key: 'backend',
        message: 'Container backend has no plain variable whose name tells of a secret.',
      },
    ],
  },
  // Security Hub's ECS.8 looks for the names of AWS's own access keys alone.
  'a password in a sidecar': {
    given: withContainers(
      container(),
      container({ name: 'proxy', environment: ['PGPASSWORD', 'PORT', 'apiKey'] }),
    ),
    expect: [
      { status: 'pass', resource, key: 'backend' },
      {
        status: 'fail',
        resource,
        key: 'proxy',
        message: 'Container proxy has PGPASSWORD, apiKey in its plain environment.',
      },
    ],
  },
  'a name that leads to a secret': {
    given: withContainers(container({ environment: ['DB_SECRET_ARN', 'OAUTH_TOKEN_URL'] })),
    expect: [{ status: 'pass', resource, key: 'backend' }],
  },
  'a file of variables, which is not read': {
    given: withContainers(container({ environmentFiles: 1 })),
    expect: [
      {
        status: 'unknown',
        resource,
        key: 'backend',
        reason: { kind: 'not-read', call: 's3:GetObject' },
      },
    ],
  },
  'no service, no task': {
    given: facts => {
      facts['ecs.taskDefinitions'] = [];
    },
    expect: [{ status: 'not-applicable', resource: REGION }],
  },
});
