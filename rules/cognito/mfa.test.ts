import type { UserPoolMfa } from '../../src/services/cognito/facts.ts';
import { noPool } from '../../test/builders/cases.ts';
import { known, POOL, refused, userPool } from '../../test/builders/protection.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import mfa from './mfa.ts';

const pool =
  (required: UserPoolMfa['required'], ...methods: UserPoolMfa['methods']) =>
  (facts: Facts) => {
    facts['cognito.userPools'] = [userPool({ mfa: known({ required, methods }) })];
  };

testControl(mfa, {
  'every user, by an app': {
    expect: [
      { status: 'pass', resource: POOL, message: 'A second factor is asked for as the baseline wants.' },
    ],
  },
  'a passkey that counts as two factors beside it': {
    given: pool('ON', 'software-token', 'passkey'),
    expect: [{ status: 'pass', resource: POOL }],
  },
  'those who choose it': {
    given: pool('OPTIONAL', 'software-token'),
    expect: [
      {
        status: 'fail',
        resource: POOL,
        severity: 'low',
        message:
          'Only the users who choose it have a second factor: the others lose their account with their password.',
        expected: 'ON by software-token',
        actual: 'OPTIONAL by software-token',
      },
    ],
  },
  nobody: {
    given: pool('OFF'),
    expect: [
      {
        status: 'fail',
        resource: POOL,
        severity: 'medium',
        message: 'No user has a second factor: a stolen password is enough.',
      },
    ],
  },
  'every user, and by text message alone': {
    given: pool('ON', 'sms'),
    expect: [
      {
        status: 'fail',
        resource: POOL,
        key: 'no-method',
        message:
          'None of software-token is on: no user can set up the second factor that the baseline wants.',
      },
      {
        status: 'fail',
        resource: POOL,
        key: 'other-method',
        message: 'A user may take sms as the second factor, which the baseline does not name.',
      },
    ],
  },
  'the baseline asks for none': {
    given: pool('OFF'),
    baseline: baseline => ({
      ...baseline,
      authentication: {
        ...baseline.authentication,
        userPools: baseline.authentication.userPools.map(pool => ({
          ...pool,
          mfa: { ...pool.mfa, required: 'OFF' as const },
        })),
      },
    }),
    expect: [{ status: 'pass', resource: POOL }],
  },
  'a denied GetUserPoolMfaConfig is not OFF': {
    given: facts => {
      facts['cognito.userPools'] = [userPool({ mfa: refused('cognito-idp:GetUserPoolMfaConfig') })];
    },
    expect: [
      {
        status: 'unknown',
        resource: POOL,
        message: 'This cannot be judged without cognito-idp:GetUserPoolMfaConfig.',
      },
    ],
  },
  'no pool': noPool,
});
