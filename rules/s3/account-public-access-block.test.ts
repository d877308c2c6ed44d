import { publicAccess } from '../../test/builders/encryption.ts';
import { OWNER } from '../../test/builders/place.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import accountPublicAccessBlock from './account-public-access-block.ts';

testControl(accountPublicAccessBlock, {
  'all four are on': {
    expect: [{ status: 'pass', resource: OWNER, message: 'All four settings are on.' }],
  },
  'three of four': {
    given: facts => {
      facts['s3.accountPublicAccessBlock'] = { ...publicAccess(true), restrictPublicBuckets: false };
    },
    expect: [{ status: 'fail', resource: OWNER, message: 'Off in the account: RestrictPublicBuckets.' }],
  },
  'those that only stop what is new': {
    given: facts => {
      facts['s3.accountPublicAccessBlock'] = {
        ...publicAccess(false),
        blockPublicAcls: true,
        blockPublicPolicy: true,
      };
    },
    expect: [
      {
        status: 'fail',
        resource: OWNER,
        message: 'Off in the account: IgnorePublicAcls, RestrictPublicBuckets.',
      },
    ],
  },
  'an account that never had them': {
    given: facts => {
      facts['s3.accountPublicAccessBlock'] = null;
    },
    expect: [
      {
        status: 'fail',
        resource: OWNER,
        message: 'The account has no such settings, so that each bucket stands for itself.',
      },
    ],
  },
  'a read that was denied is not an account without them': {
    denied: ['s3.accountPublicAccessBlock'],
    expect: [{ status: 'unknown', resource: OWNER }],
  },
  'a baseline that does not ask for it': {
    baseline: baseline => ({
      ...baseline,
      encryption: {
        ...baseline.encryption,
        s3: {
          ...baseline.encryption.s3,
          publicAccess: { ...baseline.encryption.s3.publicAccess, blockAccount: false },
        },
      },
    }),
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'The baseline does not ask for it.' }],
  },
});
