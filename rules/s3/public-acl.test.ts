import { noBuckets } from '../../test/builders/cases.ts';
import { publicAccess } from '../../test/builders/encryption.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import publicAcl from './public-acl.ts';

/** The shop's bucket with this grant, and IgnorePublicAcls off in it; on or off in the account. */
const granted = (ignoredByAccount: boolean) => (facts: Facts) => {
  facts['s3.publicGrants'] = [
    { bucket: 'shop', grants: { kind: 'known', value: ['READ to everyone with an AWS account'] } },
  ];
  for (const one of facts['s3.buckets'])
    one.publicAccessBlock = { kind: 'known', value: { ...publicAccess(true), ignorePublicAcls: false } };
  facts['s3.accountPublicAccessBlock'] = { ...publicAccess(true), ignorePublicAcls: ignoredByAccount };
};

testControl(publicAcl, {
  'no public grant': {
    expect: [{ status: 'pass', resource: 'shop', message: 'No grant of the bucket ACL is to everyone.' }],
  },
  'a grant to all accounts, and BlockPublicAcls, which refuses new ones, leaves this one in force': {
    given: granted(false),
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message: 'The bucket ACL grants READ to everyone with an AWS account.',
      },
    ],
  },
  'S3 ignores it': {
    given: granted(true),
    expect: [
      {
        status: 'pass',
        resource: 'shop',
        message:
          "The bucket ACL grants READ to everyone with an AWS account, but the account's IgnorePublicAcls makes S3 ignore it.",
      },
    ],
  },
  'the account might make S3 ignore it': {
    given: granted(false),
    denied: ['s3.accountPublicAccessBlock'],
    expect: [{ status: 'unknown', resource: 'shop' }],
  },
  'an ACL that cannot be read': {
    given: facts => {
      facts['s3.publicGrants'] = [
        {
          bucket: 'shop',
          grants: { kind: 'unknown', reason: { kind: 'denied', call: 's3:GetBucketAcl' } },
        },
      ];
    },
    expect: [
      { status: 'unknown', resource: 'shop', message: 'This cannot be judged without s3:GetBucketAcl.' },
    ],
  },
  'a Region without buckets': noBuckets,
});
