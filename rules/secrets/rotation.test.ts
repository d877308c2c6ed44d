import { secret, withSecret } from '../../test/builders/secrets.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import rotation from './rotation.ts';

const resource = 'securecart/database';
const { rotation: sound } = secret(resource);
const rotated = (change: Partial<typeof sound>) => withSecret({ rotation: { ...sound, ...change } });

testControl(rotation, {
  'as the baseline wants': {
    expect: [{ status: 'pass', resource, message: 'It is rotated every 30 days.' }],
  },
  'rotation that was never set up': {
    given: withSecret({ rotation: { enabled: false } }),
    expect: [
      {
        status: 'fail',
        resource,
        message: 'Nothing rotates it: its value stays until somebody changes it.',
        expected: 'every 30 days',
        actual: 'never',
      },
    ],
  },
  'rotation that is off keeps its function and its dates, and the runbook takes the function': {
    given: rotated({ enabled: false }),
    expect: [
      {
        status: 'fail',
        resource,
        message: 'Nothing rotates it: its value stays until somebody changes it.',
        runbook: [
          '# FUNCTION is the ARN of a Lambda function that changes the credential where it is used. AWS has templates of them:',
          '# https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html',
          '# It reads the secret: name its role among the readers of the secret in the baseline first, and apply that.',
          `aws secretsmanager rotate-secret --secret-id securecart/database --rotation-lambda-arn ${sound.function} --rotation-rules AutomaticallyAfterDays=30 --no-rotate-immediately --region eu-west-1`,
          '# Rotate it once while you look on:',
          'aws secretsmanager rotate-secret --secret-id securecart/database --region eu-west-1',
        ],
      },
    ],
  },
  // Security Hub's SecretsManager.1 passes it: rotation is on.
  'rotation that is on and fails': {
    given: rotated({ last: '2025-11-01T00:00:00.000Z', next: '2025-12-01T23:59:59.000Z' }),
    expect: [{ status: 'fail', resource, message: 'It was to be rotated by 2025-12-01, and was not.' }],
  },
  'a window that ends today is not over yet': {
    given: rotated({ next: '2026-01-01T23:59:59.000Z' }),
    expect: [{ status: 'pass', resource }],
  },
  'rotation every year': {
    given: rotated({ everyDays: 365, next: '2026-12-01T00:00:00.000Z' }),
    expect: [
      {
        status: 'fail',
        resource,
        message: 'It is rotated every 365 days, and is to be every 30.',
        expected: 'every 30 days',
        actual: 'every 365 days',
      },
    ],
  },
  'a cron expression before its first rotation': {
    given: withSecret({ rotation: { enabled: true, next: '2026-01-08T00:00:00.000Z' } }),
    expect: [{ status: 'pass', resource, message: 'It is rotated every 7 days.' }],
  },
  'a cron expression whose days are not reckoned': {
    given: withSecret({
      rotation: { enabled: true, last: '2025-12-01T00:00:00.000Z', next: '2026-03-01T00:00:00.000Z' },
    }),
    expect: [{ status: 'fail', resource, message: 'It is rotated every 90 days, and is to be every 30.' }],
  },
  'a function without a schedule': {
    given: withSecret({ rotation: { enabled: true } }),
    expect: [
      {
        status: 'fail',
        resource,
        message: 'It has a function that rotates it, and no schedule by which that is called.',
      },
    ],
  },
  // A check for the function of a rotation fails it: RDS has none.
  'a secret that RDS keeps': {
    given: withSecret({
      owner: 'rds',
      rotation: { enabled: true, everyDays: 7, next: '2026-01-05T00:00:00.000Z' },
    }),
    expect: [{ status: 'pass', resource, message: 'rds keeps it, and changes it by itself every 7 days.' }],
  },
  'a secret without a value': {
    given: withSecret({ hasValue: false, rotation: { enabled: false } }),
    expect: [
      {
        status: 'not-applicable',
        resource,
        message: 'It has no value yet, so that there is nothing to rotate.',
      },
    ],
  },
  'a replica': {
    given: withSecret({ primaryRegion: 'eu-central-1', rotation: { enabled: false } }),
    expect: [
      {
        status: 'not-applicable',
        resource,
        message: 'It is a replica of the one in eu-central-1, and has its values.',
      },
    ],
  },
});
