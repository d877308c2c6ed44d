import type { RegionAccess } from './reader.ts';

/** Reads what several Regions, or several facts, ask for, and asks AWS once in a run for each name of it. */
export function onceARun<T>(): (
  access: Pick<RegionAccess, 'run'>,
  name: string,
  read: () => Promise<T>,
) => Promise<T> {
  const runs = new WeakMap<object, Map<string, Promise<T>>>();
  return ({ run }, name, read) => {
    const asked = runs.get(run) ?? new Map<string, Promise<T>>();
    runs.set(run, asked);
    const promise = asked.get(name) ?? read();
    asked.set(name, promise);
    return promise;
  };
}
