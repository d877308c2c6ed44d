import type { Bucket } from '../../src/services/s3/facts.ts';
import { bucket, policy, publicAccess } from '../../test/builders/encryption.ts';
import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { trail } from '../../test/builders/trails.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './log-bucket.ts';

const known = <T>(value: T) => ({ kind: 'known' as const, value });
const resource = 'securecart';
/** A bucket that nothing keeps closed but what it says itself. */
const unblocked =
  (change: Partial<Bucket> = {}, grants: string[] = []) =>
  (facts: Facts) => {
    facts['s3.accountPublicAccessBlock'] = null;
    facts['s3.buckets'] = [{ ...bucket('shop'), publicAccessBlock: known(publicAccess(false)), ...change }];
    facts['s3.publicGrants'] = [{ bucket: 'shop', grants: known(grants) }];
  };
const everyone = (Action: string) => known(policy({ Sid: 'Open', Effect: 'Allow', Principal: '*', Action }));
const far = (found: Facts['s3.trailBuckets'][number]['bucket']) => (facts: Facts) => {
  facts['cloudtrail.trails'] = [trail({ bucket: 'far' })];
  facts['s3.trailBuckets'] = [{ name: 'far', bucket: found }];
};
const denied = {
  kind: 'unknown',
  reason: { kind: 'denied', call: 's3:GetBucketPolicy' },
} as const;

testControl(control, {
  'closed by its settings': {
    expect: [{ status: 'pass', resource, message: 'Nobody from outside gets at shop.' }],
  },
  'no trail': {
    given: facts => {
      facts['cloudtrail.trails'] = [];
    },
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'There is no trail to judge.' }],
  },
  'closed by what it says, which a check for the settings alone fails': {
    given: unblocked(),
    expect: [{ status: 'pass', resource }],
  },
  'a policy by which everyone reads': {
    given: unblocked({ policy: everyone('s3:GetObject') }),
    expect: [
      { status: 'fail', resource, key: 'policy', message: 'The policy of shop lets everyone in by Open.' },
    ],
  },
  'a policy by which everyone deletes': {
    given: unblocked({ policy: everyone('s3:*') }),
    expect: [
      {
        status: 'fail',
        resource,
        key: 'deletable',
        message: 'The policy of shop lets everyone delete the log by Open.',
      },
    ],
  },
  'an open policy behind settings that keep everyone out': {
    given: unblocked({ policy: everyone('s3:*'), publicAccessBlock: known(publicAccess(true)) }),
    expect: [{ status: 'pass', resource }],
  },
  'an ACL for everyone': {
    given: unblocked({}, ['READ to everyone']),
    expect: [{ status: 'fail', resource, key: 'acl', message: 'The ACL of shop grants READ to everyone.' }],
  },
  'a bucket of another Region': {
    given: far(known({ policy: known(null), publicAccessBlock: known(null), grants: known([]) })),
    expect: [{ status: 'pass', resource, message: 'Nobody from outside gets at far.' }],
  },
  'a bucket that is gone': {
    given: far(known(null)),
    expect: [
      {
        status: 'fail',
        resource,
        severity: 'high',
        key: 'gone',
        message:
          'There is no bucket far: nothing is logged, and whoever makes one of that name gets the files if its policy takes them.',
      },
    ],
  },
  "another account's bucket, which cannot be looked at": {
    given: far(denied),
    expect: [{ status: 'unknown', resource, message: 'This cannot be judged without s3:GetBucketPolicy.' }],
  },
});
