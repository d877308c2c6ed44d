import { expect, test } from 'vitest';
import { tellsSecret } from './secret-names.ts';

const telling = ['password', 'secret', 'token', 'apikey', 'api_key', 'credential', 'private_key'];

test.each([
  'DB_PASSWORD',
  'PGPASSWORD',
  'db-passwords',
  'clientSecret',
  'API_KEY',
  'ApiKey',
  'stripe.apikey',
  'AWS_CREDENTIALS',
  'PRIVATE-KEY-PEM',
  '/securecart/oauth/token',
])('%s tells of a secret', name => {
  expect(tellsSecret(name, telling)).toBe(true);
});

test.each([
  'LOG_LEVEL',
  'TOKENIZER',
  'SECRETARY',
  'DB_SECRET_ARN',
  'PASSWORD_FILE',
  'oauth/token-url',
  'KEY_API',
  '',
])('%s does not', name => {
  expect(tellsSecret(name, telling)).toBe(false);
});
