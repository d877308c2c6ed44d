import { OWNER } from '../../test/builders/place.ts';
import {
  letting,
  READER,
  refusing,
  secretArn,
  secretPolicy,
  withPolicy,
} from '../../test/builders/secrets.ts';
import { type Case, testControl } from '../../test/catalogue/control-test.ts';
import readers from './readers.ts';

const resource = 'securecart/database';
const ADMIN = `arn:aws:iam::${OWNER}:role/admin`;
const STRANGER = 'arn:aws:iam::999999999999:root';

const pass = { status: 'pass' as const, resource };
const fail = (message: string, more: object = {}) => ({
  status: 'fail' as const,
  resource,
  message,
  ...more,
});
const policyOf = (...statements: object[]): Pick<Case, 'given'> => ({
  given: withPolicy(secretPolicy(...statements)),
});
const LEFT_TO_IAM = fail(
  'Its policy refuses nobody: whoever an IAM policy of the account lets read it does.',
  { severity: 'medium' },
);

testControl(readers, {
  'as the baseline wants': {
    expect: [{ ...pass, message: 'Its policy refuses all but securecart-backend-execution.' }],
  },
  'no policy': { given: withPolicy(null), expect: [LEFT_TO_IAM] },
  'a policy that lets the reader in refuses nobody': {
    ...policyOf(letting({ AWS: READER })),
    expect: [LEFT_TO_IAM],
  },
  'a policy that lets in everyone, and refuses all but the reader': {
    ...policyOf(letting('*'), refusing()),
    expect: [pass],
  },
  'another operator and a session of the role': {
    ...policyOf(
      refusing(
        [`arn:aws:sts::${OWNER}:assumed-role/securecart-backend-execution/task`],
        'StringNotEqualsIfExists',
      ),
    ),
    expect: [pass],
  },
  'the role under any path': {
    ...policyOf(refusing([`arn:aws:iam::${OWNER}:role/*/securecart-backend-execution`])),
    expect: [pass],
  },
  'a statement on all secrets and actions': {
    ...policyOf({ ...refusing(), Action: 'secretsmanager:*', Resource: secretArn(resource) }),
    expect: [pass],
  },
  'an administrator is left out too': {
    ...policyOf(refusing([READER, ADMIN])),
    expect: [
      fail(`Its policy leaves out ${ADMIN} as well from those whom it refuses.`, {
        severity: 'high',
        expected: 'securecart-backend-execution',
        actual: ADMIN,
      }),
    ],
  },
  'a role whose name ends like it': {
    ...policyOf(refusing([`arn:aws:iam::${OWNER}:role/*securecart-backend-execution`])),
    expect: [
      fail(
        `Its policy leaves out arn:aws:iam::${OWNER}:role/*securecart-backend-execution as well from those whom it refuses.`,
      ),
    ],
  },
  'the role of that name in another account': {
    ...policyOf(refusing(['arn:aws:iam::999999999999:role/securecart-backend-execution'])),
    expect: [
      fail(
        'Its policy leaves out arn:aws:iam::999999999999:role/securecart-backend-execution as well from those whom it refuses.',
      ),
    ],
  },
  // A check for Principal "*" passes it.
  'another account': {
    ...policyOf(letting({ AWS: STRANGER })),
    expect: [fail(`Its policy lets ${STRANGER} read it.`, { severity: 'high' })],
  },
  'everyone of an organization': {
    ...policyOf(letting('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })),
    expect: [fail('Its policy lets everyone read it.')],
  },
  'all but some': {
    ...policyOf({ ...letting(undefined), Principal: undefined, NotPrincipal: { AWS: READER } }),
    expect: [fail('Its policy lets everyone read it.')],
  },
  'a statement that refuses only at night': {
    ...policyOf({
      ...refusing(),
      Condition: {
        ArnNotLike: { 'aws:PrincipalArn': READER },
        DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
      },
    }),
    expect: [LEFT_TO_IAM],
  },
  'a statement that refuses another action': {
    ...policyOf({ ...refusing(), Action: 'secretsmanager:PutSecretValue' }),
    expect: [LEFT_TO_IAM],
  },
  'a policy that cannot be read refuses nobody, and lets nobody in': {
    given: facts => {
      facts['secretsmanager.policies'] = facts['secretsmanager.policies'].map(one => ({
        ...one,
        policy: {
          kind: 'unknown',
          reason: { kind: 'denied', call: 'secretsmanager:GetResourcePolicy' },
        },
      }));
    },
    expect: [
      { status: 'unknown', resource },
      { status: 'unknown', resource: 'securecart/oauth' },
      { status: 'unknown', resource: 'securecart/payment' },
    ],
  },
});
