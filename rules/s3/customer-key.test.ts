import type { BucketEncryption } from '../../src/services/s3/facts.ts';
import { KEY } from '../../test/builders/encryption.ts';
import { OWNER, REGION } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import customerKey from './customer-key.ts';

const tag = 'securecart:data=sensitive';

const encryptedBy = (value: BucketEncryption | null) => (facts: Facts) => {
  for (const one of facts['s3.buckets']) one.encryption = { kind: 'known', value };
};

const withKey =
  (name: string, arn: string, manager: 'AWS' | 'CUSTOMER' = 'CUSTOMER', state = 'Enabled') =>
  (facts: Facts) => {
    encryptedBy({ algorithm: 'aws:kms', key: name, bucketKey: true })(facts);
    facts['kms.keys'] = [{ name, key: { kind: 'known', value: { arn, manager, state } } }];
  };

const fail = (message: string) => ({ status: 'fail' as const, resource: 'shop', message });

testControl(customerKey, {
  'a key of the account, with the bucket key': {
    expect: [
      {
        status: 'pass',
        resource: 'shop',
        message: `New objects are encrypted with aws:kms under ${KEY}.`,
        expected: 'aws:kms or aws:kms:dsse, a key of the account, the bucket key on',
        actual: `aws:kms, ${KEY}, the bucket key on`,
      },
    ],
  },
  'the same key by an alias': {
    given: withKey('alias/orders', KEY),
    expect: [{ status: 'pass', resource: 'shop' }],
  },
  'the encryption of S3 itself': {
    given: encryptedBy({ algorithm: 'AES256', bucketKey: false }),
    expect: [fail(`The bucket is tagged ${tag}, and its default encryption is AES256.`)],
  },
  'no default encryption': {
    given: encryptedBy(null),
    expect: [fail(`The bucket is tagged ${tag}, and its default encryption is none.`)],
  },
  'KMS without a key named, which is encrypted by KMS to a check of the algorithm': {
    given: encryptedBy({ algorithm: 'aws:kms', bucketKey: true }),
    expect: [fail(`The bucket is tagged ${tag}, and its key is one that AWS manages: alias/aws/s3.`)],
  },
  'the key that AWS manages, by the ARN of its alias': {
    given: encryptedBy({
      algorithm: 'aws:kms',
      key: `arn:aws:kms:${REGION}:${OWNER}:alias/aws/s3`,
      bucketKey: true,
    }),
    expect: [
      fail(
        `The bucket is tagged ${tag}, and its key is one that AWS manages: arn:aws:kms:${REGION}:${OWNER}:alias/aws/s3.`,
      ),
    ],
  },
  "the key that AWS manages, by an ARN that looks like a customer's": {
    given: withKey(`arn:aws:kms:${REGION}:${OWNER}:key/2`, `arn:aws:kms:${REGION}:${OWNER}:key/2`, 'AWS'),
    expect: [
      fail(
        `The bucket is tagged ${tag}, and its key is one that AWS manages: arn:aws:kms:${REGION}:${OWNER}:key/2.`,
      ),
    ],
  },
  'a key of another account, which another takes away': {
    given: withKey('alias/theirs', `arn:aws:kms:${REGION}:999999999999:key/3`),
    expect: [fail(`The bucket is tagged ${tag}, and its key is one of account 999999999999: alias/theirs.`)],
  },
  'a key that is about to go': {
    given: withKey(KEY, KEY, 'CUSTOMER', 'PendingDeletion'),
    expect: [fail(`The key ${KEY} is PendingDeletion: S3 can neither encrypt nor decrypt with it.`)],
  },
  'the bucket key off': {
    given: encryptedBy({ algorithm: 'aws:kms', key: KEY, bucketKey: false }),
    expect: [
      {
        ...fail('The bucket key is off, so that each object costs calls to KMS.'),
        actual: `aws:kms, ${KEY}, the bucket key off`,
      },
    ],
  },
  'two layers of encryption, for which S3 has no bucket key': {
    given: encryptedBy({ algorithm: 'aws:kms:dsse', key: KEY, bucketKey: false }),
    expect: [{ status: 'pass', resource: 'shop' }],
  },
  'a key that cannot be looked up': {
    given: facts => {
      for (const one of facts['kms.keys'])
        one.key = { kind: 'unknown', reason: { kind: 'denied', call: 'kms:DescribeKey' } };
    },
    expect: [
      { status: 'unknown', resource: 'shop', message: 'This cannot be judged without kms:DescribeKey.' },
    ],
  },
  'a bucket whose tags cannot be read may be one': {
    given: facts => {
      for (const one of facts['s3.buckets'])
        one.tags = { kind: 'unknown', reason: { kind: 'denied', call: 's3:GetBucketTagging' } };
    },
    expect: [
      { status: 'unknown', resource: 'shop', message: 'This cannot be judged without s3:GetBucketTagging.' },
    ],
  },
  'a bucket that is not tagged, whatever its key': {
    given: facts => {
      encryptedBy({ algorithm: 'AES256', bucketKey: false })(facts);
      for (const one of facts['s3.buckets'])
        one.tags = { kind: 'known', value: { 'securecart:data': 'public' } };
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
});
