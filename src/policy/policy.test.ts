import { describe, expect, test } from 'vitest';
import { parsePolicy } from './parse.ts';
import { isPublic } from './public.ts';
import { coversAction, coversResource, isAboutEveryone, touches } from './statement.ts';
import { covers, meets } from './wildcard.ts';

describe('a pattern stands for all that another stands for', () => {
  test.each([
    ['*', 's3:*', true],
    ['s3:*', 's3:*', true],
    ['s3:*', 's3:getobject', true],
    ['s3:get*', 's3:*', false],
    ['*:*', 's3:*', true],
    ['s3:?*', 's3:*', false],
    ['s3:*object*', 's3:getobject*', true],
    ['s3:getobject', 's3:getobject*', false],
    ['s3:getobject?', 's3:getobject*', false],
    ['s3:getobject*', 's3:getobject?', true],
    ['arn:aws:s3:::shop*', 'arn:aws:s3:::shop/*', true],
    ['arn:aws:s3:::shop/*', 'arn:aws:s3:::shop', false],
    ['', '*', false],
    ['', '', true],
  ])('%s, of %s: %s', (outer, inner, expected) => {
    expect(covers(outer, inner)).toBe(expected);
  });

  test('however many stars there are, it ends', () => {
    expect(covers(`${'*a'.repeat(200)}b`, 'a'.repeat(400))).toBe(false);
  });
});

describe('two patterns have something in common', () => {
  test.each([
    ['*', '', true],
    ['s3:*', 's3:getobject', true],
    ['s3:*object', 's3:get*', true],
    ['s3:*object', 's3:get*acl', false],
    ['iam:?et*', 'iam:get*', true],
    ['iam:*', 's3:*', false],
    ['*a', '*b', false],
    ['', '', true],
    ['a', '', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect([meets(one, other), meets(other, one)]).toEqual([expected, expected]);
  });
});

const statement = (written: object) => {
  const Statement = { Effect: 'Deny', Action: 's3:*', ...written };
  const [first] = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }))?.statements ?? [];
  if (first === undefined) throw new Error('no statement');
  return first;
};

describe('a policy as it is written', () => {
  test('has one form', () => {
    const read = statement({
      Sid: 'One',
      Principal: { AWS: ['111122223333'], Service: 'sns.amazonaws.com' },
      Action: ['s3:GetObject'],
      Resource: 'arn:aws:s3:::Shop/*',
      Condition: { 'ForAnyValue:BoolIfExists': { 'aws:SecureTransport': false } },
    });
    expect(read).toEqual({
      sid: 'One',
      effect: 'Deny',
      principal: {
        not: false,
        principals: [
          { type: 'AWS', id: '111122223333' },
          { type: 'Service', id: 'sns.amazonaws.com' },
        ],
      },
      action: { not: false, patterns: ['s3:getobject'] },
      resource: { not: false, patterns: ['arn:aws:s3:::Shop/*'] },
      conditions: [
        {
          operator: 'Bool',
          quantifier: 'ForAnyValue',
          ifExists: true,
          key: 'aws:securetransport',
          values: ['false'],
        },
      ],
    });
  });

  test.each([
    ['no JSON', '{'],
    ['no statement', '{"Version":"2012-10-17"}'],
    ['an element that IAM does not have', '{"Statement":{"Effect":"Deny","Action":"*","Except":"*"}}'],
    ['no action', '{"Statement":{"Effect":"Deny","Principal":"*"}}'],
    ['another effect', '{"Statement":{"Effect":"deny","Action":"*"}}'],
  ])('is none with %s', (_, text) => {
    expect(parsePolicy(text)).toBeUndefined();
  });
});

describe('what a statement is about', () => {
  test.each([
    [{ Principal: '*' }, true],
    [{ Principal: { AWS: '*' } }, true],
    [{ Principal: { AWS: ['111122223333', '*'] } }, true],
    [{ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, false],
    [{ NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } }, false],
    [{ Principal: { Service: '*' } }, false],
    [{ NotPrincipal: '*' }, false],
    [{}, false],
  ])('everyone, with %j: %s', (written, expected) => {
    expect(isAboutEveryone(statement(written))).toBe(expected);
  });

  test.each([
    [{ Action: 'S3:*' }, true],
    [{ Action: ['s3:GetObject', '*'] }, true],
    [{ Action: ['s3:GetObject', 's3:PutObject'] }, false],
    [{ Action: undefined, NotAction: 'iam:*' }, true],
    [{ Action: undefined, NotAction: ['iam:*', 's3:ListBucket'] }, false],
    [{ Action: undefined, NotAction: '*' }, false],
  ])('all that S3 does, with %j: %s', (written, expected) => {
    expect(coversAction(statement(written), 's3:*')).toBe(expected);
  });

  test.each([
    [{ Resource: 'arn:aws:s3:::shop/*' }, true],
    [{ Resource: 'arn:aws:s3:::shop' }, false],
    [{ NotResource: 'arn:aws:s3:::other/*' }, true],
    [{ NotResource: 'arn:aws:s3:::shop/public/*' }, false],
    [{}, false],
  ])('every object, with %j: %s', (written, expected) => {
    expect(coversResource(statement(written), 'arn:aws:s3:::shop/*')).toBe(expected);
  });
});

describe('a statement touches GetObject in the shop', () => {
  test.each([
    [{ Action: 's3:Get*', Resource: '*' }, true],
    [{ Action: 's3:Put*', Resource: '*' }, false],
    [{ Action: 's3:*', Resource: 'arn:aws:s3:::shop/public/*' }, true],
    [{ Action: 's3:*', Resource: 'arn:aws:s3:::other/*' }, false],
    [{ Action: undefined, NotAction: 's3:Get*', Resource: '*' }, false],
    [{ Action: undefined, NotAction: 'iam:*', Resource: '*' }, true],
    [{ NotResource: 'arn:aws:s3:::shop/*' }, false],
    [{ NotResource: 'arn:aws:s3:::shop/public/*' }, true],
    [{}, true],
  ])('%j: %s', (written, expected) => {
    expect(touches(statement(written), 's3:GetObject', 'arn:aws:s3:::shop/*')).toBe(expected);
  });
});

describe('a statement is public', () => {
  const everyone = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' };
  const under = (Condition: object) => ({ ...everyone, Condition });
  test.each([
    ['that allows everyone', everyone, true],
    ['that allows all but one', { ...everyone, Principal: undefined, NotPrincipal: { AWS: '1' } }, true],
    ['no more when it denies', { ...everyone, Effect: 'Deny' }, false],
    ['no more for one account', { ...everyone, Principal: { AWS: '111122223333' } }, false],
    ['no more for a service', { ...everyone, Principal: { Service: 'sns.amazonaws.com' } }, false],
    ['though TLS is asked for', under({ Bool: { 'aws:SecureTransport': 'true' } }), true],
    ['though a referer is asked for', under({ StringLike: { 'aws:Referer': 'https://shop/*' } }), true],
    ['no more from one VPC', under({ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }), false],
    ['from every VPC', under({ StringLike: { 'aws:SourceVpc': 'vpc-*' } }), true],
    ['from all VPCs but one', under({ StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }), true],
    ['where the VPC may be absent', under({ StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }), true],
    ['where no value need be', under({ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-1' } }), true],
    ['no more within an organization', under({ StringEquals: { 'AWS:PrincipalOrgId': 'o-1' } }), false],
    [
      'no more for what an account owns',
      under({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } }),
      false,
    ],
    ['for what anyone owns', under({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:*:orders' } }), true],
    ['no more from one network', under({ IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }), false],
    [
      'from the two halves of the internet',
      under({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }),
      true,
    ],
    ['from all of IPv6', under({ IpAddress: { 'aws:SourceIp': ['198.51.100.7', '::/0'] } }), true],
    [
      'if one value of several is open',
      under({ StringLike: { 'aws:PrincipalArn': ['arn:aws:iam::1:role/a', '*'] } }),
      true,
    ],
    [
      'for whom a variable stands',
      under({ StringEquals: { 'aws:userid': ['$', '{aws:userid}'].join('') } }),
      true,
    ],
  ])('%s', (_, written, expected) => {
    expect(isPublic(statement(written))).toBe(expected);
  });
});
