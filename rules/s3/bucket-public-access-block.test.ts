import { noBuckets } from '../../test/builders/cases.ts';
import { bucket, publicAccess } from '../../test/builders/encryption.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import bucketPublicAccessBlock from './bucket-public-access-block.ts';

const none = { kind: 'known', value: null } as const;
const settings = 'BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets';

testControl(bucketPublicAccessBlock, {
  'all four are on': {
    expect: [{ status: 'pass', resource: 'shop', message: 'All four settings are on.' }],
  },
  'none, in an account without them': {
    given: facts => {
      facts['s3.buckets'].push({ ...bucket('web'), publicAccessBlock: none });
      facts['s3.accountPublicAccessBlock'] = null;
    },
    expect: [
      { status: 'fail', resource: 'web', severity: 'high', message: `Off in the bucket: ${settings}.` },
    ],
  },
  'none, in an account that has them: nothing is open now': {
    given: facts => facts['s3.buckets'].push({ ...bucket('web'), publicAccessBlock: none }),
    expect: [
      {
        status: 'fail',
        resource: 'web',
        severity: 'low',
        message: `Off in the bucket: ${settings}. The account's own settings stand in for them, as long as they are on.`,
      },
    ],
  },
  'the account has others than the bucket lacks': {
    given: facts => {
      const half = { ...publicAccess(true), ignorePublicAcls: false };
      facts['s3.buckets'].push({ ...bucket('web'), publicAccessBlock: { kind: 'known', value: half } });
      facts['s3.accountPublicAccessBlock'] = { ...publicAccess(false), restrictPublicBuckets: true };
    },
    expect: [
      { status: 'fail', resource: 'web', severity: 'high', message: 'Off in the bucket: IgnorePublicAcls.' },
    ],
  },
  "the account's cannot be read, and the bucket's decide alone where they can": {
    given: facts => facts['s3.buckets'].push({ ...bucket('web'), publicAccessBlock: none }),
    denied: ['s3.accountPublicAccessBlock'],
    expect: [
      { status: 'pass', resource: 'shop' },
      { status: 'unknown', resource: 'web' },
    ],
  },
  'a bucket whose settings cannot be read': {
    given: facts =>
      facts['s3.buckets'].push({
        ...bucket('web'),
        publicAccessBlock: { kind: 'unknown', reason: { kind: 'denied', call: 's3:GetPublicAccessBlock' } },
      }),
    expect: [
      {
        status: 'unknown',
        resource: 'web',
        message: 'This cannot be judged without s3:GetPublicAccessBlock.',
      },
    ],
  },
  'a Region without buckets': noBuckets,
});
