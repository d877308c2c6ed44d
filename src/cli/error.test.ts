import { expect, test } from 'vitest';
import { SecureCartError } from '../model/error.ts';
import { renderError } from './error.ts';
import { lookFor } from './look.ts';

const look = lookFor(undefined, { env: {} }, { color: false });

test('an error says what is wrong once, where, and what to do', () => {
  const error = new SecureCartError('baseline-invalid', 'shop.yaml has 2 problems.', {
    suggestion: 'securecart baseline check shop.yaml',
    problems: [
      {
        file: 'shop.yaml',
        line: 3,
        column: 9,
        message: '10.0.0.1/16 has host bits',
        suggestion: 'write 10.0.0.0/16',
      },
      { file: 'shop.yaml', line: 12, column: 1, message: 'the section `flows` is missing' },
    ],
  });
  expect(renderError(error, '1.2.3', look)).toBe(`error: The baseline is not valid. shop.yaml has 2 problems.

  shop.yaml:3:9
    10.0.0.1/16 has host bits
    write 10.0.0.0/16

  shop.yaml:12:1
    the section \`flows\` is missing

  securecart baseline check shop.yaml
`);
});

test('of several things that are wrong, each has a line of its own', () => {
  const moved = ['security-group sg-1: it no longer exists', 'subnet subnet-1: publicIpOnLaunch was true'];
  expect(renderError(new SecureCartError('plan-stale', moved.join('\n')), '1.2.3', look).split('\n')).toEqual(
    [
      'error: The account has changed since the plan was made; nothing was touched.',
      '       security-group sg-1: it no longer exists',
      '       subnet subnet-1: publicIpOnLaunch was true',
      '',
    ],
  );
});

test('anything else is a bug, shown with its stack and the version', () => {
  const text = renderError(new TypeError('x is undefined'), '1.2.3', look);
  expect(text).toMatch(/^error: This is a bug in securecart 1\.2\.3\./);
  expect(text).toContain('TypeError: x is undefined\n    at ');
});
