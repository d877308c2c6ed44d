import { noBuckets, policyDenied } from '../../test/builders/cases.ts';
import { policy, publicAccess } from '../../test/builders/encryption.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import publicPolicy from './public-policy.ts';

const open = { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject' };

/** The shop's bucket with these statements, and these settings of RestrictPublicBuckets, the bucket's and the account's. */
const given =
  (statements: object[], restricted = { bucket: false, account: false }) =>
  (facts: Facts) => {
    for (const one of facts['s3.buckets']) {
      one.policy = { kind: 'known', value: policy(...statements) };
      one.publicAccessBlock = {
        kind: 'known',
        value: { ...publicAccess(true), restrictPublicBuckets: restricted.bucket },
      };
    }
    facts['s3.accountPublicAccessBlock'] = {
      ...publicAccess(true),
      restrictPublicBuckets: restricted.account,
    };
  };

const pass = (message: string) => ({ status: 'pass' as const, resource: 'shop', message });

testControl(publicPolicy, {
  'a policy that only denies': { expect: [pass('No statement of the bucket policy lets everyone in.')] },
  'no policy': {
    given: facts => {
      for (const one of facts['s3.buckets']) one.policy = { kind: 'known', value: null };
    },
    expect: [pass('The bucket has no policy.')],
  },
  'everyone may read, and BlockPublicPolicy, which refuses new policies, leaves this one in force': {
    given: given([{ Effect: 'Allow', Principal: { AWS: '111122223333' } }, open]),
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message: 'The policy lets everyone in by Read: s3:getobject.',
      },
    ],
  },
  'a star under a condition on TLS, which a check for a missing condition lets pass': {
    given: given([{ Effect: 'Allow', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }]),
    expect: [
      { status: 'fail', resource: 'shop', message: 'The policy lets everyone in by statement 1: s3:*.' },
    ],
  },
  'a star within an organization, which a check for a star calls public': {
    given: given([{ ...open, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-shop' } } }]),
    expect: [pass('No statement of the bucket policy lets everyone in.')],
  },
  'all but one of the actions, to all but one of the callers': {
    given: given([
      {
        Effect: 'Allow',
        Principal: undefined,
        NotPrincipal: { AWS: '111122223333' },
        Action: undefined,
        NotAction: 's3:DeleteBucket',
      },
    ]),
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message: 'The policy lets everyone in by statement 1: all but s3:deletebucket.',
      },
    ],
  },
  'the bucket keeps them out': {
    given: given([open], { bucket: true, account: false }),
    expect: [
      pass(
        "The policy would let everyone in by Read, but the bucket's RestrictPublicBuckets keeps them out.",
      ),
    ],
  },
  'the account keeps them out': {
    given: given([open], { bucket: false, account: true }),
    expect: [
      pass(
        "The policy would let everyone in by Read, but the account's RestrictPublicBuckets keeps them out.",
      ),
    ],
  },
  'the account might keep them out': {
    given: given([open]),
    denied: ['s3.accountPublicAccessBlock'],
    expect: [{ status: 'unknown', resource: 'shop' }],
  },
  'the bucket keeps them out, whatever the account does': {
    given: given([open], { bucket: true, account: false }),
    denied: ['s3.accountPublicAccessBlock'],
    expect: [{ status: 'pass', resource: 'shop' }],
  },
  'a policy that was denied is not a bucket without one': policyDenied,
  'a Region without buckets': noBuckets,
});
