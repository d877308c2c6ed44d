import { expect, test } from 'vitest';
import { z } from 'zod';
import { resolveAll } from '../../src/apply/placeholders.ts';
import { Region } from '../../src/model/identifiers.ts';
import { placedFingerprint } from '../../src/plan/provision/placed.ts';

/** A text of a plan, what it is as a placeholder, and what it means once the pool is there. */
const texts = [
  { name: 'an id', text: 'new-pool', placed: { $created: 'new-pool/create' }, means: 'eu-west-1_Ab' },
  {
    name: 'the end of an ARN',
    text: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/new-pool',
    placed: {
      $text: ['arn:aws:cognito-idp:eu-west-1:123456789012:userpool/', { $created: 'new-pool/create' }],
    },
    means: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab',
  },
  {
    name: 'the middle of a URL',
    text: 'https://cognito-idp.eu-west-1.amazonaws.com/new-pool/.well-known',
    placed: {
      $text: [
        'https://cognito-idp.eu-west-1.amazonaws.com/',
        { $created: 'new-pool/create' },
        '/.well-known',
      ],
    },
    means: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab/.well-known',
  },
  { name: 'a part of a longer name', text: 'arn:aws:x:::y/new-pool-2', placed: 'arn:aws:x:::y/new-pool-2' },
  { name: 'a word of prose', text: 'for new-pool', placed: 'for new-pool' },
];

test.each(texts)('a stand-in as $name', ({ text, placed, means = text }) => {
  const object = { kind: 'user-pool', region: Region.parse('eu-west-1'), id: 'x' } as const;
  const { state } = placedFingerprint(
    { object, state: { text } },
    new Map([['new-pool', 'new-pool/create']]),
  );
  expect(state).toEqual({ text: placed });
  const meanings = { created: new Map([['new-pool/create', 'eu-west-1_Ab']]), run: 'r' };
  expect(resolveAll(state, meanings)).toEqual({ text: means });
});

test('a token is one that EC2 takes, the same when a call is made again, and another for each other call and run', () => {
  const run = '00000000-0000-4000-8000-000000000000';
  const tokenFor = (call: string, of = run) =>
    z.string().parse(resolveAll({ token: { $token: call } }, { created: new Map(), run: of }).token);
  const call = 'new-endpoint-secretsmanager/create';
  // EC2's API reference: "Maximum 64 ASCII characters".
  expect(tokenFor(call)).toMatch(/^[\x21-\x7e]{1,64}$/);
  expect(tokenFor(call)).toBe(tokenFor(call));
  const others = [tokenFor('new-endpoint-sts/create'), tokenFor(call, run.replace('4000', '4001'))];
  expect(new Set([tokenFor(call), ...others]).size).toBe(3);
});
