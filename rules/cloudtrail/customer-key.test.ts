import { customerKey, KEY } from '../../test/builders/encryption.ts';
import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { trail } from '../../test/builders/trails.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './customer-key.ts';

const known = <T>(value: T) => ({ kind: 'known' as const, value });
const resource = 'securecart';
const other = KEY.replace('key/1', 'key/2');
const foreign = other.replace(OWNER, '999999999999');
/** A trail under a key that is none of the baseline's. */
const under =
  (key: string, manager: 'AWS' | 'CUSTOMER' = 'CUSTOMER') =>
  (facts: Facts) => {
    facts['cloudtrail.trails'] = [trail({ key })];
    facts['kms.trailKeys'] = [{ name: key, key: known({ arn: key, manager, state: 'Enabled' }) }];
  };
const plain = () => {
  const { key: _, ...rest } = trail();
  return rest;
};

testControl(control, {
  "under the account's own key": {
    expect: [{ status: 'pass', resource, message: `Its files are encrypted under ${KEY}.` }],
  },
  'under another key of the account': {
    given: under(other),
    expect: [{ status: 'pass', resource, message: `Its files are encrypted under ${other}.` }],
  },
  'no trail': {
    given: facts => {
      facts['cloudtrail.trails'] = [];
    },
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'There is no trail to judge.' }],
  },
  'under no key': {
    given: facts => {
      facts['cloudtrail.trails'] = [plain()];
    },
    expect: [
      {
        status: 'fail',
        resource,
        message: 'Its files are encrypted by S3 alone: whoever may read the bucket reads the log.',
      },
    ],
  },
  'under a key that AWS manages': {
    given: under(other, 'AWS'),
    expect: [{ status: 'fail', resource, message: `Its key is one that AWS manages: ${other}.` }],
  },
  "under another account's key": {
    given: under(foreign),
    expect: [{ status: 'fail', resource, message: `Its key is one of account 999999999999: ${foreign}.` }],
  },
  "the trail of an organization under its own account's key": {
    given: facts => {
      under(foreign)(facts);
      const arn = 'arn:aws:cloudtrail:us-east-1:999999999999:trail/org';
      facts['cloudtrail.trails'] = [trail({ name: 'org', arn, organization: true, key: foreign })];
    },
    expect: [{ status: 'pass', resource: 'org' }],
  },
  'under a key that is about to go, which a check for KmsKeyId passes': {
    given: facts => {
      facts['kms.customerKeys'] = [
        customerKey({ key: known({ state: 'PendingDeletion', symmetric: true }) }),
      ];
    },
    expect: [
      {
        status: 'fail',
        resource,
        severity: 'high',
        message: `Its key is PendingDeletion: CloudTrail can deliver nothing, and nobody can read what is there. ${KEY}`,
      },
    ],
  },
  'a baseline that asks for none': {
    baseline: baseline => ({
      ...baseline,
      cloudTrail: {
        ...baseline.cloudTrail,
        files: { ...baseline.cloudTrail.files, customerKey: false },
      },
    }),
    expect: [
      { status: 'not-applicable', resource: OWNER, message: 'The baseline asks for no key of the account.' },
    ],
  },
});
