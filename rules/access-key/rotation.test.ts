import { keysOf } from '../../test/builders/identity.ts';
import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './rotation.ts';

// The snapshot is of 2026-01-01.
const having =
  (...words: string[]) =>
  (facts: Facts) => {
    facts['iam.accessKeys'] = [keysOf('de ploy', ...words)];
  };

testControl(control, {
  'as old as the baseline allows': {
    given: having('AKIA1 2025-10-03 2025-12-31'),
    expect: [{ status: 'pass', resource: 'AKIA1', message: 'Made on 2025-10-03.' }],
  },
  'a day older, though it is in use': {
    given: having('AKIA1 2025-10-02 2025-12-31'),
    expect: [
      {
        status: 'fail',
        resource: 'AKIA1',
        key: 'AKIA1',
        message: 'Made on 2025-10-02, 91 days ago; the baseline allows 90 days.',
        runbook: [
          "aws iam create-access-key --user-name 'de ploy'",
          '# Give the new key to whatever signs with the old one, and wait until that is not used any more:',
          'aws iam get-access-key-last-used --access-key-id AKIA1',
          "aws iam update-access-key --user-name 'de ploy' --access-key-id AKIA1 --status Inactive",
          "# Some weeks later: aws iam delete-access-key --user-name 'de ploy' --access-key-id AKIA1",
        ],
      },
    ],
  },
  'no key that is active': {
    given: having(),
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'No user has an active access key.' }],
  },
});
