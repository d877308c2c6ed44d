import { describe, expect, test } from 'vitest';
import { SecureCartError } from '../model/error.ts';
import { CallError, reasonFor, scrub } from './errors.ts';

interface Thrown {
  name: string;
  message?: string;
  code?: string;
  status?: number;
  /** Whether the SDK knows the error as one of the service's own. */
  fault?: 'client' | 'server';
}

function thrown({ name, message = '', code, status, fault }: Thrown): Error {
  const error = Object.assign(new Error(message), { $metadata: { httpStatusCode: status } });
  error.name = name;
  if (code !== undefined) Object.assign(error, { code });
  if (fault !== undefined) Object.assign(error, { $fault: fault });
  return error;
}

const reason = (error: unknown, call = 'ec2:DescribeVpcs') =>
  reasonFor(new CallError(call, error), 'ec2:DescribeVpcs');

describe('what an error means', () => {
  const cases: { error: Thrown; kind: string; action?: string; code?: string }[] = [
    { error: { name: 'UnauthorizedOperation', status: 403 }, kind: 'denied', action: 'ec2:DescribeVpcs' },
    { error: { name: 'AccessDenied', status: 403 }, kind: 'denied', action: 'ec2:DescribeVpcs' },
    { error: { name: 'AccessDeniedException', status: 400 }, kind: 'denied', action: 'ec2:DescribeVpcs' },
    // No IAM action would help in a Region that the account has not enabled.
    { error: { name: 'AuthFailure', status: 401 }, kind: 'denied' },
    { error: { name: 'UnrecognizedClientException', status: 400 }, kind: 'denied' },
    { error: { name: 'OptInRequired', status: 403 }, kind: 'denied' },
    { error: { name: 'RequestLimitExceeded', status: 503, fault: 'server' }, kind: 'throttled' },
    { error: { name: 'ThrottlingException', status: 400 }, kind: 'throttled' },
    { error: { name: 'NewKindOfThrottle', status: 429, fault: 'client' }, kind: 'throttled' },
    { error: { name: 'TimeoutError' }, kind: 'timeout' },
    { error: { name: 'TimeoutError', code: 'ETIMEDOUT' }, kind: 'timeout', code: 'ETIMEDOUT' },
    { error: { name: 'UnknownOperationException', status: 400 }, kind: 'unsupported' },
    { error: { name: 'NotImplemented', status: 501 }, kind: 'unsupported' },
    { error: { name: 'SyntaxError', status: 500 }, kind: 'unsupported' },
    { error: { name: 'UnknownError', status: 500, fault: 'client' }, kind: 'unsupported' },
    { error: { name: 'InternalError', status: 500, fault: 'server' }, kind: 'failed' },
    { error: { name: 'InvalidParameterValue', status: 400, fault: 'client' }, kind: 'failed' },
    { error: { name: 'Error', code: 'ECONNREFUSED' }, kind: 'network', code: 'ECONNREFUSED' },
    { error: { name: 'Error', code: 'ENOTFOUND' }, kind: 'network', code: 'ENOTFOUND' },
    {
      error: { name: 'Error', code: 'SELF_SIGNED_CERT_IN_CHAIN' },
      kind: 'network',
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    },
  ];
  test.each(cases)(
    '$error.name $error.code $error.status: $kind',
    ({ error, kind, action, code = error.name }) => {
      expect(reason(thrown({ message: 'said so', ...error }))).toEqual({
        kind,
        call: 'ec2:DescribeVpcs',
        ...(action !== undefined && { action }),
        error: { code, message: 'said so' },
      });
    },
  );

  test.each([
    { name: 'ExpiredToken', call: 'ec2:DescribeVpcs' },
    { name: 'ExpiredTokenException', call: 'ecs:ListClusters' },
    { name: 'RequestExpired', call: 'ec2:DescribeVpcs' },
    { name: 'CredentialsProviderError', call: 'ec2:DescribeVpcs' },
    { name: 'AccessDenied', call: 'sts:AssumeRole' },
  ])('$name of $call is for the user to mend', ({ name, call }) => {
    expect(() => reason(thrown({ name }), call)).toThrow(SecureCartError);
  });
});

describe('a message keeps what helps and loses the rest', () => {
  const id = '0a1b2c3d-0000-4111-8222-333344445555';
  const cases: [string, string][] = [
    ['not authorized to perform: ec2:DescribeVpcs', 'not authorized to perform: ec2:DescribeVpcs'],
    [`Rate exceeded (Service: EC2, Request ID: ${id})`, 'Rate exceeded (Service: EC2'],
    [`no such thing; RequestId=${id}`, 'no such thing'],
    [
      'User: arn:aws:sts::123456789012:assumed-role/Auditor/jane.doe@example.com is not authorized',
      'User: arn:aws:sts::123456789012:assumed-role/Auditor is not authorized',
    ],
    [
      'You are not authorized. Encoded authorization failure message: abc-DEF_123',
      'You are not authorized. Encoded authorization failure message: (left out)',
    ],
    ['The key ASIAABCDEFGHIJKLMNOP is unknown', 'The key (key id) is unknown'],
    ['one line\n  and another', 'one line and another'],
  ];
  test.each(cases)('%s', (message, scrubbed) => {
    expect(scrub(message)).toBe(scrubbed);
  });
});
