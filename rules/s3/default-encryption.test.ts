import { bucket } from '../../test/builders/encryption.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import defaultEncryption from './default-encryption.ts';

const denied = { kind: 'denied', call: 's3:GetBucketEncryption' } as const;

testControl(defaultEncryption, {
  'any of the forms of encryption will do': {
    given: facts =>
      facts['s3.buckets'].push(
        {
          ...bucket('logs'),
          encryption: { kind: 'known', value: { algorithm: 'AES256', bucketKey: false } },
        },
        {
          ...bucket('vault'),
          encryption: { kind: 'known', value: { algorithm: 'aws:kms:dsse', bucketKey: false } },
        },
      ),
    expect: [
      { status: 'pass', resource: 'logs', message: 'New objects are encrypted with AES256.' },
      { status: 'pass', resource: 'shop', message: 'New objects are encrypted with aws:kms.' },
      { status: 'pass', resource: 'vault' },
    ],
  },
  'a bucket without a default': {
    given: facts =>
      facts['s3.buckets'].push({ ...bucket('logs'), encryption: { kind: 'known', value: null } }),
    expect: [
      {
        status: 'fail',
        resource: 'logs',
        message: 'The bucket has no default encryption.',
        expected: 'AES256, aws:kms, aws:kms:dsse',
        actual: 'none',
      },
    ],
  },
  'a baseline that asks for KMS is not met by what S3 does by itself': {
    given: facts => {
      for (const one of facts['s3.buckets'])
        one.encryption = { kind: 'known', value: { algorithm: 'AES256', bucketKey: false } };
    },
    baseline: baseline => ({
      ...baseline,
      encryption: {
        ...baseline.encryption,
        s3: {
          ...baseline.encryption.s3,
          buckets: { ...baseline.encryption.s3.buckets, algorithms: ['aws:kms'] },
        },
      },
    }),
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message: 'New objects are encrypted with AES256, which the baseline does not name.',
        expected: 'aws:kms',
      },
    ],
  },
  'a bucket that its own policy closes to the auditor is unknown, and no other': {
    given: facts =>
      facts['s3.buckets'].push({ ...bucket('vault'), encryption: { kind: 'unknown', reason: denied } }),
    expect: [
      { status: 'pass', resource: 'shop' },
      {
        status: 'unknown',
        resource: 'vault',
        message: 'This cannot be judged without s3:GetBucketEncryption.',
      },
    ],
  },
  'an account without buckets': {
    given: facts => {
      facts['s3.buckets'] = [];
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
});
