import { noBuckets, policyDenied } from '../../test/builders/cases.ts';
import { policy, withoutTls } from '../../test/builders/encryption.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { type Case, testControl } from '../../test/catalogue/control-test.ts';
import tlsOnly from './tls-only.ts';

const [bucketArn, objects] = ['arn:aws:s3:::shop', 'arn:aws:s3:::shop/*'];

const given =
  (...statements: object[]) =>
  (facts: Facts) => {
    for (const one of facts['s3.buckets']) one.policy = { kind: 'known', value: policy(...statements) };
  };

/** Statements that together refuse plain HTTP. */
const refuses = (...statements: object[]): Case => ({
  given: given(...statements),
  expect: [{ status: 'pass', resource: 'shop', message: 'Every request without TLS is refused.' }],
});

/** Statements that do not, for what they leave open, and why each of them does not do. */
const answers = (what: string, actual: string | undefined, ...statements: object[]): Case => ({
  given: given(...statements),
  expect: [
    {
      status: 'fail',
      resource: 'shop',
      message: `S3 answers plain HTTP for ${what}: no statement refuses it to everyone and for every action.`,
      ...(actual !== undefined && { actual }),
    },
  ],
});

const all = 'the bucket and its objects';
const when = (Condition: object) => ({ Sid: 'Tls', Condition });

testControl(tlsOnly, {
  'as AWS writes it': refuses(withoutTls, { Effect: 'Allow', Action: 's3:GetObject' }),
  'everyone by the other way to write it, and every action of every service': refuses({
    ...withoutTls,
    Principal: { AWS: ['*'] },
    Action: '*',
    Resource: '*',
  }),
  'one statement for the bucket, and one for its objects': refuses(
    { ...withoutTls, Resource: bucketArn },
    { ...withoutTls, Resource: objects },
  ),
  'a pattern that holds both': refuses({ ...withoutTls, Resource: 'arn:aws:s3:::shop*' }),
  'all actions but those of another service': refuses({
    ...withoutTls,
    Action: undefined,
    NotAction: 'iam:*',
  }),
  'a Boolean in a list': refuses(when({ Bool: { 'AWS:SecureTransport': [false] } })),
  'IfExists, since every request has the key': refuses(
    when({ BoolIfExists: { 'aws:SecureTransport': 'false' } }),
  ),
  'both values, which refuses TLS as well': refuses(
    when({ Bool: { 'aws:SecureTransport': ['true', 'false'] } }),
  ),
  'a deny of everything': refuses({}),

  'no policy': {
    given: facts => {
      for (const one of facts['s3.buckets']) one.policy = { kind: 'known', value: null };
    },
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message: 'The bucket has no policy, so that S3 answers plain HTTP.',
      },
    ],
  },
  'a policy that says nothing of TLS': answers(all, undefined, { Principal: { AWS: '111122223333' } }),
  'an allow with TLS denies nobody': answers(all, 'Tls allows, which denies nobody', {
    ...when({ Bool: { 'aws:SecureTransport': 'true' } }),
    Effect: 'Allow',
  }),
  'an allow without TLS, which has all the words of the right one': answers(
    all,
    'Tls allows, which denies nobody',
    { ...withoutTls, Sid: 'Tls', Effect: 'Allow' },
  ),
  'the objects alone': answers('the bucket', `statement 1 is not about ${bucketArn}`, {
    ...withoutTls,
    Resource: objects,
  }),
  'the bucket alone': answers('its objects', `statement 1 is not about ${objects}`, {
    ...withoutTls,
    Resource: bucketArn,
  }),
  'another bucket, whose name begins with the same letters': answers(
    all,
    `statement 1 is not about ${bucketArn} and ${objects}`,
    { ...withoutTls, Resource: ['arn:aws:s3:::shop-logs', 'arn:aws:s3:::shop-logs/*'] },
  ),
  'reading alone': answers(all, 'statement 1 is not about every action', {
    ...withoutTls,
    Action: ['s3:GetObject', 's3:PutObject'],
  }),
  'one account alone': answers(all, 'statement 1 is not about everyone', {
    ...withoutTls,
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  }),
  'everyone but one': answers(all, 'statement 1 is not about everyone', {
    ...withoutTls,
    Principal: undefined,
    NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/sync' },
  }),
  'the wrong way round': answers(
    all,
    'Tls asks for Bool aws:securetransport true',
    when({ Bool: { 'aws:SecureTransport': 'true' } }),
  ),
  'a comparison of text, which IAM does not promise': answers(
    all,
    'Tls asks for StringEquals aws:securetransport false',
    when({ StringEquals: { 'aws:SecureTransport': 'false' } }),
  ),
  'for all values, which is for keys of many': answers(
    all,
    'Tls asks for ForAllValues:Bool aws:securetransport false',
    when({ 'ForAllValues:Bool': { 'aws:SecureTransport': 'false' } }),
  ),
  'a second condition lets the rest pass': answers(
    all,
    'Tls asks for StringNotEqualsIfExists aws:sourcevpce vpce-1',
    when({
      Bool: { 'aws:SecureTransport': 'false' },
      StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' },
    }),
  ),
  'that the key is absent, which it never is': answers(
    all,
    'Tls asks for Null aws:securetransport true',
    when({ Null: { 'aws:SecureTransport': 'true' } }),
  ),
  'a policy that was denied is not a bucket without one': policyDenied,
  'a Region without buckets': noBuckets,
});
