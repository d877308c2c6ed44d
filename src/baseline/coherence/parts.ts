import type { z } from 'zod';
import type { Path } from '../fault.ts';

/** A part of a baseline and where it lies. */
export interface Part<T> {
  readonly path: Path;
  readonly value: T;
}

/** The parts that a path leads to, whose steps may be `*` for every item of a list. */
export function partsAt(value: unknown, pattern: readonly string[]): Part<unknown>[] {
  return pattern.reduce<Part<unknown>[]>(
    (parts, step) =>
      parts.flatMap(({ path, value }) =>
        childrenOf(value)
          .filter(([key]) => (step === '*' ? typeof key === 'number' : key === step))
          .map(([key, child]) => ({ path: [...path, key], value: child })),
      ),
    [{ path: [], value }],
  );
}

/** Those parts that are sound in themselves; what the others lack is told by their shape. */
export function soundPartsAt<T extends z.ZodType>(
  schema: T,
  value: unknown,
  pattern: readonly string[],
): Part<z.infer<T>>[] {
  return partsAt(value, pattern).flatMap(({ path, value }) => {
    const { data, success } = schema.safeParse(value, { jitless: true });
    return success ? [{ path, value: data }] : [];
  });
}

/** The mappings of a value, each before those inside it. */
export function mappingsIn(value: unknown, path: Path = []): Part<Record<string, unknown>>[] {
  const inside = childrenOf(value).flatMap(([key, child]) => mappingsIn(child, [...path, key]));
  return isMapping(value) && !Array.isArray(value) ? [{ path, value }, ...inside] : inside;
}

function childrenOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return [...value.entries()];
  return isMapping(value) ? Object.entries(value) : [];
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
