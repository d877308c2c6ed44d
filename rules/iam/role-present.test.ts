import { OWNER } from '../../test/builders/place.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './role-present.ts';

testControl(control, {
  'as the baseline wants': {
    expect: [{ status: 'pass', resource: 'securecart-backend-task', message: 'The role is there.' }],
  },
  'a role that is gone': {
    given: facts => facts['iam.authorization'].roles.pop(),
    expect: [
      {
        status: 'fail',
        resource: OWNER,
        key: 'role-orders-function',
        message: 'No role is named securecart-orders-function.',
      },
    ],
  },
});
