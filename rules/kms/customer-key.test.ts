import { customerKey, keyPolicy } from '../../test/builders/encryption.ts';
import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import customerKeyControl from './customer-key.ts';

const known = <T>(value: T) => ({ kind: 'known' as const, value });
const having =
  (...keys: ReturnType<typeof customerKey>[]) =>
  (facts: Facts) => {
    facts['kms.customerKeys'] = keys;
  };
const fail = (key: string, message: string) => ({ status: 'fail' as const, resource: '1', key, message });

testControl(customerKeyControl, {
  'as the baseline wants': {
    expect: [
      {
        status: 'pass',
        resource: '1',
        message: 'The key is on and rotated every year, and its policy is open to no stranger.',
      },
    ],
  },
  'another alias, which may lead to the same key': {
    given: having(customerKey({ alias: 'alias/securecart-orders' })),
    expect: [
      {
        status: 'fail',
        resource: OWNER,
        key: 'customer-key',
        message: 'No key has the alias alias/securecart in eu-west-1.',
      },
    ],
  },
  'a key that is about to go, whatever else it is': {
    given: having(
      customerKey({ key: known({ state: 'PendingDeletion', symmetric: true }), rotation: known(false) }),
    ),
    expect: [fail('state', 'The key is PendingDeletion: nothing can be encrypted or decrypted under it.')],
  },
  'a pair of keys, of which KMS rotates none': {
    given: having(
      customerKey({ key: known({ state: 'Enabled', symmetric: false }), rotation: known(false) }),
    ),
    expect: [fail('kind', 'It is no symmetric key: S3, EBS and RDS encrypt nothing under it.')],
  },
  'a policy for everyone, and no rotation': {
    given: having(customerKey({ policy: known(keyPolicy({ Principal: '*' })), rotation: known(false) })),
    expect: [
      { ...fail('policy', 'Its policy lets everyone use the key by access.'), severity: 'critical' },
      {
        ...fail(
          'rotation',
          'Its key material is never replaced: whoever learns it reads all that was ever encrypted under it.',
        ),
        severity: 'medium',
      },
    ],
  },
  'a policy for everyone of the account, as AWS writes those of its own keys': {
    given: having(
      customerKey({
        policy: known(
          keyPolicy({ Principal: '*', Condition: { StringEquals: { 'kms:CallerAccount': OWNER } } }),
        ),
      }),
    ),
    expect: [{ status: 'pass', resource: '1' }],
  },
  'a baseline that asks for no rotation': {
    given: having(customerKey({ rotation: known(false) })),
    baseline: baseline => ({
      ...baseline,
      encryption: {
        ...baseline.encryption,
        ...(baseline.encryption.key && { key: { ...baseline.encryption.key, rotation: false } }),
      },
    }),
    expect: [
      {
        status: 'pass',
        resource: '1',
        message: 'The key is on and symmetric, and its policy is open to no stranger.',
      },
    ],
  },
  'a policy that cannot be read is not closed': {
    given: having(
      customerKey({
        policy: { kind: 'unknown', reason: { kind: 'denied', call: 'kms:GetKeyPolicy' } },
      }),
    ),
    expect: [
      { status: 'unknown', resource: OWNER, message: 'This cannot be judged without kms:GetKeyPolicy.' },
    ],
  },
  'a baseline without a key': {
    given: having(),
    baseline: baseline => {
      const encryption = { ...baseline.encryption };
      delete encryption.key;
      return { ...baseline, encryption };
    },
    expect: [
      {
        status: 'not-applicable',
        resource: OWNER,
        message: 'The baseline asks for no key of the account.',
      },
    ],
  },
});
