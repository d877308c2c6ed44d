import { vi } from 'vitest';

const DEEP = process.env.SECURECART_DEEP !== undefined;

if (DEEP) vi.setConfig({ testTimeout: 3_600_000 });

/** How many cases a law tries: a sample, or very many where SECURECART_DEEP is set. Prints the number. */
export function cases(
  law: string,
  { sampled, deep }: { sampled: number; deep: number },
): { numRuns: number } {
  const numRuns = DEEP ? deep : sampled;
  console.log(`${law}: ${numRuns} cases`);
  return { numRuns };
}
