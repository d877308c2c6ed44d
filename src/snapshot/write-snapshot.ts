import type { Snapshot } from './snapshot.ts';

/**
 * The text of a snapshot's file: the same snapshot gives the same bytes, and each object that was read has a line of its
 * own, so that two files can be compared line by line.
 */
export const writeSnapshot = (snapshot: Snapshot): string => `${render(snapshot, 0)}\n`;

/** The depth of a list of facts: snapshot, regions, one Region, one fact, its value. */
const deepest = 4;

function render(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null || depth > deepest) return JSON.stringify(value);
  const inner = '  '.repeat(depth + 1);
  const items = Array.isArray(value)
    ? value.map(item => JSON.stringify(item))
    : fieldsOf(value, depth).map(([key, field]) => `${JSON.stringify(key)}: ${render(field, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return items.length === 0
    ? `${open}${close}`
    : `${open}\n${inner}${items.join(`,\n${inner}`)}\n${'  '.repeat(depth)}${close}`;
}

/** A snapshot's own fields in the order of its schema; below it, whatever the order in which AWS answered, by name. */
function fieldsOf(value: object, depth: number): [string, unknown][] {
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return depth === 0 ? fields : fields.sort(([a], [b]) => (a < b ? -1 : 1));
}
