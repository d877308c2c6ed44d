import { keysOf } from '../../test/builders/identity.ts';
import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './one-per-user.ts';

const two = (facts: Facts) => {
  facts['iam.accessKeys'] = [keysOf('deploy', 'AKIA1 2025-12-01', 'AKIA2 2025-12-20'), keysOf('dev')];
};

testControl(control, {
  'as the baseline wants': {
    expect: [{ status: 'pass', resource: 'deploy', message: 'The user has one active key.' }],
  },
  two: {
    given: two,
    expect: [
      {
        status: 'fail',
        resource: 'deploy',
        message: 'The user has 2 keys that are active: AKIA1, AKIA2.',
        runbook: [
          'aws iam get-access-key-last-used --access-key-id AKIA1',
          'aws iam get-access-key-last-used --access-key-id AKIA2',
          '# Turn off the one that is not used:',
          'aws iam update-access-key --user-name deploy --access-key-id KEY --status Inactive',
        ],
      },
      { status: 'pass', resource: 'dev' },
    ],
  },
  'two, where the baseline does not mind': {
    given: two,
    baseline: baseline => ({
      ...baseline,
      accessKeys: {
        ...baseline.accessKeys,
        rotation: { ...baseline.accessKeys.rotation, onePerUser: false },
      },
    }),
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'The baseline does not ask for it.' }],
  },
  'no user': {
    given: facts => {
      facts['iam.accessKeys'] = [];
    },
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'No user has an active access key.' }],
  },
});
