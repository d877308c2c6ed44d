import type { NetworkAclRow } from '../../../model/baseline/row.ts';
import type { RowId } from '../../../model/identifiers.ts';

/** What is to be numbered: how many entries it makes, and the rows that it must come before. */
export interface Unnumbered {
  readonly entries: number;
  readonly stoppedBy: readonly RowId[];
}

/** The highest number that a row may have; AWS keeps the rest. */
const HIGHEST = 32766;

/** A list's own habit, where nothing stops the entries and they go to its end. */
const STRIDE = 10;

/**
 * A number for each item, ascending; undefined if they do not fit. Each follows the last row before those that stop it,
 * or else they stand wherever before those there is a gap.
 */
export const numbersFor = (
  rows: readonly NetworkAclRow[],
  items: readonly Unnumbered[],
): number[] | undefined => placed(rows, items, 'behind') ?? placed(rows, items, 'anywhere');

function placed(
  rows: readonly NetworkAclRow[],
  items: readonly Unnumbered[],
  where: 'behind' | 'anywhere',
): number[] | undefined {
  const taken = new Set(rows.flatMap(row => (row.ports ?? [0]).map((_, index) => row.number + index)));
  const numbers: number[] = [];
  let cursor = 1;
  for (const { entries, stoppedBy } of items) {
    const stopping = rows.filter(({ id }) => stoppedBy.includes(id)).map(({ number }) => number);
    const before = Math.min(...stopping, HIGHEST + 1);
    const earliest = where === 'behind' ? behind(taken, before) : 1;
    const number = firstFree(taken, Math.max(cursor, earliest), entries);
    if (number + entries > before) return undefined;
    for (let entry = number; entry < number + entries; entry += 1) taken.add(entry);
    numbers.push(number);
    cursor = number + entries;
  }
  return numbers;
}

/** The number behind all that are taken before some number. */
function behind(taken: ReadonlySet<number>, before: number): number {
  const last = Math.max(0, ...[...taken].filter(number => number < before));
  if (before > HIGHEST) return (Math.floor(last / STRIDE) + 1) * STRIDE;
  return Math.max(last + 1, before - STRIDE);
}

function firstFree(taken: ReadonlySet<number>, from: number, entries: number): number {
  let number = from;
  while (Array.from({ length: entries }, (_, index) => number + index).some(entry => taken.has(entry)))
    number += 1;
  return number;
}
