import { afterEach, expect, test, vi } from 'vitest';
import { findPython } from './moto-python.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('SECURECART_PYTHON names a Python', async () => {
  vi.stubEnv('SECURECART_PYTHON', process.execPath);
  expect(await findPython()).toBe(process.execPath);
});

test('SECURECART_PYTHON that names nothing is an error, not a reason to look elsewhere', async () => {
  vi.stubEnv('SECURECART_PYTHON', '/nowhere/python');
  await expect(findPython()).rejects.toThrow('SECURECART_PYTHON is /nowhere/python, which does not exist');
});
