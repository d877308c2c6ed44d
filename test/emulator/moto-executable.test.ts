import { afterEach, expect, test, vi } from 'vitest';
import { findMoto } from './moto-executable.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('SECURECART_MOTO names moto’s server', async () => {
  vi.stubEnv('SECURECART_MOTO', process.execPath);
  expect(await findMoto()).toBe(process.execPath);
});

test('SECURECART_MOTO that names nothing is an error, not a reason to look elsewhere', async () => {
  vi.stubEnv('SECURECART_MOTO', '/nowhere/moto_server');
  await expect(findMoto()).rejects.toThrow('SECURECART_MOTO is /nowhere/moto_server, which does not exist');
});
