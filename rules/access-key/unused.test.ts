import { keysOf } from '../../test/builders/identity.ts';
import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { denied } from '../../test/builders/snapshot.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './unused.ts';

// The snapshot is of 2026-01-01.
const having =
  (...words: string[]) =>
  (facts: Facts) => {
    facts['iam.accessKeys'] = [keysOf('deploy', ...words)];
  };
const pass = { status: 'pass' as const, resource: 'AKIA1' };

testControl(control, {
  'used a day ago': {
    given: having('AKIA1 2024-01-01 2025-12-31'),
    expect: [{ ...pass, message: 'Last used on 2025-12-31.' }],
  },
  'used one day less ago than the baseline allows': {
    given: having('AKIA1 2024-01-01 2025-11-18'),
    expect: [pass],
  },
  'used so long ago': {
    given: having('AKIA1 2024-01-01 2025-11-17'),
    expect: [
      {
        status: 'fail',
        resource: 'AKIA1',
        key: 'AKIA1',
        message: 'Last used on 2025-11-17, 45 days ago; the baseline lets a key rest less than 45 days.',
      },
    ],
  },
  'never used, which Prowler takes for no finding: it counts from its creation': {
    given: having('AKIA1 2025-10-01'),
    expect: [
      {
        status: 'fail',
        resource: 'AKIA1',
        message:
          'Never used since it was made on 2025-10-01, 92 days ago; the baseline lets a key rest less than 45 days.',
      },
    ],
  },
  'made a week ago, and not used yet': {
    given: having('AKIA1 2025-12-25'),
    expect: [{ ...pass, message: 'Made on 2025-12-25, and not used yet.' }],
  },
  'a user whose keys cannot be read, beside one whose can': {
    given: facts => {
      const closed = {
        ...keysOf('closed'),
        keys: { kind: 'unknown', reason: denied('iam:ListAccessKeys') },
      } as const;
      facts['iam.accessKeys'] = [closed, keysOf('deploy', 'AKIA1 2025-12-25')];
    },
    expect: [
      { status: 'unknown', resource: 'closed', message: 'This cannot be judged without iam:ListAccessKeys.' },
      pass,
    ],
  },
  'no key that is active': {
    given: having(),
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'No user has an active access key.' }],
  },
});
