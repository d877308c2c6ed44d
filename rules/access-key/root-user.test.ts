import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './root-user.ts';

const root = (change: Partial<Facts['iam.rootUser']>) => (facts: Facts) => {
  facts['iam.rootUser'] = { ...facts['iam.rootUser'], ...change };
};

testControl(control, {
  'as the baseline wants': {
    expect: [{ status: 'pass', resource: OWNER, message: 'It has no access key, and a second factor.' }],
  },
  'a key, and no second factor': {
    given: root({ accessKey: true, mfa: false }),
    expect: [
      { status: 'fail', resource: OWNER, key: 'access-key', message: 'The root user has an access key.' },
      {
        status: 'fail',
        resource: OWNER,
        key: 'mfa',
        message: 'The root user signs in with its password alone.',
      },
    ],
  },
  'no second factor where the organization took its password away, which Security Hub calls critical': {
    given: root({ mfa: false, password: false }),
    expect: [
      {
        status: 'pass',
        resource: OWNER,
        message: 'It has neither an access key nor a password: nobody can sign in as it.',
      },
    ],
  },
});
