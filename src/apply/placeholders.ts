import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../model/json.ts';
import { Created, CreatedText, type Edit, Live, type ObjectState, RunToken } from '../model/plan.ts';

/** What placeholders stand for: the ids of created objects by the change that created them, the run, and the handles of one object. */
export interface Meanings {
  readonly created: ReadonlyMap<string, string>;
  /** The id of the run, of which tokens are made. */
  readonly run: string;
  /** Absent where volatile ids are to stay placeholders. */
  readonly handles?: JsonObject;
}

/** A placeholder for which there is nothing: the object is not created, or has no such part any more. */
export class Unresolved extends Error {
  override readonly name = 'Unresolved';
}

/** The value with every placeholder replaced that a meaning is given for. Throws Unresolved. */
export function resolve(value: Json, meanings: Meanings): Json {
  const created = Created.safeParse(value);
  if (created.success) return createdId(created.data.$created, meanings);
  const text = CreatedText.safeParse(value);
  if (text.success) return text.data.$text.map(part => partOf(part, meanings)).join('');
  const live = Live.safeParse(value);
  if (live.success) {
    const path = live.data.$live.map(key => partOf(key, meanings));
    return meanings.handles === undefined ? { $live: path } : handle(path, meanings.handles);
  }
  const token = RunToken.safeParse(value);
  if (token.success) return tokenOf(`${meanings.run}-${token.data.$token}`);
  if (Array.isArray(value)) return value.map(item => resolve(item, meanings));
  return typeof value === 'object' && value !== null ? resolveAll(value, meanings) : value;
}

/** EC2 takes no token of more than 64 characters, which a run's id and a change's can be together. */
const tokenOf = (name: string): string => createHash('sha256').update(name).digest('hex');

const partOf = (part: string | Created, meanings: Meanings): string =>
  typeof part === 'string' ? part : createdId(part.$created, meanings);

/** An object's members, resolved one by one. */
export const resolveAll = (value: JsonObject, meanings: Meanings): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, meanings)]));

/** The same, where there is something for every placeholder. */
export function resolvedNow(value: JsonObject, meanings: Meanings): JsonObject | undefined {
  try {
    return resolveAll(value, meanings);
  } catch (error) {
    if (error instanceof Unresolved) return undefined;
    throw error;
  }
}

/** The edit with the ids of created objects in place. */
export function resolveEdit(edit: Edit, meanings: Meanings): Edit {
  const state = (of: ObjectState) => resolveAll(of, meanings);
  switch (edit.kind) {
    case 'create':
    case 'delete':
      return { ...edit, state: state(edit.state) };
    case 'set': {
      const fields = Object.entries(edit.fields).map(([field, { from, to }]) => [
        field,
        { from: resolve(from, meanings), to: resolve(to, meanings) },
      ]);
      return { kind: 'set', fields: Object.fromEntries(fields) };
    }
    case 'list': {
      const items = (list: Json[]) => list.map(item => resolve(item, meanings));
      return { ...edit, remove: items(edit.remove), add: items(edit.add) };
    }
    default:
      return edit satisfies never;
  }
}

/** The id of what a change created. Throws Unresolved where it created nothing yet. */
export function createdId(change: string, { created }: Pick<Meanings, 'created'>): string {
  const id = created.get(change);
  if (id === undefined) throw new Unresolved(`what ${change} creates does not exist yet`);
  return id;
}

function handle(path: readonly string[], handles: JsonObject): Json {
  let value: Json | undefined = handles;
  for (const key of path) {
    value = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[key] : undefined;
  }
  if (value === undefined) throw new Unresolved(`its object has no ${path.join(' ')} any more`);
  return value;
}
