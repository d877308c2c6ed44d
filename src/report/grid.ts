import Table from 'cli-table3';

const borders = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
] as const;

/** A table without lines, two blanks between its columns, each as wide as its widest cell. */
export function grid(rows: readonly (readonly string[])[], align: readonly ('left' | 'right')[]): string[] {
  const table = new Table({
    chars: { ...Object.fromEntries(borders.map(border => [border, ''])), middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: [...align],
  });
  table.push(...rows.map(row => [...row]));
  return table
    .toString()
    .split('\n')
    .map(line => line.trimEnd());
}
