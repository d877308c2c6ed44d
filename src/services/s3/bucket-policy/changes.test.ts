import { describe, expect, test } from 'vitest';
import { policyState } from '../../../policy/policy-state.ts';
import { withTlsOnly } from './changes.ts';

const BUCKET = 'arn:aws:s3:::shop';

/** The statement as the Security Hub control S3.5 asks for it. */
const tlsOnly = {
  Sid: 'SecureCartTlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::shop', 'arn:aws:s3:::shop/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const read = {
  Sid: 'Read',
  Effect: 'Allow',
  Principal: { AWS: '111122223333' },
  Action: 's3:GetObject',
  Resource: '*',
};
const nameless = { ...read, Sid: undefined };
const text = (value: object) => JSON.stringify(value);

describe('a policy with the statement on TLS', () => {
  const cases: Record<string, { from: string | null; gives: object }> = {
    'of a bucket without one': { from: null, gives: { Version: '2012-10-17', Statement: [tlsOnly] } },
    'keeps version, id and every statement': {
      from: text({ Version: '2008-10-17', Id: 'ours', Statement: [read, nameless] }),
      gives: { Version: '2008-10-17', Id: 'ours', Statement: [read, nameless, tlsOnly] },
    },
    'keeps a single statement that is no list, and no version where there is none': {
      from: text({ Statement: read }),
      gives: { Statement: [read, tlsOnly] },
    },
    'replaces the statement of its own Sid, and that alone': {
      from: text({ Version: '2012-10-17', Statement: [{ ...tlsOnly, Effect: 'Allow' }, read] }),
      gives: { Version: '2012-10-17', Statement: [read, tlsOnly] },
    },
  };

  test.each(Object.entries(cases))('%s', (_, { from, gives }) => {
    expect(JSON.parse(withTlsOnly(from, BUCKET))).toEqual(JSON.parse(text(gives)));
  });
});

describe('two texts are the same policy to a plan', () => {
  const policy = { Version: '2012-10-17', Statement: [read, tlsOnly] };
  const same: Record<string, object> = {
    'in another order of keys and statements': { Statement: [tlsOnly, read], Version: '2012-10-17' },
    'with a list of one for an item': {
      ...policy,
      Statement: [{ ...read, Action: ['s3:GetObject'], Principal: { AWS: ['111122223333'] } }, tlsOnly],
    },
    'with a Boolean for its text': {
      ...policy,
      Statement: [read, { ...tlsOnly, Condition: { Bool: { 'aws:SecureTransport': false } } }],
    },
    'with a list in another order': {
      ...policy,
      Statement: [read, { ...tlsOnly, Resource: tlsOnly.Resource.toReversed() }],
    },
  };
  const other: Record<string, object | null> = {
    'and no policy': null,
    'with one statement less': { ...policy, Statement: [tlsOnly] },
    'with another action': { ...policy, Statement: [{ ...read, Action: 's3:PutObject' }, tlsOnly] },
    'with an empty list': { ...policy, Statement: [{ ...read, Action: [] }, tlsOnly] },
  };

  test.each(Object.entries(same))('%s', (_, value) => {
    expect(policyState(text(value))).toEqual(policyState(text(policy)));
  });

  test.each(Object.entries(other))('but not %s', (_, value) => {
    expect(policyState(value && text(value))).not.toEqual(policyState(text(policy)));
  });
});
