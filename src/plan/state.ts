import { canonicalJson, type Json } from '../model/json.ts';
import type { Edit, ObjectState } from '../model/plan.ts';

/** The state in canonical form: every list of a state is a set, so its items are put in one order. */
export const canonicalState = (state: ObjectState): ObjectState =>
  Object.fromEntries(Object.entries(state).map(([field, value]) => [field, inOrder(value)]));

/** Whether two objects, as far as they exist, are in the same state. */
export const sameState = (a: ObjectState | null, b: ObjectState | null): boolean => textOf(a) === textOf(b);

const textOf = (state: ObjectState | null): string => canonicalJson(state && canonicalState(state));

const inOrder = (value: Json): Json => (Array.isArray(value) ? value.toSorted(byText) : value);

const byText = (a: Json, b: Json): number => {
  const [textA, textB] = [canonicalJson(a), canonicalJson(b)];
  return textA < textB ? -1 : Number(textA > textB);
};

/** The state of an object once an edit is made; throws where the edit is not one of this state. */
export function edited(state: ObjectState | null, edit: Edit): ObjectState | null {
  switch (edit.kind) {
    case 'create':
      return canonicalState(edit.state);
    case 'delete':
      return null;
    case 'set': {
      const to = Object.entries(edit.fields).map(([field, change]) => [field, change.to]);
      return canonicalState({ ...existing(state), ...Object.fromEntries(to) });
    }
    case 'list': {
      const items = listOf(existing(state), edit.field);
      const removed = new Set(edit.remove.map(canonicalJson));
      const kept = items.filter(item => !removed.has(canonicalJson(item)));
      return canonicalState({ ...existing(state), [edit.field]: [...kept, ...edit.add] });
    }
    default:
      return edit satisfies never;
  }
}

/** The edit that takes an edit back. */
export function inverted(edit: Edit): Edit {
  switch (edit.kind) {
    case 'create':
      return { kind: 'delete', state: edit.state };
    case 'delete':
      return { kind: 'create', state: edit.state };
    case 'set': {
      const fields = Object.entries(edit.fields).map(([field, { from, to }]) => [
        field,
        { from: to, to: from },
      ]);
      return { kind: 'set', fields: Object.fromEntries(fields) };
    }
    case 'list':
      return { ...edit, remove: edit.add, add: edit.remove };
    default:
      return edit satisfies never;
  }
}

/** Whether what an edit does can be seen in the state of its object, whatever else may have changed there. */
export function stands(state: ObjectState | null, edit: Edit): boolean {
  switch (edit.kind) {
    case 'create':
      return state !== null;
    case 'delete':
      return state === null;
    case 'set':
      return (
        state !== null &&
        Object.entries(edit.fields).every(
          ([field, { to }]) => canonicalJson(inOrder(state[field] ?? null)) === canonicalJson(inOrder(to)),
        )
      );
    case 'list': {
      if (state === null) return false;
      const items = new Set(listOf(state, edit.field).map(canonicalJson));
      const has = (item: Json) => items.has(canonicalJson(item));
      return edit.add.every(has) && !edit.remove.some(has);
    }
    default:
      return edit satisfies never;
  }
}

/** What differs between what an object was expected to be and what it is, in words that name the fields. */
export function describeMove(expected: ObjectState | null, actual: ObjectState | null): string {
  if (expected === null) return 'it should not exist, and does';
  if (actual === null) return 'it no longer exists';
  const fields = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].filter(
    field =>
      canonicalJson(inOrder(expected[field] ?? null)) !== canonicalJson(inOrder(actual[field] ?? null)),
  );
  return fields.map(field => describeField(field, expected[field] ?? null, actual[field] ?? null)).join('; ');
}

function describeField(field: string, expected: Json, actual: Json): string {
  if (!Array.isArray(expected) || !Array.isArray(actual)) {
    return `${field} was ${canonicalJson(expected)} and is ${canonicalJson(actual)}`;
  }
  const missing = (among: readonly Json[]) => {
    const there = new Set(among.map(canonicalJson));
    return (item: Json) => !there.has(canonicalJson(item));
  };
  const gone = expected.filter(missing(actual)).map(item => `lost ${inLine(item)}`);
  const come = actual.filter(missing(expected)).map(item => `gained ${inLine(item)}`);
  return `${field} ${[...gone, ...come].join(', ')}`;
}

/** A value as YAML writes it in a line: it can be read, and wrapped. */
function inLine(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${inLine(item)}`);
  return `{${entries.join(', ')}}`;
}

function existing(state: ObjectState | null): ObjectState {
  if (state === null) throw new Error('a change edits an object that does not exist');
  return state;
}

function listOf(state: ObjectState, field: string): Json[] {
  const value = state[field] ?? [];
  if (!Array.isArray(value)) throw new Error(`a change edits ${field}, which is not a list, as one`);
  return value;
}
