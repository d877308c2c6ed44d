import type { z } from 'zod';
import type { Path } from '../fault.ts';

/** A part of a baseline and where it lies. */
export interface Part<T> {
  readonly path: Path;
  readonly value: T;
}

/** The mappings of a value, each before those inside it. */
export function mappingsIn(value: unknown, path: Path = []): Part<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => mappingsIn(item, [...path, index]));
  if (!isMapping(value)) return [];
  const inside = Object.entries(value).flatMap(([key, child]) => mappingsIn(child, [...path, key]));
  return [{ path, value }, ...inside];
}

/** The part at a path, or each item of it where it is a list, if it is sound; what is not is the shape's business. */
export function soundParts<T extends z.ZodType>(schema: T, value: unknown, path: Path): Part<z.infer<T>>[] {
  const found = path.reduce<unknown>((at, key) => (isMapping(at) ? at[String(key)] : undefined), value);
  const items = Array.isArray(found)
    ? found.map((item, index) => ({ path: [...path, index], item }))
    : [{ path, item: found }];
  return items.flatMap(({ path, item }) => {
    const { data, success } = schema.safeParse(item);
    return success ? [{ path, value: data }] : [];
  });
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
