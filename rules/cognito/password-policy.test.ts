import { poolDenied } from '../../test/builders/cases.ts';
import { POOL, userPool } from '../../test/builders/protection.ts';
import { type Facts, REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import passwordPolicy from './password-policy.ts';

type Policy = Extract<Facts['cognito.userPools'][number]['settings'], { kind: 'known' }>['value']['password'];

const policy = (change: Partial<Policy>) => (facts: Facts) => {
  for (const { settings } of facts['cognito.userPools'])
    if (settings.kind === 'known') Object.assign(settings.value.password, change);
};

testControl(passwordPolicy, {
  'as the baseline asks': {
    expect: [{ status: 'pass', resource: POOL, message: 'Every password has what the baseline asks.' }],
  },
  'stronger than the baseline asks': {
    given: policy({ minimumLength: 20, temporaryValidDays: 1 }),
    expect: [{ status: 'pass', resource: POOL }],
  },
  "Cognito's own defaults": {
    given: policy({
      minimumLength: 8,
      requires: ['lowercase', 'uppercase', 'numbers'],
      temporaryValidDays: 30,
    }),
    expect: [
      {
        status: 'fail',
        resource: POOL,
        message: 'A password may have only 8 characters, have no symbols, stay temporary for 30 days.',
        expected: '14 characters, lowercase uppercase numbers symbols, temporary for 7 days',
        actual: '8 characters, lowercase uppercase numbers, temporary for 30 days',
      },
    ],
  },
  'a pool that could not be described': poolDenied,
  'a pool that is not the baseline’s': {
    given: facts => {
      facts['cognito.userPools'] = [userPool({ name: 'another' })];
    },
    expect: [{ status: 'not-applicable', resource: REGION }],
  },
});
