import type { Json } from '../../src/model/json.ts';
import type { GroupDetail, ManagedPolicy, RoleDetail } from '../../src/services/iam/facts.ts';
import { policyOf, role, user } from '../../test/builders/identity.ts';
import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './administrators.ts';

const ADMINISTRATOR: ManagedPolicy = {
  arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  document: policyOf({ Action: '*', Resource: '*' }),
};
const BOUNDARY = `arn:aws:iam::${OWNER}:policy/boundary`;

type Statements = Parameters<typeof policyOf>;
/** An account of one role, with these statements in an inline policy. */
const allowing = (...statements: Statements) => holding({ inline: { power: policyOf(...statements) } });
const holding =
  (change: Partial<RoleDetail>, ...policies: ManagedPolicy[]) =>
  (facts: Facts) => {
    facts['iam.authorization'] = {
      users: [],
      groups: [],
      roles: [role(change.name ?? 'ci', change)],
      policies: [ADMINISTRATOR, ...policies],
    };
  };
const detach = (kind: string, name: string) => [
  '# First make sure that you can still administer the account by another role.',
  `aws iam detach-${kind}-policy --${kind}-name ${name} --policy-arn ${ADMINISTRATOR.arn}`,
];
const pass = { status: 'pass' as const, resource: 'ci' };
const fail = (message: string) => ({ status: 'fail' as const, resource: 'ci', message });
const EVERYTHING = fail('It may do everything, by statement 1 of power.');
const under = (Condition: Json) => allowing({ Action: '*', Resource: '*', Condition });
const listed = (...administrators: string[]) =>
  ({
    baseline: baseline => ({
      ...baseline,
      roles: { ...baseline.roles, leastPrivilege: { ...baseline.roles.leastPrivilege, administrators } },
    }),
  }) satisfies Partial<Parameters<typeof testControl>[1][string]>;
const SSO = {
  name: 'AWSReservedSSO_Admin_0123456789abcdef',
  path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
  attached: [ADMINISTRATOR.arn],
};

testControl(control, {
  'as the baseline wants': {
    expect: [{ status: 'pass', resource: 'deploy', message: 'Its own policies do not allow everything.' }],
  },
  "a user, a group and a role with AWS's own policy": {
    given: facts => {
      const attached = [ADMINISTRATOR.arn];
      const group: GroupDetail = {
        name: 'ops',
        arn: `arn:aws:iam::${OWNER}:group/ops`,
        inline: {},
        attached,
      };
      facts['iam.authorization'] = {
        users: [user('root account', { attached })],
        groups: [group],
        roles: [role('ci', { attached })],
        policies: [ADMINISTRATOR],
      };
    },
    expect: [
      {
        status: 'fail',
        resource: 'ops',
        message: 'It may do everything, by statement 1 of AdministratorAccess.',
        severity: 'critical',
        runbook: detach('group', 'ops'),
      },
      {
        status: 'fail',
        resource: 'ci',
        message: 'It may do everything, by statement 1 of AdministratorAccess.',
        runbook: detach('role', 'ci'),
      },
      {
        status: 'fail',
        resource: 'root account',
        message: 'It may do everything, by statement 1 of AdministratorAccess.',
        runbook: detach('user', "'root account'"),
      },
    ],
  },
  'everything, written otherwise': {
    given: allowing({ Action: ['s3:GetObject', '*:*'], Resource: 'arn:aws:*' }),
    expect: [
      {
        ...EVERYTHING,
        runbook: [
          '# First make sure that you can still administer the account by another role.',
          'aws iam delete-role-policy --role-name ci --policy-name power',
        ],
      },
    ],
  },
  'everything for whoever signed in with a second factor': {
    given: under({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    expect: [EVERYTHING],
  },
  'everything that has a tag': {
    given: under({ StringEquals: { 'aws:ResourceTag/team': 'ci' } }),
    expect: [{ status: 'unknown', resource: 'ci' }],
  },
  'all of IAM, which is everything': {
    given: allowing({ Action: 'iam:*', Resource: '*' }),
    expect: [fail('It may give itself every permission: iam:AttachRolePolicy, by statement 1 of power.')],
  },
  'to write policies of roles, which a check for stars in actions passes': {
    given: allowing({ Action: ['iam:PutRolePolicy', 'iam:PassRole'], Resource: '*' }),
    expect: [fail('It may give itself every permission: iam:PutRolePolicy, by statement 1 of power.')],
  },
  'all but one action, by NotAction': {
    given: allowing({ NotAction: 's3:DeleteBucket', Resource: '*' }),
    expect: [fail('It may give itself every permission: iam:AttachRolePolicy, by statement 1 of power.')],
  },
  'all but one bucket, by NotResource': {
    given: allowing({ Action: '*', NotResource: 'arn:aws:s3:::audit/*' }),
    expect: [fail('It may give itself every permission: iam:AttachRolePolicy, by statement 1 of power.')],
  },
  'all but IAM, as PowerUserAccess': {
    given: allowing({ NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }),
    expect: [pass],
  },
  'to write the policies of one role': {
    given: allowing({ Action: 'iam:PutRolePolicy', Resource: `arn:aws:iam::${OWNER}:role/app` }),
    expect: [pass],
  },
  'to make roles within a boundary, as administration is delegated': {
    given: allowing({
      Action: ['iam:AttachRolePolicy', 'iam:PutRolePolicy'],
      Resource: '*',
      Condition: { StringEquals: { 'iam:PermissionsBoundary': BOUNDARY } },
    }),
    expect: [pass],
  },
  'everything that a Deny takes away': {
    given: allowing({ Action: '*', Resource: '*' }, { Effect: 'Deny', Action: '*', Resource: '*' }),
    expect: [pass],
  },
  'everything within a boundary that is less': {
    given: holding(
      { attached: [ADMINISTRATOR.arn], boundary: BOUNDARY },
      { arn: BOUNDARY, document: policyOf({ Action: 's3:*', Resource: '*' }) },
    ),
    expect: [pass],
  },
  'everything as a boundary alone, which allows nothing and which a check of attachments takes for a grant': {
    given: holding({ boundary: ADMINISTRATOR.arn }),
    expect: [pass],
  },
  'a role that the baseline names': {
    given: holding({ attached: [ADMINISTRATOR.arn] }),
    ...listed('ci'),
    expect: [{ ...pass, message: 'It may do everything, as the baseline says.' }],
  },
  'a role of IAM Identity Center': {
    given: holding(SSO),
    expect: [
      {
        status: 'fail',
        resource: SSO.name,
        severity: 'medium',
        message:
          'Whoever IAM Identity Center lets act as it may do everything, by statement 1 of AdministratorAccess: change the permission set there, or name AWSReservedSSO_Admin among the administrators of the baseline.',
      },
    ],
  },
  'a role of IAM Identity Center that the baseline names by its permission set': {
    given: holding(SSO),
    ...listed('AWSReservedSSO_Admin'),
    expect: [{ status: 'pass', resource: SSO.name }],
  },
  'a role that a service links to itself, and no other': {
    given: holding({ path: '/aws-service-role/x.amazonaws.com/', attached: [ADMINISTRATOR.arn] }),
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'There is no user, group or role.' }],
  },
});
