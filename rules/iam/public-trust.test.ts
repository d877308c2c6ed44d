import type { Json } from '../../src/model/json.ts';
import { policyOf, role } from '../../test/builders/identity.ts';
import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './public-trust.ts';

const GITHUB = 'token.actions.githubusercontent.com';
const trusting =
  (statement: { [key: string]: Json }, path = '/') =>
  (facts: Facts) => {
    const trust = policyOf({ Action: 'sts:AssumeRole', ...statement });
    facts['iam.authorization'].roles = [role('ci', { path, trust })];
  };
const ofGithub = (Condition: Json) =>
  trusting({
    Principal: { Federated: `arn:aws:iam::${OWNER}:oidc-provider/${GITHUB}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition,
  });
const pass = { status: 'pass' as const, resource: 'ci' };
const open = (strangers: string) => ({
  status: 'fail' as const,
  resource: 'ci',
  message: `${strangers} may take it on, by statement 1 of its trust policy.`,
});

testControl(control, {
  'as the baseline wants': {
    expect: [
      {
        status: 'pass',
        resource: 'securecart-backend-task',
        message: 'No statement of its trust policy lets everyone in.',
      },
    ],
  },
  everyone: { given: trusting({ Principal: { AWS: '*' } }), expect: [open('Everyone')] },
  'everyone who knows a word, which is nobody that is named': {
    given: trusting({ Principal: '*', Condition: { StringEquals: { 'sts:ExternalId': 'word' } } }),
    expect: [open('Everyone')],
  },
  'everyone of an organization': {
    given: trusting({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
    expect: [pass],
  },
  'another account, which somebody named': {
    given: trusting({ Principal: { AWS: '999999999999' } }),
    expect: [pass],
  },
  'every repository of GitHub, since the audience is the same for all of them': {
    given: ofGithub({ StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } }),
    expect: [open(`Everyone whom ${GITHUB} knows`)],
  },
  'any repository by a star': {
    given: ofGithub({ StringLike: { [`${GITHUB}:sub`]: 'repo:*' } }),
    expect: [open(`Everyone whom ${GITHUB} knows`)],
  },
  'the repositories of one owner': {
    given: ofGithub({ StringLike: { [`${GITHUB}:sub`]: 'repo:securecart/*' } }),
    expect: [pass],
  },
  'a role of a service, and no other': {
    given: trusting({ Principal: '*' }, '/aws-service-role/ecs.amazonaws.com/'),
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'There is no role.' }],
  },
});
