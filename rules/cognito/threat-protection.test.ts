import { noPool, poolDenied } from '../../test/builders/cases.ts';
import { POOL } from '../../test/builders/protection.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import threatProtection from './threat-protection.ts';

const mode = (threatProtection: 'OFF' | 'AUDIT') => (facts: Facts) => {
  for (const { settings } of facts['cognito.userPools'])
    if (settings.kind === 'known') settings.value.threatProtection = threatProtection;
};

testControl(threatProtection, {
  'Cognito acts': { expect: [{ status: 'pass', resource: POOL, message: 'Threat protection is ENFORCED.' }] },
  'Cognito only writes down': {
    given: mode('AUDIT'),
    expect: [
      {
        status: 'fail',
        resource: POOL,
        message:
          'Threat protection only writes down what it sees: a sign-in with a stolen password succeeds.',
        expected: 'ENFORCED',
        actual: 'AUDIT',
      },
    ],
  },
  'Cognito does nothing': {
    given: mode('OFF'),
    expect: [
      {
        status: 'fail',
        resource: POOL,
        message: 'Threat protection is off: a sign-in with a stolen password succeeds, and nobody notices.',
      },
    ],
  },
  'a pool that could not be described': poolDenied,
  'no pool': noPool,
});
