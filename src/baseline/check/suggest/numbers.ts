import type { NetworkAclRow } from '../../../model/baseline/row.ts';
import type { RowId } from '../../../model/identifiers.ts';

/** Where entries of a list may stand: before the rows that stop them, on numbers that are free. */
export interface Room {
  readonly taken: ReadonlySet<number>;
  /** The first number that is too late. */
  readonly before: number;
  /** The number after which they are tried first. */
  readonly after: number;
}

/** The highest number that a row may have; AWS keeps the rest. */
const HIGHEST = 32766;

/** A list's own habit, where nothing stops the entries and they go to its end. */
const STRIDE = 10;

/** The room in a list of rows before those that stop what is wanted. */
export function roomIn(rows: readonly NetworkAclRow[], stoppedBy: readonly RowId[]): Room {
  const numbers = (row: NetworkAclRow) => (row.ports ?? [0]).map((_, index) => row.number + index);
  const stopping = rows.filter(({ id }) => stoppedBy.includes(id)).map(({ number }) => number);
  const before = Math.min(...stopping, HIGHEST + 1);
  const taken = rows.flatMap(numbers);
  const earlier = taken.filter(number => number < before);
  const after = Math.max(before > HIGHEST ? 0 : before - STRIDE - 1, ...earlier);
  return { taken: new Set(taken), before, after: Math.max(0, after) };
}

/**
 * A number for each item, by how many entries it makes, in their order; undefined if they do not fit. They follow the
 * last row before those that stop them, or else stand wherever before those there is a gap.
 */
export function numbersFor(sizes: readonly number[], room: Room): number[] | undefined {
  const open = room.before > HIGHEST;
  const stride = open ? STRIDE : 1;
  const first = open ? (Math.floor(room.after / STRIDE) + 1) * STRIDE : room.after + 1;
  return placed(sizes, first, stride, room) ?? placed(sizes, 1, 1, room);
}

function placed(
  sizes: readonly number[],
  first: number,
  stride: number,
  { taken, before }: Room,
): number[] | undefined {
  const numbers: number[] = [];
  let next = first;
  for (const size of sizes) {
    const fits = (number: number) =>
      Array.from({ length: size }, (_, i) => number + i).every(n => !taken.has(n));
    while (next + size <= before && !fits(next)) next += 1;
    if (next + size > before) return undefined;
    numbers.push(next);
    next += Math.max(stride, size);
  }
  return numbers;
}
