import { findPython } from './moto-python.ts';

/** Installs moto before the first test, where no test's time runs. Without it, the tests that need it say what is missing. */
export async function setup(): Promise<void> {
  await findPython().catch(() => undefined);
}
