import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { KEY } from '../../test/builders/encryption.ts';
import { withSecret } from '../../test/builders/secrets.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import customerKey from './customer-key.ts';

const resource = 'securecart/database';
const known = <T>(value: T) => ({ kind: 'known' as const, value });

/** Asks for a key of the account for the database's secret alone. */
const asking = (baseline: Baseline): Baseline => ({
  ...baseline,
  secrets: {
    ...baseline.secrets,
    secrets: baseline.secrets.secrets.map(one =>
      one.name === resource ? { ...one, customerKey: true } : one,
    ),
  },
});

const under =
  (name: string, change: Partial<{ arn: string; manager: 'AWS' | 'CUSTOMER'; state: string }> = {}) =>
  (facts: Facts) => {
    withSecret({ key: name })(facts);
    const key = { arn: KEY, manager: 'CUSTOMER' as const, state: 'Enabled', ...change };
    facts['kms.secretKeys'] = [{ name, key: known(key) }];
  };

const notOwn = {
  status: 'fail' as const,
  resource,
  message: 'It is encrypted under the key that AWS manages, and is to be under one of the account.',
};

testControl(customerKey, {
  'the key that AWS manages, as the baseline wants': {
    expect: [
      {
        status: 'pass',
        resource,
        message: 'It is encrypted under the key that AWS manages, and the baseline asks for no other.',
      },
    ],
  },
  'the key that AWS manages, where one of the account is wanted': {
    baseline: asking,
    expect: [
      {
        ...notOwn,
        runbook: [
          '# Its readers need kms:Decrypt on the key first: grant it in their policies, or in that of the key.',
          'aws kms describe-key --key-id alias/securecart --region eu-west-1',
          '# It encrypts the value that is there anew; versions from before keep the key that they had.',
          'aws secretsmanager update-secret --secret-id securecart/database --kms-key-id alias/securecart --region eu-west-1',
        ],
      },
    ],
  },
  // A check for a KmsKeyId passes it.
  'the key that AWS manages, by its ARN': {
    given: under(KEY, { manager: 'AWS' }),
    baseline: asking,
    expect: [notOwn],
  },
  'a key of the account by an alias': {
    given: under('alias/shop'),
    baseline: asking,
    expect: [{ status: 'pass', resource, message: 'It is encrypted under alias/shop.' }],
  },
  'a key of another account': {
    given: under(KEY, { arn: KEY.replace(/\d{12}/, '999999999999') }),
    baseline: asking,
    expect: [
      {
        status: 'fail',
        resource,
        message: `It is encrypted under ${KEY}, a key of account 999999999999.`,
      },
    ],
  },
  'a key that is about to go, whatever the baseline asks for': {
    given: under(KEY, { state: 'PendingDeletion' }),
    expect: [
      {
        status: 'fail',
        resource,
        severity: 'high',
        message: `Its key ${KEY} is PendingDeletion: nobody can read it.`,
      },
    ],
  },
});
