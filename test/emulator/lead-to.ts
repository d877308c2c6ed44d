import { vi } from 'vitest';
import type { Emulator } from './emulator.ts';

/** Lets the environment of a test lead to an emulator, whose log is empty then. Gives what ends that, and the faults. */
export function leadTo(emulator: Emulator): () => void {
  for (const [name, value] of Object.entries(emulator.env)) vi.stubEnv(name, value);
  emulator.log.clear();
  return () => {
    emulator.faults.clear();
    vi.unstubAllEnvs();
  };
}
