import type { Json } from '../../src/model/json.ts';
import type { RoleDetail } from '../../src/services/iam/facts.ts';
import { policyOf, taskStatements } from '../../test/builders/identity.ts';
import { OWNER, REGION } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './role-permissions.ts';

const TASK_STATEMENTS = taskStatements();
const ROLE = 'securecart-backend-task';
const TABLES = `arn:aws:dynamodb:${REGION}:${OWNER}:table/securecart-*`;
const OBJECTS = 'arn:aws:s3:::securecart-*/*';
const MANAGED = `arn:aws:iam::${OWNER}:policy/shared/data`;

/** The backend's task role with something else about it. */
const having =
  (change: Partial<RoleDetail>, ...policies: [string, Json][]) =>
  (facts: Facts) => {
    const all = facts['iam.authorization'];
    all.roles = all.roles.map(role => (role.name === ROLE ? { ...role, ...change } : role));
    all.policies = policies.map(([arn, document]) => ({ arn, document }));
  };
const also = (...statements: Parameters<typeof policyOf>) =>
  having({ inline: { work: policyOf(...TASK_STATEMENTS), more: policyOf(...statements) } });
const deny = (statement: { [key: string]: Json }) => also({ Effect: 'Deny', ...statement });
const pass = { status: 'pass' as const, resource: ROLE };
const lacks = (message: string) => ({ status: 'fail' as const, resource: ROLE, key: 'lacks', message });
const more = (deeds: string) => ({
  status: 'fail' as const,
  resource: ROLE,
  key: 'more',
  message: `It allows ${deeds}, which no row of the baseline does.`,
});
const unknown = { status: 'unknown' as const, resource: ROLE, key: 'unclear' };

testControl(control, {
  'as the baseline wants, in other pieces and in another order': {
    expect: [{ ...pass, message: 'It allows what the baseline names, and nothing more.' }],
  },
  'the same by a managed policy': {
    given: having({ inline: {}, attached: [MANAGED] }, [MANAGED, policyOf(...TASK_STATEMENTS)]),
    expect: [pass],
  },
  'the same in every Region, where the shop may stand as well': {
    given: also({ Action: 'dynamodb:Query', Resource: TABLES.replace(REGION, '*') }),
    expect: [pass],
  },
  'the tables of another Region alone': {
    given: having({
      inline: {
        work: policyOf(...TASK_STATEMENTS.slice(1), {
          Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
          Resource: TABLES.replace(REGION, 'us-east-1'),
        }),
      },
    }),
    expect: [
      lacks(
        `It does not allow dynamodb:GetItem on ${TABLES}; dynamodb:PutItem on ${TABLES}; dynamodb:UpdateItem on ${TABLES}; and 1 more.`,
      ),
    ],
  },
  'one action less': {
    given: having({ inline: { work: policyOf(...TASK_STATEMENTS.slice(0, 2)) } }),
    expect: [lacks(`It does not allow s3:PutObject on ${OBJECTS}.`)],
  },
  'a Deny that takes it away': {
    given: deny({ Action: 's3:Put*', Resource: '*' }),
    expect: [lacks(`It does not allow s3:PutObject on ${OBJECTS}.`)],
  },
  'a Deny of something else': {
    given: deny({ Action: 's3:*', Resource: 'arn:aws:s3:::audit/*' }),
    expect: [pass],
  },
  'a Deny on some of the objects, or under a condition': {
    given: deny({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::securecart-archive/*' }),
    expect: [unknown],
  },
  'a permission that holds under a condition': {
    given: having({
      inline: {
        work: policyOf(...TASK_STATEMENTS.slice(0, 2), {
          ...TASK_STATEMENTS[2],
          Condition: { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
        }),
      },
    }),
    expect: [unknown],
  },
  'all actions of a service, which names none that is too much': {
    given: also({ Sid: 'Data', Action: 'dynamodb:*', Resource: TABLES }),
    expect: [more(`dynamodb:* on ${TABLES} (Data of more)`)],
  },
  'a broader resource, which a check for stars in actions passes': {
    given: also({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::*' }),
    expect: [more('s3:getobject on arn:aws:s3:::* (statement 1 of more)')],
  },
  'all but a few actions': {
    given: also({ NotAction: 'iam:*', Resource: OBJECTS }),
    expect: [more(`*:* on ${OBJECTS} (statement 1 of more)`)],
  },
  'all but a few resources': {
    given: also({ Action: 's3:GetObject', NotResource: 'arn:aws:s3:::audit/*' }),
    expect: [more('s3:getobject on * (statement 1 of more)')],
  },
  'another action under a condition, which no condition makes one of the rows': {
    given: also({
      Action: 's3:DeleteObject',
      Resource: OBJECTS,
      Condition: { Bool: { 'aws:ViaAWSService': 'true' } },
    }),
    expect: [more(`s3:deleteobject on ${OBJECTS} (statement 1 of more)`)],
  },
  'a broader resource that a condition may narrow': {
    given: also({
      Action: 'dynamodb:Query',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/shop': 'securecart' } },
    }),
    expect: [unknown],
  },
  'more that a Deny takes away again': {
    given: also(
      { Action: ['s3:GetObject', 's3:DeleteObject'], Resource: OBJECTS },
      { Effect: 'Deny', Action: 's3:Delete*', Resource: '*' },
    ),
    expect: [pass],
  },
  'everything, within a boundary that is what the baseline names': {
    given: having(
      { inline: {}, attached: ['arn:aws:iam::aws:policy/AdministratorAccess'], boundary: MANAGED },
      ['arn:aws:iam::aws:policy/AdministratorAccess', policyOf({ Action: '*', Resource: '*' })],
      [MANAGED, policyOf(...TASK_STATEMENTS)],
    ),
    expect: [pass],
  },
  'more, within a boundary that is broader': {
    given: having({ inline: { all: policyOf({ Action: '*', Resource: '*' }) }, boundary: MANAGED }, [
      MANAGED,
      policyOf({ Action: ['s3:*', 'dynamodb:*'], Resource: '*' }),
    ]),
    expect: [more('s3:* on * (statement 1 of all); dynamodb:* on * (statement 1 of all)')],
  },
  'a boundary that stops what the role needs': {
    given: having({ boundary: MANAGED }, [MANAGED, policyOf(...TASK_STATEMENTS.slice(0, 2))]),
    expect: [lacks(`It does not allow s3:PutObject on ${OBJECTS}.`)],
  },
  'a managed policy that IAM did not list': {
    given: having({ attached: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }),
    expect: [
      {
        status: 'unknown',
        resource: ROLE,
        message: 'This cannot be judged without iam:GetAccountAuthorizationDetails.',
      },
    ],
  },
  'a role that is gone': {
    given: facts => facts['iam.authorization'].roles.pop(),
    expect: [
      {
        status: 'not-applicable',
        resource: OWNER,
        message: 'There is no role securecart-orders-function to judge.',
      },
    ],
  },
});
