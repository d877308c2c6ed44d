import type { Json } from '../../src/model/json.ts';
import { policyOf, trustIn } from '../../test/builders/identity.ts';
import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './role-trust.ts';

const ROLE = 'securecart-backend-task';
const ECS = 'ecs-tasks.amazonaws.com';
const trusting = (trust: Json) => (facts: Facts) => {
  for (const role of facts['iam.authorization'].roles) if (role.name === ROLE) role.trust = trust;
};
const also = (Principal: Json, Condition: Json = {}) =>
  trusting({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: ECS },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': OWNER } },
      },
      { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition },
    ],
  });
const when = (Condition: Json) => trusting(trustIn(ECS, { Condition }));
const fail = (key: string, severity: 'critical' | 'high' | 'medium', message: string) => ({
  status: 'fail' as const,
  resource: ROLE,
  key,
  severity,
  message,
});
const ANY_ACCOUNT = fail(
  'any-account',
  'medium',
  `${ECS} may take it on for any account: no condition names this one by aws:SourceAccount or aws:SourceArn.`,
);

testControl(control, {
  'as the baseline wants': {
    expect: [{ status: 'pass', resource: ROLE, message: `${ECS} takes it on, and nobody else.` }],
  },
  'held to the account by the ARN of what the service acts for': {
    given: when({ ArnLike: { 'aws:SourceArn': `arn:aws:ecs:*:${OWNER}:*` } }),
    expect: [{ status: 'pass', resource: ROLE }],
  },
  everyone: {
    given: also('*'),
    expect: [fail('everyone', 'critical', 'Everyone may take it on.')],
  },
  'another account, though somebody of it has to know a word': {
    given: also({ AWS: 'arn:aws:iam::999999999999:root' }, { StringEquals: { 'sts:ExternalId': 'word' } }),
    expect: [fail('foreign', 'critical', 'Other accounts may take it on: arn:aws:iam::999999999999:root.')],
  },
  'everyone within an organization, and a person of the account': {
    given: facts => {
      also(
        { AWS: ['*', `arn:aws:iam::${OWNER}:user/dev`] },
        { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      )(facts);
    },
    expect: [
      fail(
        'others',
        'high',
        `Others than ${ECS} may take it on: everyone under a condition, arn:aws:iam::${OWNER}:user/dev.`,
      ),
    ],
  },
  'another service beside its own': {
    given: trusting(
      policyOf({
        Principal: { Service: [ECS, 'ec2.amazonaws.com'] },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': OWNER } },
      }),
    ),
    expect: [fail('others', 'high', `Others than ${ECS} may take it on: ec2.amazonaws.com.`)],
  },
  'no condition': { given: when({}), expect: [ANY_ACCOUNT] },
  'a condition that a request without the key passes, which a check of names takes for one': {
    given: when({ StringEqualsIfExists: { 'aws:SourceAccount': OWNER } }),
    expect: [ANY_ACCOUNT],
  },
  'a condition that names another account besides': {
    given: when({ StringEquals: { 'aws:SourceAccount': [OWNER, '999999999999'] } }),
    expect: [ANY_ACCOUNT],
  },
  'no condition, where the baseline asks for none': {
    given: when({}),
    baseline: baseline => ({ ...baseline, roles: { ...baseline.roles, trustsOwnAccountOnly: false } }),
    expect: [{ status: 'pass', resource: ROLE }],
  },
  'another service in its place': {
    given: trusting(trustIn('lambda.amazonaws.com')),
    expect: [
      fail('others', 'high', `Others than ${ECS} may take it on: lambda.amazonaws.com.`),
      fail('service', 'high', `${ECS} may not take it on.`),
    ],
  },
  'a condition that decides whether the service may at all': {
    given: when({ StringEquals: { 'aws:SourceAccount': OWNER, 'aws:RequestedRegion': 'eu-west-1' } }),
    expect: [{ status: 'unknown', resource: ROLE, key: 'service' }],
  },
  'a policy that is none': {
    given: trusting({ Statement: [{ Effect: 'Allow' }] }),
    expect: [{ status: 'unknown', resource: ROLE }],
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
