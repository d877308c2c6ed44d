import { noPool, poolDenied } from '../../test/builders/cases.ts';
import { POOL } from '../../test/builders/protection.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import deletionProtection from './deletion-protection.ts';

testControl(deletionProtection, {
  'it is on': {
    expect: [{ status: 'pass', resource: POOL, message: 'Deletion protection is as the baseline wants.' }],
  },
  'it is off': {
    given: facts => {
      for (const { settings } of facts['cognito.userPools'])
        if (settings.kind === 'known') settings.value.deletionProtection = false;
    },
    expect: [
      {
        status: 'fail',
        resource: POOL,
        message: 'One DeleteUserPool call takes all users away for good.',
        expected: 'ACTIVE',
        actual: 'INACTIVE',
      },
    ],
  },
  'a pool that could not be described': poolDenied,
  'no pool': noPool,
});
